"""Which account speaks for which person: given, moved to another account, taken away, given back.

One account is one person. Who may have an account is decided in `linking`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, select, update

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.chats import Chat
from bot.models.delivery import Urgency
from bot.models.forms import Draft
from bot.models.people import Person, Role
from bot.models.system import AuditEntry
from bot.people import access, locks

LINKED_ELSEWHERE = outbox.declare(NoticeKind("linked_elsewhere", Urgency.NOW))
RELINKED = outbox.declare(NoticeKind("relinked", Urgency.ORDINARY, dt.timedelta(days=14)))
LEFT, MOVED, BY_HAND = "left", "linked elsewhere", "by hand"


def of_person(ctx: Ctx, person_id: int) -> Chat | None:
    """The account that speaks for a person."""
    return ctx.session.scalars(select(Chat).where(Chat.person_id == person_id)).first()


def give(ctx: Ctx, chat: Chat, person: Person, way: str) -> None:
    """Make `chat` the one account of `person`.

    An account the person had loses access at once and is told, and so is the unit; its
    language, its accepted notice and its drafts come along. Drafts that somebody else
    left in `chat` are deleted: they are no business of the newcomer.
    """
    ctx.session.execute(delete(Draft).where(Draft.user_id == chat.user_id))
    old = of_person(ctx, person.id)
    chat.privacy_version = 0
    if old is not None:
        _move(ctx, old, chat, person)
    if not chat.language and not person.language:
        chat.language = ctx.language
    chat.person_id, chat.linked_at = person.id, ctx.now()
    chat.draft_id, chat.menu_made_for = None, ""
    locks.clear(chat)
    ctx.session.flush()
    audit.record(ctx, "link.made", "person", person.id, way=way, user_id=chat.user_id)


def take(ctx: Ctx, person_ids: Sequence[int], reason: str = LEFT) -> int:
    """Take these people's accounts away; how many there were. Idempotent."""
    rows = ctx.session.scalars(select(Chat).where(Chat.person_id.in_(person_ids))).all()
    for chat in rows:
        _end(ctx, chat, reason)
    return len(rows)


def give_back(ctx: Ctx, person_ids: Sequence[int]) -> int:
    """Give back the accounts that were taken from leavers; how many could be.

    An account that speaks for somebody else by now, or a person who has another, is left alone.
    """
    restored = 0
    for person_id, user_id in _taken_from(ctx, person_ids).items():
        chat = ctx.session.get(Chat, user_id)
        if chat is None or chat.person_id is not None or of_person(ctx, person_id) is not None:
            continue
        chat.person_id, chat.linked_at = person_id, ctx.now()
        ctx.session.flush()
        audit.record(ctx, "link.restored", "person", person_id, user_id=user_id)
        restored += 1
    return restored


def _move(ctx: Ctx, old: Chat, new: Chat, person: Person) -> None:
    new.language = new.language or old.language
    new.privacy_version = old.privacy_version
    ctx.session.execute(
        update(Draft).where(Draft.user_id == old.user_id).values(user_id=new.user_id)
    )
    _end(ctx, old, MOVED)
    at = ctx.now().isoformat()
    outbox.tell_account(ctx, LINKED_ELSEWHERE, old.user_id, {"at": at})
    for member in access.people_with(ctx.session, Role.UNIT, person.unit_id):
        if member != person.id:
            outbox.tell(ctx, RELINKED, member, {"person": person.id, "at": at})


def _end(ctx: Ctx, chat: Chat, reason: str) -> None:
    audit.record(ctx, "link.ended", "person", chat.person_id, reason=reason, user_id=chat.user_id)
    chat.person_id = chat.linked_at = chat.draft_id = None
    chat.asks = chat.menu_made_for = ""
    ctx.session.flush()


def _taken_from(ctx: Ctx, person_ids: Sequence[int]) -> dict[int, int]:
    """The account each of these people lost by leaving, if leaving was what ended their last."""
    ended = ctx.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.action == "link.ended", AuditEntry.object_id.in_(person_ids))
        .order_by(AuditEntry.id)
    )
    last = {entry.object_id: entry for entry in ended}
    return {
        person_id: entry.details["user_id"]
        for person_id, entry in last.items()
        if person_id is not None and entry.reason == LEFT
    }
