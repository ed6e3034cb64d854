"""What a person does with their phone: write, press, share, send, switch off, block."""

from __future__ import annotations

import secrets

from bot.sandbox import objects
from bot.sandbox.errors import ApiError, PageError
from bot.sandbox.files import sent_by_phone
from bot.sandbox.keyboards import holds_data
from bot.sandbox.outgoing import check_not_blocked, send, send_due
from bot.sandbox.records import Json, Phone, Press
from bot.sandbox.request import Upload
from bot.sandbox.rich_text import RichText, trimmed, with_detected
from bot.sandbox.text_rules import LONGEST_CAPTION, LONGEST_TEXT
from bot.sandbox.world import World

LANGUAGES = ("en", "km", "ur")
PRESS_KEPT_SECONDS = 3600
PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})


def write_text(world: World, phone: Phone, text: str, reply_to: int | None = None) -> None:
    """Send a text; one over 4096 characters is sent in parts, as apps do."""
    rich = trimmed(RichText(text))
    if not rich.text:
        raise PageError("There is nothing to send.", 400)
    _check_reply(world, phone, reply_to)
    for start in range(0, len(rich.text), LONGEST_TEXT):
        part = with_detected(trimmed(RichText(rich.text[start : start + LONGEST_TEXT])))
        content: Json = {"text": part.text}
        if part.entities:
            content["entities"] = list(part.entities)
        send(world, phone, content, reply_to)


def press_button(
    world: World, phone: Phone, message_id: int, data: str, forged: bool = False
) -> str | None:
    """Press a button; gives the id of the press, or None when it never reaches Telegram.

    Refuses a button the phone does not show, unless `forged`: a client may send anything.
    """
    check_not_blocked(phone)
    message = world.message(phone, message_id)
    shown = world.chats[phone.id].get(message_id)
    if not forged and not (shown and _is_shown(shown.shown, data)):
        raise PageError("This button is not on that message.")
    if phone.offline or world.faults.lose_press(phone.id):
        where = "the phone is offline" if phone.offline else "the connection was lost"
        world.journal.note(phone.id, "press lost", message_id=message_id, data=data)
        world.toast(phone, f"Not sent: {where}.", own="noNetwork")
        return None
    if not forged and not (message and holds_data(message.markup, data)):
        raise PageError("This button is gone.")
    press = Press(str(secrets.randbelow(2**63)), phone.id, world.clock.now().timestamp())
    _keep_press(world, press)
    payload = objects.press(world, phone, message, message_id, data)
    number = world.updates.add("callback_query", {"id": press.id, **payload})
    world.journal.note(
        phone.id, "pressed", message_id=message_id, data=data, press_id=press.id,
        update_id=number, forged=forged,
    )  # fmt: skip
    return press.id


def share_contact(
    world: World, phone: Phone, phone_number: str | None = None, user_id: int | None = None
) -> None:
    """Share the phone's own contact, or somebody else's when a number is given."""
    contact: Json = {"first_name": phone.name, "phone_number": phone.phone_number.lstrip("+")}
    if phone_number is None:
        contact["user_id"] = phone.id
    else:
        contact = {"first_name": "Somebody else", "phone_number": phone_number.lstrip("+")}
        if user_id is not None:
            contact["user_id"] = user_id
    send(world, phone, {"contact": contact})


def send_file(world: World, phone: Phone, upload: Upload, caption: str = "") -> None:
    """Send a file: pictures as a photo, sounds as a voice message, the rest as a document."""
    try:
        if upload.mime_type in PHOTO_TYPES:
            stored = world.files.keep_photo(upload)
        else:
            stored = world.files.keep_document(upload)
    except ApiError as error:
        raise PageError(f"This file cannot be sent ({error.problem}).", 400) from error
    content = sent_by_phone(stored)
    rich = with_detected(trimmed(RichText(caption[:LONGEST_CAPTION])))
    if rich.text:
        content["caption"] = rich.text
    if rich.entities:
        content["caption_entities"] = list(rich.entities)
    send(world, phone, content)


def set_offline(world: World, phone: Phone, offline: bool) -> None:
    """Take the phone off the network, or bring it back: it draws what it missed and sends."""
    if phone.offline == offline:
        return
    phone.offline = offline
    world.journal.note(phone.id, "offline" if offline else "online")
    if not offline:
        world.catch_up(phone)
        send_due(world, phone)
    world.phone_changed(phone)


def set_blocked(world: World, phone: Phone, blocked: bool) -> None:
    """Block or unblock the bot; the bot is told if it knows this person."""
    if phone.offline:
        raise PageError("The phone is offline; bring it back first.")
    if phone.blocked == blocked:
        return
    phone.blocked = blocked
    world.journal.note(phone.id, "blocked" if blocked else "unblocked")
    if phone.started:
        world.updates.add("my_chat_member", objects.membership(world, phone, blocked))
    world.phone_changed(phone)


def set_language(world: World, phone: Phone, language: str) -> None:
    """Change the language of the app, which later updates and the command list follow."""
    if language not in LANGUAGES:
        raise PageError(f"The sandbox has no language {language}.", 400)
    phone.language = language
    commands = world.profile.commands_shown_to(phone.id, language)
    world.events.publish("commands", phone=phone.id, commands=commands)
    world.phone_changed(phone)


def _keep_press(world: World, press: Press) -> None:
    for old in [p for p in world.presses.values() if press.at - p.at > PRESS_KEPT_SECONDS]:
        del world.presses[old.id]
        world.store.remove("press", old.id)
    world.presses[press.id] = press
    world.store.put("press", press.id, press.to_json())


def _is_shown(shown: Json | None, data: str) -> bool:
    rows = shown["rows"] if shown else []
    return any(button.get("data") == data for row in rows for button in row)


def _check_reply(world: World, phone: Phone, reply_to: int | None) -> None:
    if reply_to is not None and world.message(phone, reply_to) is None:
        raise PageError("The message you reply to is gone.")
