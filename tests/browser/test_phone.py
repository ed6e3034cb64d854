"""A phone's own conditions: without a connection, blocked, in another language."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.desk import PhoneOnPage, box
from tests.browser.scripted_bot import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_offline__messages_both_ways__arrive_on_return(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await officer.choose("No connection")
    await expect(officer.node.locator(".head")).to_contain_text("waiting for network…")
    await officer.write("Written at the border")
    await expect(officer.last.locator(".mark")).to_contain_text("not yet sent")
    await expect(officer.node.locator(".plate")).to_contain_text("1 waiting to be sent")
    await bot.say(chat, "Sent meanwhile")
    await expect(officer.log).not_to_contain_text("Sent meanwhile")
    await officer.choose("No connection")
    assert (await bot.received("message"))["text"] == "Written at the border"
    await expect(officer.log).to_contain_text("Sent meanwhile")
    await expect(officer.log).not_to_contain_text("not yet sent")
    await expect(officer.messages).to_have_count(4)


async def test_block__and_restart__the_bot_is_told_both_times(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await officer.choose("Block the bot")
    assert (await bot.received("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(officer.composer).to_be_hidden()
    refused = await bot.ask("sendMessage", chat_id=chat, text="Are you there?")
    assert refused["error_code"] == 403
    await officer.button("RESTART BOT").click()
    assert (await bot.received("my_chat_member"))["new_chat_member"]["status"] == "member"
    assert (await bot.received("message"))["text"] == "/start"
    await expect(officer.composer).to_be_visible()


async def test_urdu__chosen_as_language__mirrors_the_app(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await officer.choose("اردو")
    await expect(officer.screen).to_have_attribute("dir", "rtl")
    await expect(officer.composer).to_have_attribute("placeholder", "پیغام")
    await officer.write("شکریہ")
    assert (await bot.received("message"))["from"]["language_code"] == "ur"
    await bot.say(chat, "کیا کلاس مفید تھی؟")
    mine, theirs = officer.messages.nth(2), officer.messages.nth(3)
    await expect(theirs).to_contain_text("مفید")
    own, row = await box(mine.locator(".bubble")), await box(theirs)
    bubble = await box(theirs.locator(".bubble"))
    assert own["x"] < bubble["x"]
    assert bubble["x"] + bubble["width"] == pytest.approx(row["x"] + row["width"], abs=1)


async def test_text__urdu_on_an_english_phone__runs_from_the_right(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await bot.say(chat, "آپ کا جواب محفوظ ہو گیا۔")
    words = officer.last.locator(".words")
    await expect(words).to_have_css("direction", "rtl")
    await expect(officer.screen).to_have_css("direction", "ltr")


async def test_khmer__phone_of_the_trainer__speaks_khmer_and_names_the_day(
    page: Page, bot: ScriptedBot
) -> None:
    trainer = PhoneOnPage(page, "Chan Sophea")
    await trainer.node.locator(".start").click()
    chat = (await bot.received("message"))["chat"]["id"]
    await bot.say(chat, "សួស្តី")
    await expect(trainer.composer).to_have_attribute("placeholder", "សារ")
    day = await trainer.log.locator(".date").first.inner_text()
    assert any("\u1780" <= letter <= "\u17ff" for letter in day)
    await page.evaluate("document.fonts.ready.then(() => null)")
    assert await page.evaluate("document.fonts.check('15px Rollcall', 'សារ')")


async def test_draft__while_others_write__is_kept_across_a_reload_of_the_state(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    await officer.composer.fill("Half a sentence")
    other = PhoneOnPage(page, "Keo Bopha")
    await other.choose("Remove this phone")
    await other.sheet.get_by_role("button", name="Remove").click()
    await expect(other.node).to_have_count(0)
    await expect(officer.composer).to_have_value("Half a sentence")
