"""What a newcomer sees: the cast side by side, START, and how others are added."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.desk import PhoneOnPage, box
from tests.browser.scripted_bot import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_first_opening__empty_sandbox__the_cast_stands_in_order(page: Page) -> None:
    names = page.locator(".plate strong bdi:first-child")
    await expect(names).to_have_text(["សុខ ដារ៉ា", "កែវ បុប្ផា", "ចាន់ សុភា"])
    roles = page.locator(".plate .role")
    await expect(roles).to_have_text(["Officer · ", "Supervisor · ", "Trainer · "])
    first, second = [await box(page.locator(".phone").nth(index)) for index in range(2)]
    assert first["x"] + first["width"] <= second["x"]


async def test_start__pressed__the_bot_is_told_and_can_write(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await expect(officer.composer).to_be_hidden()
    await officer.button("START").click()
    message = await bot.received("message")
    assert message["text"] == "/start"
    await bot.say(message["chat"]["id"], "Good morning.")
    await expect(officer.last).to_contain_text("Good morning.")
    await expect(officer.composer).to_be_visible()


async def test_description__before_start__says_what_the_bot_is_for(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await bot.call("setMyDescription", description="The training desk.")
    await page.reload()
    await expect(officer.node.locator(".welcome")).to_contain_text("The training desk.")


async def test_add_phone__found_in_the_roster__stands_on_the_page(page: Page) -> None:
    await page.get_by_role("button", name="Add a phone").click()
    await page.get_by_role("searchbox").fill("karachi")
    found = page.locator(".people button")
    await expect(found).to_have_count(1)
    await expect(found).to_contain_text("آمنہ خان")
    await found.click()
    await expect(PhoneOnPage(page, "Amina Khan").node).to_be_visible()
    await expect(page.locator(".phone")).to_have_count(4)


async def test_add_phone__somebody_on_the_page__is_shown_not_doubled(page: Page) -> None:
    await page.get_by_role("button", name="Add a phone").click()
    await page.get_by_role("searchbox").fill("sok dara")
    found = page.locator(".people button")
    await expect(found).to_have_count(1)
    await expect(found).to_contain_text("on the page")
    await found.click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator(".phone")).to_have_count(3)


async def test_add_phone__a_stranger__can_write_to_the_bot(page: Page, bot: ScriptedBot) -> None:
    await page.get_by_role("button", name="Add a phone").click()
    await page.get_by_text("A stranger").click()
    await page.get_by_label("Name", exact=True).fill("<b>Nobody</b>")
    await page.get_by_label("Phone number").fill("+85599999999")
    await page.get_by_role("button", name="Add", exact=True).click()
    stranger = PhoneOnPage(page, "<b>Nobody</b>")
    await stranger.button("START").click()
    assert (await bot.received("message"))["from"]["first_name"] == "<b>Nobody</b>"


async def test_removed_phone__is_gone_from_the_page(page: Page, officer: PhoneOnPage) -> None:
    await officer.choose("Remove this phone")
    await officer.sheet.get_by_role("button", name="Remove").click()
    await expect(officer.node).to_have_count(0)
    await expect(page.locator(".phone")).to_have_count(2)
