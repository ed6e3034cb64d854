"""The page as a test holds it: phones by the name of their owner."""

from __future__ import annotations

from playwright.async_api import FloatRect, Locator, Page, expect

from tests.browser.scripted_bot import ScriptedBot


async def box(node: Locator) -> FloatRect:
    """Where a node is on the page; refuses one that is not drawn."""
    found = await node.bounding_box()
    assert found is not None
    return found


class PhoneOnPage:
    """One phone in the browser, found by its owner's name in Latin letters."""

    def __init__(self, page: Page, name: str) -> None:
        self.node = page.get_by_role("region", name=f"Phone of {name}", exact=True)

    @property
    def screen(self) -> Locator:
        return self.node.locator(".screen")

    @property
    def log(self) -> Locator:
        return self.node.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.log.get_by_role("article")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def composer(self) -> Locator:
        return self.node.locator("textarea")

    @property
    def toast(self) -> Locator:
        return self.node.locator(".toast")

    @property
    def sheet(self) -> Locator:
        return self.node.locator(".sheet")

    def button(self, label: str) -> Locator:
        return self.node.get_by_role("button", name=label, exact=True)

    async def write(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def choose(self, label: str) -> None:
        """Choose something in the phone's own menu."""
        await self.node.locator(".head button[aria-haspopup]").click()
        await self.node.locator(".menu button").filter(has_text=label).click()

    async def begin(self, bot: ScriptedBot) -> int:
        """Press START, let the bot say hello; gives the chat's id."""
        await self.node.locator(".start").click()
        chat_id: int = (await bot.received("message"))["chat"]["id"]
        await bot.say(chat_id, "Hello.")
        await expect(self.last).to_contain_text("Hello.")
        return chat_id
