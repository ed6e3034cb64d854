"""One conversation, held by five libraries that nobody here wrote, against the sandbox.

Each library tells the same small desk in its own words and runs it in its own way. What
is right is read off the phones and off what the server refused.

telegraf's buttons carry a field `hide` that the Bot API does not have. Telegram ignores
it; the sandbox refuses such things, so it is told not to for this one library.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.server import SandboxServer
from tests.foreign.bots import papers
from tests.foreign.clients import CLIENTS, Client, running
from tests.unit.sandbox.people import CAST

PATIENCE = 60

# grammY and pyTelegramBotAPI write a file's name without quotes, as Telegram takes it; what
# reads the form for the sandbox warns of that, and the sandbox reads the name by itself.
pytestmark = pytest.mark.filterwarnings("ignore::aiohttp.multipart.BadContentDispositionHeader")
LETTER = b"%PDF-" + bytes(range(256)) * 300


@pytest.fixture(params=CLIENTS, ids=lambda client: client.name)
def client(request: pytest.FixtureRequest) -> Client:
    return request.param


@pytest.fixture
async def server(tmp_path: Path, client: Client) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(tmp_path / "telegram", cast=CAST, strict=client.strict) as sandbox:
        yield sandbox


async def said(phone: PhoneInHand, words: str) -> dict[str, object]:
    return await phone.wait_message(words, seconds=PATIENCE)


async def greeted(phone: PhoneInHand) -> None:
    """A start with a payload, a press that is answered, a message that is edited."""
    phone.text("/start token-1_A")
    message = await said(phone, "You came with token-1_A.")
    assert message["text"] == "Welcome, Rithy <b> & Co. You came with token-1_A."
    assert message["entities"] == [{"type": "bold", "offset": 9, "length": 14}]
    assert phone.buttons == ["Yes", "No"]
    phone.press("Yes")
    edited = await said(phone, "Going: yes")
    assert (edited["id"], edited["rows"]) == (message["id"], [])
    assert phone.toasts == ["Noted: yes"]


async def known_by_number(phone: PhoneInHand) -> None:
    phone.text("/share")
    await said(phone, "Who are you?")
    await phone.wait_for(lambda phone: phone.keyboard is not None)
    phone.share_contact()
    await said(phone, "85512000999 is yours")
    await phone.wait_for(lambda phone: phone.keyboard is None)


async def papers_exchanged(phone: PhoneInHand) -> None:
    phone.file("លិខិត.pdf", LETTER, "application/pdf", caption="signed")
    digest = hashlib.sha256(LETTER).hexdigest()[:12]
    answer = await said(phone, f"លិខិត.pdf: {len(LETTER)} bytes, {digest}")
    letter = next(m for m in phone.messages if m["from"] != "bot" and m["document"])
    assert answer["reply_to"] == letter["id"]
    phone.text("/papers")
    await phone.wait_for(lambda phone: phone.last["photo"], seconds=PATIENCE)
    paper = phone.from_bot[-2]
    assert (paper["text"], paper["document"]["name"]) == (papers.CAPTION, papers.NAME)
    assert paper["document"]["size"] == len(papers.PAPER)


async def all_confirmed(server: SandboxServer) -> None:
    """Until the library has confirmed every update that it dealt with."""
    async with asyncio.timeout(PATIENCE):
        while server.world.updates.count():
            await asyncio.sleep(0.02)


async def told_what_is_wrong(
    client: Client, server: SandboxServer, phone: PhoneInHand, other: PhoneInHand
) -> None:
    """Bad HTML, a phone that has blocked the bot, too many requests: each library's own error."""
    phone.text("/broken")
    await said(phone, client.refused)
    other.block()
    phone.text(f"/tell {other.id}")
    await said(phone, client.blocked)
    server.faults.plan(Fault(method="sendMessage", code=429, retry_after=1))
    phone.text("/busy")
    await said(phone, "After the wait")
    assert [(each.method, each.error_code) for each in server.refusals] == [
        ("sendMessage", 400),
        ("sendMessage", 403),
        ("sendMessage", 429),
    ]


async def whole_conversation(
    client: Client, server: SandboxServer, phone: PhoneInHand, other: PhoneInHand
) -> None:
    await greeted(phone)
    await known_by_number(phone)
    await papers_exchanged(phone)
    phone.text("/menu")
    await said(phone, "The menu is set")
    assert phone.commands == [name for name, _words in papers.MENU]
    await told_what_is_wrong(client, server, phone, other)
    await all_confirmed(server)


@pytest.fixture
def phones(server: SandboxServer) -> tuple[PhoneInHand, PhoneInHand]:
    """One whose name has to be escaped, and one who will block the bot."""
    other = server.phone("thida")
    other.text("hello")
    return server.stranger("Rithy <b> & Co", "+85512000999"), other


@pytest.mark.wrong_requests
async def test_polling__each_library__holds_the_whole_conversation(
    client: Client,
    server: SandboxServer,
    phones: tuple[PhoneInHand, PhoneInHand],
    tmp_path: Path,
) -> None:
    phone, other = phones
    log = tmp_path / "client.log"
    async with running(client, server, log, webhook=False):
        await whole_conversation(client, server, phone, other)
    phone.text("written while nobody listened")
    server.faults.plan(Fault(method="getUpdates", code=429, retry_after=1))
    async with running(client, server, log, webhook=False):
        await goes_on(server, phone)


@pytest.mark.wrong_requests
async def test_webhook__each_library__holds_the_whole_conversation(
    client: Client,
    server: SandboxServer,
    phones: tuple[PhoneInHand, PhoneInHand],
    tmp_path: Path,
) -> None:
    phone, other = phones
    log = tmp_path / "client.log"
    async with running(client, server, log, webhook=True):
        await whole_conversation(client, server, phone, other)
    phone.text("written while nobody listened")
    async with running(client, server, log, webhook=True):
        await goes_on(server, phone)


async def goes_on(server: SandboxServer, phone: PhoneInHand) -> None:
    """What came while the bot was away is answered once, and so is what comes now."""
    await said(phone, "You wrote: written while nobody listened")
    phone.text("and on")
    await said(phone, "You wrote: and on")
    await all_confirmed(server)
    answers = [m for m in phone.from_bot if m["text"].startswith("You wrote")]
    assert len(answers) == 2
