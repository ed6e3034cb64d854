"""A real sandbox, a scripted bot, and a real Chromium; without Chromium these tests fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    async_playwright,
)

from bot.sandbox.clock_control import ClockControl
from bot.sandbox.server import TOKEN, SandboxServer
from scripts.chromium import ChromiumMissing, find_chromium
from tests.browser.desk import PhoneOnPage
from tests.browser.people import CAST
from tests.browser.scripted_bot import ScriptedBot

WIDE = ViewportSize(width=1600, height=900)
BRING_IT = "There is no Chromium for the browser tests. Run: python -m scripts.chromium"
PATIENCE_MS = 60_000


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    try:
        found = find_chromium()
    except ChromiumMissing as missing:
        pytest.fail(str(missing))
    if found is None:
        pytest.fail(BRING_IT)
    path, arguments = found
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(arguments))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server(tmp_path: Path) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(tmp_path, cast=CAST, clock=ClockControl(None)) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="session")
async def bot(server: SandboxServer) -> AsyncIterator[ScriptedBot]:
    async with ScriptedBot(server.url, TOKEN) as scripted:
        yield scripted


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A fresh window; any error in the page's own code fails the test."""
    window = await browser.new_context(viewport=WIDE, accept_downloads=True)
    window.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    window.on("weberror", lambda fault: errors.append(str(fault.error)))
    yield window
    await window.close()
    assert not errors


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, server: SandboxServer) -> Page:
    """The sandbox's page, with the cast on it."""
    return await open_page(context, server)


@pytest.fixture
def officer(page: Page) -> PhoneOnPage:
    return PhoneOnPage(page, "Sok Dara")


async def open_page(context: BrowserContext, server: SandboxServer) -> Page:
    opened = await context.new_page()
    await opened.goto(server.url)
    await opened.get_by_role("region", name="Phone of Chan Sophea").wait_for(state="attached")
    return opened
