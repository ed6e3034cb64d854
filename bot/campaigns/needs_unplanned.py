"""The training unit is told when the next survey of needs should open and nobody has planned it.

Only an administration that keeps competencies or has collected needs before is told.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select

from bot import policy
from bot.calendar import DAY, instant
from bot.campaigns import local_days
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.needs import Competency, Need, NeedsRound
from bot.needs import rounds, runners, years

WALL = dt.time(9)
AHEAD = 14
"""So many days before the survey should open its runners are told."""
NEEDS_UNPLANNED = outbox.declare(
    NoticeKind("needs_unplanned", Urgency.ORDINARY, useful_for=dt.timedelta(days=14))
)


def remind(ctx: Ctx) -> None:
    """Tell them once a plan year, from `AHEAD` days before its survey should open."""
    today = local_days.day_in(ctx, ctx.settings.timezone, WALL)
    first = _next_plan_year(ctx, today)
    if today < _told_on(ctx, first) or not _is_wanted(ctx, first):
        return
    notices = [
        Notice(one, {"plan_year": first.isoformat()}, f"needs_unplanned:{first}:{one}")
        for one in runners.of(ctx.session)
    ]
    outbox.tell_all(ctx, NEEDS_UNPLANNED, notices)


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which they are told, if nobody plans it before."""
    first = _next_plan_year(ctx, after.date() - DAY)
    moments = (
        instant(_told_on(ctx, one), WALL, ctx.settings.timezone)
        for one in (first, years.following(first))
        if _is_wanted(ctx, one)
    )
    return min((at for at in moments if at > after), default=None)


def _next_plan_year(ctx: Ctx, day: dt.date) -> dt.date:
    return years.following(years.plan_year(ctx, day))


def _told_on(ctx: Ctx, first: dt.date) -> dt.date:
    weeks: int = policy.value(ctx.session, "needs_weeks")
    return first - weeks * rounds.WEEK - AHEAD * DAY


def _is_wanted(ctx: Ctx, first: dt.date) -> bool:
    """Whether needs are collected here at all, and nobody has planned it for this year."""
    if _told_on(ctx, first) < policy.go_live(ctx.session):
        return False
    used = select(*(exists().where(one.id.is_not(None)) for one in (Competency, Need, NeedsRound)))
    return rounds.of_plan_year(ctx.session, first) is None and any(ctx.session.execute(used).one())
