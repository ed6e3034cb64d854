"""Trouble on order: begun, seen and ended on the page; forged presses from a phone's menu."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox.faults import BadLink, Fault
from bot.sandbox.server import SandboxServer
from tests.browser.desk import PhoneOnPage
from tests.browser.scripted_bot import ScriptedBot, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LOST = {"Sok Dara": "No connection. This press was lost.", "Chan Sophea": "គ្មានការតភ្ជាប់"}


async def opened(page: Page) -> Locator:
    await page.get_by_role("button", name="Trouble").click()
    dialog = page.get_by_role("dialog", name="Trouble on order")
    await expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize("name", list(LOST))
async def test_presses__lost_for_one_phone__are_told_in_its_own_language(
    page: Page, bot: ScriptedBot, server: SandboxServer, name: str
) -> None:
    phone = PhoneOnPage(page, name)
    chat = await phone.begin(bot)
    await bot.say(chat, "Rate it", reply_markup=keyboard(("One",)))
    dialog = await opened(page)
    await expect(dialog).to_contain_text("Nothing is wrong")
    await dialog.get_by_role("combobox", name="For whom").select_option(label=name)
    await dialog.get_by_role("button", name="Presses are lost").click()
    await expect(dialog.get_by_role("list", name="Going on now")).to_contain_text(name)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Trouble").locator(".badge")).to_have_text("1")
    (link,) = server.faults.planned()
    assert isinstance(link, BadLink)
    link.presses_lost = 1.0
    await phone.button("One").click()
    await expect(phone.toast).to_contain_text(LOST[name])


async def test_troubles__ended_on_the_page__are_over(page: Page, server: SandboxServer) -> None:
    dialog = await opened(page)
    await dialog.get_by_role("button", name="Telegram is slow").click()
    await dialog.get_by_role("button", name="Another program uses the token").click()
    await expect(dialog.get_by_role("button", name="End all")).to_be_visible()
    await dialog.get_by_role("button", name="End: Telegram is slow").click()
    going = dialog.get_by_role("list", name="Going on now")
    await expect(going.get_by_role("listitem")).to_have_count(1)
    await dialog.get_by_role("button", name="End: Another program").click()
    await expect(dialog).to_contain_text("Nothing is wrong")
    assert server.faults.planned() == []


async def test_trouble__used_up_by_what_it_hit__goes_from_the_list(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot, server: SandboxServer
) -> None:
    chat = await officer.begin(bot)
    server.faults.plan(Fault(method="sendMessage", code=500))
    dialog = await opened(page)
    await expect(dialog).to_contain_text("Calls fail")
    await page.keyboard.press("Escape")
    badge = page.get_by_role("button", name="Trouble").locator(".badge")
    await expect(badge).to_have_text("1")
    assert not (await bot.ask("sendMessage", chat_id=chat, text="x"))["ok"]
    await expect(badge).to_be_hidden()


async def test_forged_press__from_the_menu__reaches_the_bot_as_it_is(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    await officer.choose("Press a forged button")
    await officer.sheet.get_by_role("textbox").fill("ap:17:yes")
    await officer.sheet.get_by_role("button", name="Press").click()
    assert (await bot.received("callback_query"))["data"] == "ap:17:yes"


async def test_text__over_a_slow_link__waits_on_the_phone_in_any_direction(
    page: Page, bot: ScriptedBot, server: SandboxServer
) -> None:
    trainer = PhoneOnPage(page, "Chan Sophea")
    await trainer.begin(bot)
    dialog = await opened(page)
    await dialog.get_by_role("button", name="Texts arrive late").click()
    await page.keyboard.press("Escape")
    await trainer.write("សួស្តី")
    await expect(trainer.last).to_contain_text("សួស្តី")
    assert server.next_late is not None
    assert server.world.updates.count() == 0
