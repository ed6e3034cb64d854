"""Sending: texts, photos, documents, and the sign that the bot is writing."""

from __future__ import annotations

from bot.sandbox import objects
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import file_content
from bot.sandbox.keyboards import checked_markup, is_inline, shown_reply_keyboard
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import BOT, Json, Phone, StoredFile
from bot.sandbox.request import Upload
from bot.sandbox.text_rules import caption_text, message_text
from bot.sandbox.world import World

ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice",
        "upload_voice", "upload_document", "choose_sticker", "find_location",
        "record_video_note", "upload_video_note",
    }
)  # fmt: skip


@serves("sendMessage")
def send_message(world: World, params: Params) -> Json:
    phone = world.recipient(params["chat_id"])
    rich = message_text(params)
    content: Json = {"text": rich.text}
    if rich.entities:
        content["entities"] = list(rich.entities)
    return _send(world, phone, params, content)


@serves("sendPhoto")
def send_photo(world: World, params: Params) -> Json:
    phone = world.recipient(params["chat_id"])
    given = params["photo"]
    if isinstance(given, Upload):
        return _send_file(world, phone, params, world.files.keep_photo(given))
    file = _known_file(world, given)
    if not file.is_photo:
        raise bad_request("can't use file of type Document as Photo")
    return _send_file(world, phone, params, file)


@serves("sendDocument")
def send_document(world: World, params: Params) -> Json:
    phone = world.recipient(params["chat_id"])
    given = params["document"]
    if isinstance(given, Upload):
        return _send_file(world, phone, params, world.files.keep_document(given))
    file = _known_file(world, given)
    if file.is_photo:
        raise bad_request("can't use file of type Photo as Document")
    return _send_file(world, phone, params, file)


@serves("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    phone = world.recipient(params["chat_id"])
    if params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request", f"no action {params['action']}")
    if not phone.offline:
        world.events.publish("typing", phone=phone.id)
    return True


def _send_file(world: World, phone: Phone, params: Params, file: StoredFile) -> Json:
    caption = caption_text(params)
    content = file_content(file)
    if caption.text:
        content["caption"] = caption.text
    if caption.entities:
        content["caption_entities"] = list(caption.entities)
    return _send(world, phone, params, content)


def _known_file(world: World, file_id: str) -> StoredFile:
    file = world.files.find(file_id)
    if file is None:
        words = "wrong file identifier/HTTP URL specified"
        raise bad_request(words, "the sandbox knows no such file and fetches none by address")
    return file


def _send(world: World, phone: Phone, params: Params, content: Json) -> Json:
    markup = checked_markup(params.get("reply_markup"))
    reply_to = _replied(world, phone, params.get("reply_parameters") or {})
    protected = bool(params.get("protect_content"))
    message = world.add_message(
        phone, BOT, content, markup=markup, reply_to=reply_to, protected=protected
    )
    if markup is not None and not is_inline(markup):
        _place_keyboard(world, phone, markup)
    return objects.message(world, message)


def _replied(world: World, phone: Phone, reply: Json) -> int | None:
    number = reply.get("message_id")
    if number is None or world.message(phone, number) is not None:
        return number
    if reply.get("allow_sending_without_reply"):
        return None
    raise ApiError(400, "message to be replied not found", problem=f"no message {number}")


def _place_keyboard(world: World, phone: Phone, markup: Json) -> None:
    if "keyboard" in markup:
        phone.keyboard = shown_reply_keyboard(markup)
    elif markup.get("remove_keyboard"):
        phone.keyboard = None
    world.keyboard_changed(phone)
