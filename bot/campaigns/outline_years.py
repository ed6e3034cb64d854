"""Outlines in force whose year is over: the training unit is told in the morning of the day."""

from __future__ import annotations

import datetime as dt

from bot import policy
from bot.calendar import DAY, instant, local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.people import Person, Role
from bot.models.planning import CourseOutline
from bot.people import access
from bot.planning.outlines import yearly
from bot.planning.outlines.telling import LOOK_AGAIN

WALL = dt.time(9)


def remind(ctx: Ctx) -> None:
    """Queue what is due and not yet written; nothing of days before the start."""
    today = local_date(ctx.now(), ctx.settings.timezone)
    if ctx.now() < _morning(ctx, today):
        today -= DAY
    begun = policy.go_live(ctx.session)
    notices = [
        _notice(row, person_id)
        for row in yearly.due(ctx, today)
        if row.review_on is not None and row.review_on >= begun
        for person_id in _told(ctx, row)
    ]
    if notices:
        outbox.tell_all(ctx, LOOK_AGAIN, notices)


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next morning on which an outline is to be looked at again."""
    days = (row.review_on for row in yearly.due(ctx, dt.date.max))
    moments = (_morning(ctx, day) for day in days if day is not None)
    return min((at for at in moments if at > after), default=None)


def _morning(ctx: Ctx, day: dt.date) -> dt.datetime:
    return instant(day, WALL, ctx.settings.timezone)


def _told(ctx: Ctx, row: CourseOutline) -> list[int]:
    """The members of the unit for the part of whoever made it."""
    maker = ctx.session.get(Person, row.made_by) if row.made_by is not None else None
    return access.people_with(ctx.session, Role.UNIT, maker.unit_id if maker else None)


def _notice(row: CourseOutline, person_id: int) -> Notice:
    assert row.review_on is not None
    params = {"outline": row.id, "day": row.review_on.isoformat()}
    return Notice(person_id, params, f"{person_id}:outline:{row.id}:{row.review_on.isoformat()}")
