"""Reminders to pass on what was learned: a week before the last day, and the day after it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.calendar import DAY, instant
from bot.campaigns.rules import MORNING
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.on_the_job import CascadeDuty
from bot.models.people import Person

OFFSETS = (-7, 1)
"""Days from the last day on which whoever has not reported is reminded."""
TOO_LATE = dt.timedelta(days=3)

CASCADE_NUDGE = outbox.declare(
    NoticeKind("cascade_nudge", Urgency.ORDINARY, dt.timedelta(days=7), merge="cascade")
)


def remind(ctx: Ctx) -> None:
    """Queue what is due and not yet written; of two that have passed only the last."""
    notices: list[Notice] = []
    for duty, zone in _open(ctx, ctx.now().date()):
        passed = [(day, at) for day, at in _moments(duty, zone) if at <= ctx.now()]
        if passed and passed[-1][1] > ctx.now() - TOO_LATE:
            day, at = passed[-1]
            key = f"cascade:{duty.id}:{day}:{duty.due_on}"
            notices.append(Notice(duty.person_id, {"duty": duty.id}, key, due_at=at))
    if notices:
        outbox.tell_all(ctx, CASCADE_NUDGE, notices)


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which a reminder falls due."""
    moments = (at for duty, zone in _open(ctx, dt.date.max) for _day, at in _moments(duty, zone))
    return min((at for at in moments if at > after), default=None)


def _moments(duty: CascadeDuty, zone: str) -> list[tuple[int, dt.datetime]]:
    return [(day, instant(duty.due_on + day * DAY, MORNING, zone)) for day in OFFSETS]


def _open(ctx: Ctx, today: dt.date) -> list[tuple[CascadeDuty, str]]:
    """Duties that nobody has reported, due by about this day, with their officers' zones."""
    until = today + 9 * DAY if today < dt.date.max else today
    rows = ctx.session.execute(
        select(CascadeDuty, Person.timezone)
        .join(Person, Person.id == CascadeDuty.person_id)
        .where(
            CascadeDuty.reported_at.is_(None),
            CascadeDuty.due_on <= until,
            CascadeDuty.due_on >= ctx.now().date() - 7 * DAY,
            Person.active,
        )
    )
    return [(duty, zone or ctx.settings.timezone) for duty, zone in rows]
