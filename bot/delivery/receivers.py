"""Who is behind a queued item: which chat, in which language and zone; or why nobody is."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from sqlalchemy import Row, bindparam, or_, select

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Reader
from bot.models.chats import Chat
from bot.models.people import Person

Receiver: TypeAlias = tuple[int | None, int | None]
"""A person, or an account without one, as an item names them."""
NOT_LINKED = Drop("not linked to a chat")
_BEHIND = (
    select(
        Chat.user_id,
        Chat.person_id,
        Chat.blocked_at,
        Chat.language.label("chosen"),
        Person.active,
        Person.language,
        Person.timezone,
    )
    .outerjoin(Person, Person.id == Chat.person_id)
    .where(
        or_(
            Chat.person_id.in_(bindparam("people", expanding=True)),
            Chat.user_id.in_(bindparam("accounts", expanding=True)),
        )
    )
)


def of(ctx: Ctx, wanted: Collection[Receiver]) -> dict[Receiver, Reader | Drop]:
    """The reader behind each, or why there is none; all found at once."""
    people = [person_id for person_id, _account in wanted if person_id is not None]
    accounts = [account for person_id, account in wanted if person_id is None]
    rows = ctx.session.execute(_BEHIND, {"people": people, "accounts": accounts}).all()
    by_person = {row.person_id: row for row in rows if row.active is not None}
    by_account = {row.user_id: row for row in rows}
    found: dict[Receiver, Reader | Drop] = {}
    for person_id, account in wanted:
        if person_id is not None:
            found[person_id, account] = _of_person(ctx, by_person.get(person_id))
        else:
            chat = by_account.get(account) if account is not None else None
            found[person_id, account] = _of_account(ctx, account, chat)
    return found


def _of_person(ctx: Ctx, chat: Row[Any] | None) -> Reader | Drop:
    if chat is None:
        return NOT_LINKED
    if not chat.active:
        return Drop("has left")
    return _reader(ctx, chat, chat.person_id, chat.chosen or chat.language, chat.timezone)


def _of_account(ctx: Ctx, account: int | None, chat: Row[Any] | None) -> Reader | Drop:
    if account is not None and account == ctx.settings.alert_chat:
        return Reader(account, None, ctx.settings.language, ctx.settings.timezone, ctx.now())
    return NOT_LINKED if chat is None else _reader(ctx, chat, None, chat.chosen, "")


def _reader(
    ctx: Ctx, chat: Row[Any], person_id: int | None, language: str, zone: str
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
