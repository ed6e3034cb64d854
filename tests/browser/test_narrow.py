"""A narrow screen: one phone at a time, the strip of the cast, the folded bar."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.desk import PhoneOnPage
from tests.browser.scripted_bot import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NARROW = ViewportSize(width=390, height=844)


@pytest.fixture
def tabs(page: Page) -> list[str]:
    return ["សុខ ដារ៉ា", "កែវ បុប្ផា", "ចាន់ សុភា"]


async def test_narrow__one_phone_at_a_time__the_tab_brings_another(
    page: Page, officer: PhoneOnPage, tabs: list[str]
) -> None:
    await page.set_viewport_size(NARROW)
    supervisor = PhoneOnPage(page, "Keo Bopha")
    await expect(officer.screen).to_be_in_viewport(ratio=0.9)
    await expect(supervisor.screen).not_to_be_in_viewport()
    await page.get_by_role("tab", name=tabs[1]).click()
    await expect(supervisor.screen).to_be_in_viewport(ratio=0.9)
    await expect(officer.screen).not_to_be_in_viewport()
    await expect(page.get_by_role("tab", name=tabs[1])).to_have_attribute("aria-selected", "true")


async def test_narrow__swiped__the_strip_follows(page: Page, tabs: list[str]) -> None:
    await page.set_viewport_size(NARROW)
    await page.locator("#phones").evaluate("node => node.scrollTo(node.clientWidth * 2, 0)")
    await expect(page.get_by_role("tab", name=tabs[2])).to_have_attribute("aria-selected", "true")


async def test_narrow__arrow_keys_on_the_strip__move_between_phones(
    page: Page, tabs: list[str]
) -> None:
    await page.set_viewport_size(NARROW)
    first = page.get_by_role("tab", name=tabs[0])
    await expect(first).to_have_attribute("aria-selected", "true")
    await first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name=tabs[1])).to_be_focused()
    await expect(PhoneOnPage(page, "Keo Bopha").screen).to_be_in_viewport(ratio=0.9)


async def test_narrow__news_on_a_hidden_phone__is_counted_on_its_tab(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot, tabs: list[str]
) -> None:
    chat = await officer.begin(bot)
    await page.set_viewport_size(NARROW)
    await page.get_by_role("tab", name=tabs[1]).click()
    await expect(officer.screen).not_to_be_in_viewport()
    await bot.say(chat, "News")
    tab = page.get_by_role("tab", name=tabs[0])
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(tab.locator(".badge")).to_be_hidden()


async def test_narrow__the_bar__is_folded_until_asked_for(page: Page) -> None:
    await page.set_viewport_size(NARROW)
    week = page.get_by_role("button", name="+1 week")
    await expect(week).to_be_hidden()
    await page.get_by_role("button", name="Clock and controls").click()
    await expect(week).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 699, 700, 1024, 1600])
async def test_any_width__the_page_itself__never_scrolls_sideways(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
