"""Forms whose time is up are handed in as they stand, also where nobody comes back to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import func, select

from bot import audit
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.forms import service
from bot.models.chats import Chat
from bot.models.delivery import Urgency
from bot.models.forms import Draft
from bot.models.people import Person
from bot.people import directory

GRACE = dt.timedelta(minutes=10)
"""So long words are waited for that were sent in time and are still on their way."""
MOST_AT_ONCE = 20
"""A whole class is handed in at the same minute: each needs marks, and others wait meanwhile."""
TIME_UP = outbox.declare(NoticeKind("time_up", Urgency.ORDINARY, useful_for=dt.timedelta(days=7)))


def hand_in_due(ctx: Ctx) -> None:
    """Hand in every draft whose end is past, and tell who was answering; idempotent."""
    over = (
        select(Draft.id, Draft.user_id)
        .where(Draft.ends_at <= ctx.now() - GRACE)
        .order_by(Draft.ends_at)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for draft_id, user_id in ctx.session.execute(over).all():
        _hand_in(ctx, draft_id, user_id)


def next_end(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which a draft is handed in."""
    ends = ctx.session.execute(
        select(func.min(Draft.ends_at)).where(Draft.ends_at > after - GRACE)
    ).scalar()
    return ends + GRACE if ends is not None else None


def _hand_in(ctx: Ctx, draft_id: int, user_id: int) -> None:
    """As the person themself would; what its service refuses, such as answers to what has been
    closed meanwhile, is thrown away.
    """
    chat = ctx.session.get_one(Chat, user_id)
    person = ctx.session.get(Person, chat.person_id) if chat.person_id is not None else None
    acting = replace(ctx, actor=_actor(ctx, chat, person))
    draft = service.load(acting, draft_id)
    if draft is None or person is None or person.id is None:
        service.discard(acting, draft_id)
        return
    try:
        with ctx.session.begin_nested():
            service.submit(acting, draft)
    except Refusal:
        audit.record(acting, "form.lapsed", "draft", draft_id)
        service.discard(acting, draft_id)
        return
    key = f"time_up:{person.id}:{draft_id}"
    params = {"version": draft.version_id, "assignment": draft.assignment_id}
    outbox.tell(ctx, TIME_UP, person.id, params, key=key)


def _actor(ctx: Ctx, chat: Chat, person: Person | None) -> Actor:
    return Actor(
        chat.person_id,
        chat.user_id,
        directory.language_of(person, chat, ctx.settings),
        directory.zone_of(person, ctx.settings),
    )
