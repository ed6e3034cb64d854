"""Long chats: following the newest message, reading above, counting what is unread."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.desk import PhoneOnPage
from tests.browser.scripted_bot import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TO_END = "node => node.scrollHeight - node.scrollTop - node.clientHeight"


async def fill(bot: ScriptedBot, chat: int, count: int) -> None:
    for number in range(count):
        await bot.say(chat, f"Line {number}\nand a second one")


async def test_newest_message__read_at_the_end__stays_in_view(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await fill(bot, chat, 30)
    await expect(officer.last).to_contain_text("Line 29")
    await expect(officer.last).to_be_in_viewport(ratio=0.9)
    assert await officer.log.evaluate(TO_END) < 2


async def test_reading_above__a_message_comes__the_page_does_not_jump(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await page.emulate_media(reduced_motion="reduce")
    chat = await officer.begin(bot)
    await fill(bot, chat, 30)
    await expect(officer.last).to_contain_text("Line 29")
    await officer.log.evaluate("node => { node.scrollTop = 300; }")
    jump = officer.node.locator(".jump")
    await expect(jump).to_be_visible()
    before = await officer.messages.nth(8).bounding_box()
    await fill(bot, chat, 2)
    await expect(jump.locator(".badge")).to_have_text("2")
    await expect(officer.node.locator(".plate .badge")).to_have_text("2")
    assert await officer.messages.nth(8).bounding_box() == before
    await jump.click()
    await expect(jump).to_be_hidden()
    await expect(officer.node.locator(".plate .badge")).to_be_hidden()


async def test_long_chat__more_than_is_drawn__shows_earlier_on_demand(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await fill(bot, chat, 218)
    await page.reload()
    await expect(officer.last).to_contain_text("Line 217")
    await expect(officer.messages).to_have_count(200)
    await officer.button("Earlier messages").click()
    await expect(officer.messages).to_have_count(220)
    await expect(officer.button("Earlier messages")).to_be_hidden()
