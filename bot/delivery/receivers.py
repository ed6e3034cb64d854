"""Who is behind a queued item: which chat, in which language and zone; or why nobody is."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from sqlalchemy import or_, select

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Reader
from bot.models.chats import Chat
from bot.models.people import Person

Receiver: TypeAlias = tuple[int | None, int | None]
"""A person, or an account without one, as an item names them."""
NOT_LINKED = Drop("not linked to a chat")


def of(ctx: Ctx, wanted: Collection[Receiver]) -> dict[Receiver, Reader | Drop]:
    """The reader behind each, or why there is none; all found at once."""
    people = [person_id for person_id, _account in wanted if person_id is not None]
    accounts = [account for person_id, account in wanted if person_id is None]
    rows = ctx.session.execute(
        select(Chat, Person)
        .outerjoin(Person, Person.id == Chat.person_id)
        .where(or_(Chat.person_id.in_(people), Chat.user_id.in_(accounts)))
    ).all()
    by_person = {person.id: (chat, person) for chat, person in rows if person is not None}
    by_account = {chat.user_id: chat for chat, _person in rows}
    found: dict[Receiver, Reader | Drop] = {}
    for person_id, account in wanted:
        if person_id is not None:
            found[person_id, account] = _of_person(ctx, *by_person.get(person_id, (None, None)))
        else:
            chat = by_account.get(account) if account is not None else None
            found[person_id, account] = _of_account(ctx, account, chat)
    return found


def _of_person(ctx: Ctx, chat: Chat | None, person: Person | None) -> Reader | Drop:
    if chat is None or person is None:
        return NOT_LINKED
    if not person.active:
        return Drop("has left")
    language, zone = chat.language or person.language, person.timezone
    return _reader(ctx, chat, person.id, language, zone)


def _of_account(ctx: Ctx, account: int | None, chat: Chat | None) -> Reader | Drop:
    if account is not None and account == ctx.settings.alert_chat:
        return Reader(account, None, ctx.settings.language, ctx.settings.timezone, ctx.now())
    return NOT_LINKED if chat is None else _reader(ctx, chat, None, chat.language, "")


def _reader(
    ctx: Ctx, chat: Chat, person_id: int | None, language: str, zone: str
) -> Reader | Drop:
    if chat.blocked_at is not None:
        return Drop("blocked the bot")
    return Reader(
        chat.user_id,
        person_id,
        language or ctx.settings.language,
        zone or ctx.settings.timezone,
        ctx.now(),
    )
