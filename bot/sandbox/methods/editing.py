"""Changing and removing messages that are there."""

from __future__ import annotations

from bot.sandbox import objects
from bot.sandbox.errors import NOT_MODIFIED, bad_request
from bot.sandbox.keyboards import checked_markup, is_inline
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import BOT, Json, Message, Phone
from bot.sandbox.rich_text import RichText
from bot.sandbox.text_rules import caption_text, message_text
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 3600


@serves("editMessageText")
def edit_message_text(world: World, params: Params) -> Json:
    phone, message = _editable(world, params)
    rich = message_text(params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    content = _with_words(message.content, rich, "text", "entities")
    return _change(world, phone, message, content, params)


@serves("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> Json:
    phone, message = _editable(world, params)
    rich = caption_text(params)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    content = _with_words(message.content, rich, "caption", "caption_entities")
    return _change(world, phone, message, content, params)


@serves("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Json:
    phone, message = _editable(world, params)
    return _change(world, phone, message, message.content, params)


@serves("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    phone = world.recipient(params["chat_id"])
    message = world.message(phone, params["message_id"])
    if message is None:
        raise bad_request("message to delete not found", f"no message {params['message_id']}")
    if world.timestamp() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone", "it is over 48 hours old")
    message.deleted = True
    world.message_changed(phone, message)
    return True


def _editable(world: World, params: Params) -> tuple[Phone, Message]:
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request("message identifier is not specified", "give chat_id and message_id")
    phone = world.recipient(params["chat_id"])
    message = world.message(phone, params["message_id"])
    if message is None:
        raise bad_request("message to edit not found", f"no message {params['message_id']}")
    if message.sender != BOT:
        raise bad_request("message can't be edited", "the person wrote it, not the bot")
    if message.markup is not None and not is_inline(message.markup):
        raise bad_request("message can't be edited", "it was sent with a reply keyboard")
    return phone, message


def _with_words(content: Json, rich: RichText, text_key: str, entities_key: str) -> Json:
    words = {text_key: rich.text, entities_key: list(rich.entities)}
    kept = {k: v for k, v in content.items() if k not in words}
    return kept | {key: value for key, value in words.items() if value}


def _change(world: World, phone: Phone, message: Message, content: Json, params: Params) -> Json:
    markup = checked_markup(params.get("reply_markup"))
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup = content, markup
    message.edit_date = world.timestamp()
    world.message_changed(phone, message)
    return objects.message(world, message)
