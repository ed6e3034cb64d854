"""The whole thing as a newcomer starts it: `rollcall sandbox`, its page, its Rollcall."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
SLOW_MS = 60_000
DAY_MS = 86_400_000
CLOCK = "Date.parse(document.querySelector('.clock time').dateTime)"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="session"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


async def answers(url: str) -> None:
    """Wait until the sandbox serves its state and its Rollcall runs."""
    async with asyncio.timeout(START_SECONDS), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{url}/api/state") as response:
                    if (await response.json())["rollcall"]["running"]:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path, context: BrowserContext) -> AsyncIterator[Page]:
    """The page of a sandbox started in an empty directory."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "sandbox", "--port", str(port),
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        await answers(f"http://127.0.0.1:{port}")
        page = await context.new_page()
        await page.goto(f"http://127.0.0.1:{port}")
        await page.locator(".phone").first.wait_for()
        yield page
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def test_newcomer__links_by_contact__and_a_week_is_played(demo: Page) -> None:
    unit = demo.locator(".phone", has=demo.locator(".role", has_text="Training unit"))
    await expect(unit).to_have_count(1)
    await unit.locator(".start").click()
    await unit.locator(".reply-keyboard button").click(timeout=SLOW_MS)
    await unit.locator(".sheet .main").click()
    menu = unit.locator(".message.bot .key")
    await expect(menu.first).to_be_visible(timeout=SLOW_MS)
    before = await demo.evaluate(CLOCK)
    await demo.get_by_role("button", name="+1 week").click()
    await demo.wait_for_function(f"{CLOCK} >= {before + 7 * DAY_MS}", timeout=SLOW_MS)
    await expect(demo.get_by_role("button", name="Stop")).to_be_hidden(timeout=SLOW_MS)
    await expect(demo.get_by_text("Rollcall is running")).to_be_visible()
    await expect(demo.locator(".refused .badge")).to_have_text("0")


async def test_rollcall_killed__and_started__answers_what_was_asked_meanwhile(
    demo: Page,
) -> None:
    director = demo.locator(".phone", has=demo.locator(".role", has_text="Director-General"))
    await demo.get_by_role("button", name="Kill").click()
    await expect(demo.get_by_text("Rollcall is down")).to_be_visible()
    await director.locator(".start").click()
    await expect(director.locator(".message.me")).to_have_count(1)
    await demo.get_by_role("button", name="Start", exact=True).click()
    await expect(director.locator(".message.bot").first).to_be_visible(timeout=SLOW_MS)
    await expect(demo.locator(".refused .badge")).to_have_text("0")
