"""Every object the sandbox gives to a bot has the fields of the Bot API, and only those."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.api_table import load_table
from bot.sandbox.methods import served_methods
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.request import Upload
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call, keyboard, updates
from tests.unit.sandbox.test_sending import picture

TABLE = load_table()


def faults(value: object, kind: str) -> list[str]:
    return TABLE.faults_in(value, (kind,), kind)


def results(world: World, phone: PhoneInHand) -> Iterator[tuple[str, Any, str]]:
    """Each served method once, with what it must give back."""
    chat = {"chat_id": phone.id}
    markup = keyboard("a", "b")
    html = "<b>x</b> <a href='http://a.org'>y</a> /start"
    styled = {"text": "a", "callback_data": "c", "style": "danger"}
    rows = {"inline_keyboard": [[styled, {"text": "b", "url": "https://a.org"}]]}
    reply = {"reply_parameters": {"message_id": 1}, "protect_content": True}
    text = call(
        world, "sendMessage", text=html, parse_mode="HTML", reply_markup=rows, **reply, **chat
    )
    yield "sendMessage", text, "Message"
    photo = Upload("a.png", "image/png", picture())
    sent = call(world, "sendPhoto", photo=photo, caption=html, parse_mode="HTML", **chat)
    yield "sendPhoto", sent, "Message"
    document = Upload("a.txt", "text/plain", b"x")
    sent = call(world, "sendDocument", document=document, caption="y", **chat)
    yield "sendDocument", sent, "Message"
    this = {"message_id": sent["message_id"], **chat}
    yield "editMessageCaption", call(world, "editMessageCaption", caption="z", **this), "Message"
    that = {"message_id": text["message_id"], **chat}
    edited = call(world, "editMessageText", text="new", reply_markup=markup, **that)
    yield "editMessageText", edited, "Message"
    yield "editMessageReplyMarkup", call(world, "editMessageReplyMarkup", **that), "Message"
    file_id = sent["document"]["file_id"]
    yield "getFile", call(world, "getFile", file_id=file_id), "File"
    yield "sendChatAction", call(world, "sendChatAction", action="typing", **chat), "Boolean"
    yield "deleteMessage", call(world, "deleteMessage", **this), "Boolean"
    yield from profile_results(world)


def profile_results(world: World) -> Iterator[tuple[str, Any, str]]:
    commands = [{"command": "start", "description": "Begin"}]
    yield "getMe", call(world, "getMe"), "User"
    yield "setMyCommands", call(world, "setMyCommands", commands=commands), "Boolean"
    yield "getMyCommands", call(world, "getMyCommands"), "Array of BotCommand"
    yield "deleteMyCommands", call(world, "deleteMyCommands"), "Boolean"
    yield "getWebhookInfo", call(world, "getWebhookInfo"), "WebhookInfo"
    yield "setWebhook", call(world, "setWebhook", url=""), "Boolean"
    yield "deleteWebhook", call(world, "deleteWebhook"), "Boolean"
    for method, key, kind in (
        ("MyName", "name", "BotName"),
        ("MyDescription", "description", "BotDescription"),
        ("MyShortDescription", "short_description", "BotShortDescription"),
    ):
        words = {key: "Rollcall", "language_code": "km"}
        yield f"set{method}", call(world, f"set{method}", **words), "Boolean"
        yield f"get{method}", call(world, f"get{method}", language_code="km"), kind
    menu = {"menu_button": {"type": "commands"}}
    yield "setChatMenuButton", call(world, "setChatMenuButton", **menu), "Boolean"
    yield "getChatMenuButton", call(world, "getChatMenuButton"), "MenuButton"


def test_results__of_every_served_method__fit_the_table(
    world: World, started: PhoneInHand
) -> None:
    seen = set()
    for method, result, kind in results(world, started):
        assert faults(result, kind) == [], method
        seen.add(method)
    call(world, "sendMessage", chat_id=started.id, text="?", reply_markup=keyboard("a"))
    started.press("a")
    query = updates(world)[-1]["callback_query"]["id"]
    assert call(world, "answerCallbackQuery", callback_query_id=query) is True
    assert seen | {"answerCallbackQuery", "getUpdates"} == set(served_methods())


@pytest.mark.parametrize("offline", [False, True])
def test_updates__of_everything_a_person_can_do__fit_the_table(
    world: World, started: PhoneInHand, offline: bool
) -> None:
    sent = call(world, "sendMessage", chat_id=started.id, text="?", reply_markup=keyboard("a"))
    started.press("a")
    if offline:
        started.go_offline()
    started.text("see http://a.org", reply_to=sent["message_id"])
    started.share_contact()
    started.share_contact("+85512000222", user_id=5)
    started.file("letter.png", picture(), "image/png", "The *letter* /x")
    started.file("list.xlsx", b"PK", "")
    started.file("voice.ogg", b"OggS", "audio/ogg")
    started.file("talk.mp3", b"ID3", "audio/mpeg")
    started.go_online()
    started.forge(99, "gone")
    started.block()
    started.unblock()
    found = updates(world)
    assert len(found) == 12
    for update in found:
        assert faults(update, "Update") == [], update
