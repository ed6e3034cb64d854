"""Keyboard, screen reader and preferences: the page without a mouse or with wishes."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from bot.sandbox.server import SandboxServer
from tests.browser.conftest import open_page
from tests.browser.desk import PhoneOnPage
from tests.browser.scripted_bot import ScriptedBot, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMELESS = """() => [...document.querySelectorAll("button, a, input, textarea, select")]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.getAttribute("aria-label") || node.textContent.trim()
    || node.labels?.length))
  .map((node) => node.outerHTML)"""

# Contrast of what is written in a node against the first opaque colour behind it.
CONTRAST = """(node) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opaque = (at) => {
    const colour = getComputedStyle(at).backgroundColor;
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return parts.length === 3 || parts[3] === 1 ? colour : opaque(at.parentElement);
  };
  const [a, b] = [light(getComputedStyle(node).color), light(opaque(node))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""
READ = (".plate small", ".head small", ".bot .words", ".me .words", ".bot .meta", ".me .meta",
        ".clock small", ".now", ".button.main", ".outage", ".menu-key", ".start")  # fmt: skip


async def test_controls__all_that_are_seen__have_a_name(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await bot.say(chat, "Rate it", reply_markup=keyboard(("1", "2")))
    await officer.node.locator(".head button").click()
    await expect(officer.node.get_by_role("menu")).to_be_visible()
    assert await page.evaluate(NAMELESS) == []


async def test_menu__by_keyboard__opens_moves_and_gives_the_focus_back(
    page: Page, officer: PhoneOnPage
) -> None:
    opener = officer.node.locator(".head button[aria-haspopup]")
    await opener.focus()
    await page.keyboard.press("Enter")
    items = officer.node.locator(".menu button")
    await expect(items.first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(items.nth(1)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(items.last).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    await expect(opener).to_have_attribute("aria-expanded", "false")


async def test_conversation__by_keyboard_alone__start_write_reply(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.button("START").focus()
    await page.keyboard.press("Enter")
    chat = (await bot.received("message"))["chat"]["id"]
    number = await bot.say(chat, "How many?")
    await expect(officer.last).to_contain_text("How many?")
    await officer.composer.focus()
    await page.keyboard.press("Control+ArrowUp")
    await page.keyboard.type("Seven")
    await page.keyboard.press("Enter")
    assert (await bot.received("message"))["reply_to_message"]["message_id"] == number


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words__in_both_colour_schemes__are_readable(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot, scheme: str
) -> None:
    await officer.begin(bot)
    await bot.call("setMyCommands", commands=[{"command": "tasks", "description": "What waits"}])
    await officer.button("Menu").wait_for()
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    poor = {}
    for selector in READ:
        ratio = await page.locator(selector).first.evaluate(CONTRAST)
        if ratio < 4.5:
            poor[selector] = ratio
    assert poor == {}


async def test_motion__where_less_is_wished__nothing_moves(
    browser: Browser, server: SandboxServer, bot: ScriptedBot
) -> None:
    window = await browser.new_context(reduced_motion="reduce")
    try:
        calm = PhoneOnPage(await open_page(window, server), "Sok Dara")
        await calm.begin(bot)
        duration = await calm.last.evaluate("node => getComputedStyle(node).animationDuration")
        assert float(duration.removesuffix("s")) < 0.001
    finally:
        await window.close()
