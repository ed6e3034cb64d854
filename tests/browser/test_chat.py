"""Messages as they look: formatting, edits, replies, days, files and pictures."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.desk import PhoneOnPage
from tests.browser.scripted_bot import ScriptedBot, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


async def test_entities__after_an_emoji__mark_exactly_their_words(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    before, bold, link = "👩🏽‍🏫 ", "Customs Valuation", "the outline"
    text = f"{before}{bold}, see {link}."
    entities = [
        {"type": "bold", "offset": utf16(before), "length": utf16(bold)},
        {"type": "italic", "offset": utf16(before), "length": utf16("Customs")},
        {
            "type": "text_link",
            "offset": utf16(text[: text.index(link)]),
            "length": utf16(link),
            "url": "https://example.org/outline",
        },
    ]
    await bot.say(chat, text, entities=entities)
    await expect(officer.last.locator("strong")).to_have_text(bold)
    await expect(officer.last.locator("strong em")).to_have_text("Customs")
    anchor = officer.last.get_by_role("link", name=link)
    await expect(anchor).to_have_attribute("href", "https://example.org/outline")
    await expect(officer.last.locator(".words")).to_contain_text(text)


async def test_text__that_looks_like_html__stays_text(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    attack = "<img src=x onerror=\"document.title='broken'\"><b>bold</b>"
    await officer.write(attack)
    await expect(officer.last.locator(".words")).to_contain_text(attack)
    await expect(officer.last.locator("img, b")).to_have_count(0)


async def test_link__that_would_run_code__leads_nowhere(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    safe = await page.evaluate(
        """async () => {
          const { richText } = await import("/static/js/chat/entities.js");
          const entity = { type: "text_link", offset: 0, length: 4, url: "javascript:alert(1)" };
          const box = document.createElement("div");
          box.append(richText("here", [entity], { follow: () => false }));
          return box.querySelector("a").href;
        }"""
    )
    assert safe == "about:blank"


async def test_edit__by_the_bot__replaces_text_and_buttons_in_place(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    number = await bot.say(chat, "Question 1", reply_markup=keyboard(("Yes", "No")))
    await bot.say(chat, "Something later")
    await expect(officer.messages).to_have_count(4)
    await bot.call(
        "editMessageText",
        chat_id=chat,
        message_id=number,
        text="Question 2",
        reply_markup=keyboard(("Often",)),
    )
    edited = officer.messages.nth(2)
    await expect(edited).to_contain_text("Question 2")
    await expect(edited.locator(".meta")).to_contain_text("edited")
    await expect(edited.locator(".key")).to_have_text(["Often"])
    await expect(officer.last).to_contain_text("Something later")


async def test_delete__by_the_bot__takes_the_message_away(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    number = await bot.say(chat, "Too much said")
    await expect(officer.last).to_contain_text("Too much said")
    await bot.call("deleteMessage", chat_id=chat, message_id=number)
    await expect(officer.last).to_contain_text("Hello.")


async def test_reply__by_double_click__reaches_the_bot_and_quotes(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    number = await bot.say(chat, "How many officers?")
    await expect(officer.last).to_contain_text("How many officers?")
    await officer.last.locator(".bubble").dblclick(position={"x": 12, "y": 12})
    await expect(officer.node.locator(".strip")).to_contain_text("How many officers?")
    await officer.write("Twelve")
    received = await bot.received("message")
    assert received["reply_to_message"]["message_id"] == number
    await expect(officer.last.locator(".quote")).to_contain_text("How many officers?")
    await expect(officer.node.locator(".strip")).to_be_hidden()


async def test_days__clock_moved__are_set_apart(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    await expect(officer.log.locator(".date")).to_have_count(1)
    await page.get_by_role("button", name="+1 week").click()
    await expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    await bot.say(chat, "A week later")
    await expect(officer.log.locator(".date")).to_have_count(2)
    await expect(officer.log.locator(".day").last).to_contain_text("A week later")


async def test_typing__until_the_message_comes__is_shown(
    officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    head = officer.node.locator(".head")
    await bot.call("sendChatAction", chat_id=chat, action="typing")
    await expect(head).to_contain_text("typing…")
    await bot.say(chat, "Done")
    await expect(head).not_to_contain_text("typing…")


async def test_photo__clicked__is_enlarged_and_closed_by_escape(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    picture = ("rates.png", DOT, "image/png")
    await bot.call("sendPhoto", chat_id=chat, photo=picture, caption="Response rates")
    await expect(officer.last.locator(".words")).to_contain_text("Response rates")
    await officer.last.get_by_role("button", name="Open the photo").click()
    await expect(page.locator("dialog.lightbox img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.lightbox")).to_have_count(0)


async def test_document__from_the_bot__is_downloaded_whole(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    chat = await officer.begin(bot)
    content = b"%PDF-1.7 " + bytes(range(256)) * 8
    file = ("certificate.pdf", content, "application/pdf")
    await bot.call("sendDocument", chat_id=chat, document=file)
    link = officer.last.get_by_role("link", name=re.compile("certificate.pdf"))
    await expect(link).to_contain_text("2.0 KB")
    async with page.expect_download() as waiting:
        await link.click()
    saved = await (await waiting.value).path()
    assert Path(saved).read_bytes() == content


async def test_file__chosen_with_a_caption__reaches_the_bot(
    officer: PhoneOnPage, bot: ScriptedBot, tmp_path: Path
) -> None:
    await officer.begin(bot)
    roster = tmp_path / "roster ឈ្មោះ.csv"
    roster.write_text("staff_no\n1\n", encoding="utf-8")
    await officer.node.locator("input[type=file]").set_input_files(roster)
    await officer.sheet.get_by_role("textbox", name="Caption").fill("For November")
    await officer.sheet.get_by_role("button", name="Send").click()
    message = await bot.received("message")
    assert message["document"]["file_name"] == roster.name
    assert message["caption"] == "For November"
    await expect(officer.last.locator(".document")).to_contain_text(roster.name)


async def test_file__dropped_on_the_phone__is_offered_for_sending(
    page: Page, officer: PhoneOnPage, bot: ScriptedBot
) -> None:
    await officer.begin(bot)
    transfer = await page.evaluate_handle(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["a,b"], "dropped.csv", { type: "text/csv" }));
          return carried;
        }"""
    )
    await officer.screen.dispatch_event("dragover", {"dataTransfer": transfer})
    await expect(officer.node.locator(".drop")).to_be_visible()
    await officer.screen.dispatch_event("drop", {"dataTransfer": transfer})
    await expect(officer.sheet).to_contain_text("dropped.csv")
    await officer.sheet.get_by_role("button", name="Send").click()
    assert (await bot.received("message"))["document"]["file_name"] == "dropped.csv"
