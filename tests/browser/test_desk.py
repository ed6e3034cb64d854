"""The bar on top: the clock, Rollcall's process, refusals; and a server that goes away."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from bot.sandbox.clock_control import ClockControl
from bot.sandbox.rollcall_child import RollcallChild
from bot.sandbox.server import TOKEN, SandboxServer
from tests.browser.conftest import open_page
from tests.browser.desk import PhoneOnPage
from tests.browser.people import CAST
from tests.browser.scripted_bot import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
CLOCK = "document.querySelector('.clock time').dateTime"


async def daily(after: dt.datetime, until: dt.datetime) -> dt.datetime | None:
    """Something is due every day; slow enough for Stop to be pressed."""
    await asyncio.sleep(0.05)
    return after + dt.timedelta(days=1)


@pytest_asyncio.fixture(loop_scope="session")
async def busy_page(tmp_path: Path, context: BrowserContext) -> AsyncIterator[Page]:
    """A page of a sandbox that has a child process and something due every day."""
    child = RollcallChild(SLEEPER, {}, tmp_path / "child.log")
    clock = ClockControl(None, daily)
    async with SandboxServer(tmp_path / "s", cast=CAST, clock=clock, child=child) as sandbox:
        await child.start()
        yield await open_page(context, sandbox)
        await child.stop()


async def shown_time(page: Page) -> dt.datetime:
    return dt.datetime.fromisoformat(await page.evaluate(CLOCK))


async def test_clock__a_month__moves_on_the_page(page: Page) -> None:
    before = await shown_time(page)
    await page.get_by_role("button", name="+1 month").click()
    await page.wait_for_function(f"Date.parse({CLOCK}) > {before.timestamp() * 1000 + 864e5}")
    moved = await shown_time(page) - before
    assert dt.timedelta(days=27) < moved < dt.timedelta(days=32)


async def test_playing__stopped__ends_before_its_target(busy_page: Page) -> None:
    before = await shown_time(busy_page)
    await busy_page.get_by_role("button", name="+9 months").click()
    await expect(busy_page.get_by_text("Playing to")).to_be_visible()
    await expect(busy_page.get_by_role("button", name="+1 day")).to_be_hidden()
    await busy_page.get_by_role("button", name="Stop").click()
    await expect(busy_page.get_by_role("button", name="+1 day")).to_be_visible()
    assert await shown_time(busy_page) - before < dt.timedelta(days=270)


async def test_outage__of_a_week__leaps_and_rollcall_runs_again(busy_page: Page) -> None:
    before = await shown_time(busy_page)
    await busy_page.get_by_role("button", name="Outage").click()
    await busy_page.get_by_role("menuitem", name="Down for 1 week").click()
    await busy_page.wait_for_function(
        f"Date.parse({CLOCK}) > {before.timestamp() * 1000 + 6 * 864e5}"
    )
    await expect(busy_page.get_by_text("Rollcall is running")).to_be_visible()


async def test_kill_and_start__are_seen_on_the_page(busy_page: Page) -> None:
    await busy_page.get_by_role("button", name="Kill").click()
    await expect(busy_page.get_by_text("Rollcall is down")).to_be_visible()
    await busy_page.get_by_role("button", name="Start", exact=True).click()
    await expect(busy_page.get_by_text("Rollcall is running")).to_be_visible()


async def test_sandbox_without_rollcall__start_pressed__says_why_not(page: Page) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator("#banner")).to_contain_text("runs without Rollcall")


@pytest.mark.wrong_requests
async def test_refusal__of_a_long_button__is_counted_and_explained(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    markup = {"inline_keyboard": [[{"text": "Approve", "callback_data": "x" * 65}]]}
    answer = await bot.ask("sendMessage", chat_id=chat, text="Approve?", reply_markup=markup)
    assert not answer["ok"]
    counter = page.get_by_role("button", name="Refused")
    await expect(counter.locator(".badge")).to_have_text("1")
    await counter.click()
    panel = page.get_by_role("complementary")
    await expect(panel).to_contain_text("sendMessage")
    await expect(panel).to_contain_text("BUTTON_DATA_INVALID")
    await expect(panel).to_contain_text("Sok Dara")
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_server__gone_and_back__the_page_catches_up(
    context: BrowserContext, tmp_path: Path
) -> None:
    async with SandboxServer(tmp_path, cast=CAST, clock=ClockControl(None)) as first:
        page = await open_page(context, first)
        officer = PhoneOnPage(page, "Sok Dara")
        async with ScriptedBot(first.url, TOKEN) as bot:
            chat = await officer.begin(bot)
    await expect(page.locator("#banner")).to_contain_text("does not answer")
    port = first.port
    async with SandboxServer(tmp_path, port=port, cast=CAST, clock=ClockControl(None)) as again:
        async with ScriptedBot(again.url, TOKEN) as bot:
            await bot.say(chat, "While you were away")
            await expect(officer.last).to_contain_text("While you were away")
        await expect(page.locator("#banner")).to_be_empty()
