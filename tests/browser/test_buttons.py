"""Inline buttons, toasts and alerts, the bot's keyboard, commands, contacts and links."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.desk import PhoneOnPage, box
from tests.browser.scripted_bot import ScriptedBot, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_press__until_answered__turns_and_then_toasts(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await bot.say(chat, "Rate it", reply_markup=keyboard(("1", "2", "3"), ("Skip",)))
    two = officer.button("2")
    await two.click()
    press = await bot.received("callback_query")
    assert press["data"] == "2"
    await expect(two).to_have_attribute("aria-busy", "true")
    await bot.call("answerCallbackQuery", callback_query_id=press["id"], text="Noted: 2")
    await expect(officer.toast).to_have_text("Noted: 2")
    await expect(two).not_to_have_attribute("aria-busy", "true")


async def test_press__answered_with_an_alert__waits_for_ok(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await bot.say(chat, "Approve?", reply_markup=keyboard(("Approve",)))
    await officer.button("Approve").click()
    press = await bot.received("callback_query")
    await bot.call(
        "answerCallbackQuery", callback_query_id=press["id"], text="Too late.", show_alert=True
    )
    alert = officer.node.get_by_role("alertdialog")
    await expect(alert).to_contain_text("Too late.")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_have_count(0)


async def test_press__by_an_offline_phone__is_lost_and_says_so(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await bot.say(chat, "Rate it", reply_markup=keyboard(("1",)))
    await officer.choose("No connection")
    await expect(officer.node.locator(".plate")).to_contain_text("offline")
    await officer.button("1").click()
    await expect(officer.toast).to_have_text("No connection. This press was lost.")
    await officer.choose("No connection")
    await officer.write("Back again")
    assert (await bot.received("message"))["text"] == "Back again"


async def test_keyboard__long_labels__stay_inside_the_phone(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    long = "Agree, if the class is held near the border post and in the dry season"
    await bot.say(chat, "Choose", reply_markup=keyboard((long,), ("a", "b", "c", "d", "e")))
    await expect(officer.last.locator(".key")).to_have_count(6)
    phone = await box(officer.screen)
    for key in await officer.last.locator(".key").all():
        place = await box(key)
        assert place["x"] >= phone["x"]
        assert place["x"] + place["width"] <= phone["x"] + phone["width"]


async def test_reply_keyboard__a_label_pressed__is_sent_as_text(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    markup = {
        "keyboard": [[{"text": "What waits"}, {"text": "My team"}]],
        "input_field_placeholder": "Choose or write",
    }
    await bot.say(chat, "The menu", reply_markup=markup)
    await expect(officer.composer).to_have_attribute("placeholder", "Choose or write")
    await officer.button("My team").click()
    assert (await bot.received("message"))["text"] == "My team"
    await expect(officer.button("My team")).to_be_visible()
    await bot.say(chat, "Gone", reply_markup={"remove_keyboard": True})
    await expect(officer.button("My team")).to_be_hidden()


async def test_contact_request__asks_first__then_shares_the_own_number(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    key = {"text": "Share my number", "request_contact": True}
    await bot.say(
        chat, "Who are you?", reply_markup={"keyboard": [[key]], "one_time_keyboard": True}
    )
    await officer.node.locator(".reply-keyboard").get_by_role("button").click()
    await expect(officer.sheet).to_contain_text("+85512000001")
    await officer.sheet.get_by_role("button", name="Share").click()
    message = await bot.received("message")
    assert message["contact"]["phone_number"] == "85512000001"
    assert message["contact"]["user_id"] == message["from"]["id"]
    await expect(officer.node.locator(".reply-keyboard")).to_be_hidden()
    await expect(officer.last.locator(".contact")).to_contain_text("Sok Dara")


async def test_contact__of_somebody_else__does_not_carry_the_own_id(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    await officer.choose("Share somebody else's number")
    await officer.sheet.get_by_label("Whose number").select_option(label="Keo Bopha +85512000002")
    await officer.sheet.get_by_role("button", name="Share").click()
    message = await bot.received("message")
    assert message["contact"]["phone_number"] == "85512000002"
    assert message["contact"]["user_id"] != message["from"]["id"]


async def test_commands__typed_in_part__are_offered_and_sent_by_enter(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    commands = [
        {"command": "tasks", "description": "What waits for you"},
        {"command": "courses", "description": "Courses and classes"},
        {"command": "cancel", "description": "Stop here"},
    ]
    await bot.call("setMyCommands", commands=commands)
    await expect(officer.button("Menu")).to_be_visible()
    await officer.composer.fill("/c")
    offered = officer.node.get_by_role("option")
    await expect(offered).to_have_count(2)
    await officer.composer.press("ArrowDown")
    await officer.composer.press("Enter")
    message = await bot.received("message")
    assert message["text"] == "/cancel"
    assert message["entities"][0]["type"] == "bot_command"
    await expect(officer.composer).to_have_value("")


async def test_command_menu__opened_by_its_button__sends_on_a_click(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    await bot.call("setMyCommands", commands=[{"command": "tasks", "description": "What waits"}])
    await officer.button("Menu").click()
    await officer.node.get_by_role("option").click()
    assert (await bot.received("message"))["text"] == "/tasks"


async def test_invite_link__in_a_message__starts_the_bot_with_its_code(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    username = (await bot.call("getMe"))["username"]
    await bot.say(chat, f"https://t.me/{username}?start=Ab-9_x")
    await officer.last.get_by_role("link").click()
    assert (await bot.received("message"))["text"] == "/start Ab-9_x"


async def test_invite_link__given_to_a_phone_not_started__starts_it(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.choose("Open an invite link")
    await officer.sheet.get_by_label("Link or code").fill("https://t.me/any_bot?start=Zz99")
    await officer.sheet.get_by_role("button", name="Start").click()
    assert (await bot.received("message"))["text"] == "/start Zz99"
