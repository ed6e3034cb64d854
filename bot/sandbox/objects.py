"""Users, chats, messages and updates as the Bot API writes them."""

from __future__ import annotations

from bot.sandbox.keyboards import is_inline
from bot.sandbox.records import BOT, Json, Message, Phone
from bot.sandbox.world import World


def user(phone: Phone) -> Json:
    return {
        "id": phone.id,
        "is_bot": False,
        "first_name": phone.name,
        "language_code": phone.language,
    }


def chat(phone: Phone) -> Json:
    return {"id": phone.id, "type": "private", "first_name": phone.name}


def message(world: World, one: Message, nested: bool = False) -> Json:
    """A Message; a nested one (replied to) does not carry what it replies to itself."""
    phone = world.phones[one.chat_id]
    body: Json = {
        "message_id": one.id,
        "from": world.profile.user() if one.sender == BOT else user(phone),
        "chat": chat(phone),
        "date": one.date,
        **one.content,
    }
    if one.edit_date is not None:
        body["edit_date"] = one.edit_date
    if one.protected:
        body["has_protected_content"] = True
    if is_inline(one.markup):
        body["reply_markup"] = one.markup
    replied = None if nested or one.reply_to is None else world.message(phone, one.reply_to)
    if replied is not None:
        body["reply_to_message"] = message(world, replied, nested=True)
    return body


def press(world: World, phone: Phone, one: Message | None, message_id: int, data: str) -> Json:
    """A CallbackQuery without its id; a message that is gone is an inaccessible one."""
    gone = {"chat": chat(phone), "message_id": message_id, "date": 0}
    return {
        "from": user(phone),
        "message": gone if one is None else message(world, one),
        "chat_instance": phone.chat_instance,
        "data": data,
    }


def membership(world: World, phone: Phone, blocked: bool) -> Json:
    """A ChatMemberUpdated: the person has blocked or unblocked the bot."""
    member = {"status": "member", "user": world.profile.user()}
    kicked = {"status": "kicked", "user": world.profile.user(), "until_date": 0}
    return {
        "chat": chat(phone),
        "from": user(phone),
        "date": world.timestamp(),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
