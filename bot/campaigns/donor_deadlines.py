"""The training unit is reminded of partners' surveys before their deadline, and on the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from bot import policy
from bot.calendar import DAY, instant
from bot.campaigns import local_days
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.needs import DonorSurvey, SurveyState
from bot.needs import donor_surveys, runners

WALL = dt.time(9)
DONOR_DUE = outbox.declare(
    NoticeKind("donor_due", Urgency.ORDINARY, useful_for=dt.timedelta(days=2))
)


def remind(ctx: Ctx) -> None:
    """Tell who runs the survey of needs what is due and was not told; the latest only."""
    days = policy.value(ctx.session, "donor_days")
    today = local_days.day_in(ctx, ctx.settings.timezone, WALL)
    for row in _open_ones(ctx):
        reached = donor_surveys.stage(days, row.due_on, today)
        is_new = reached is not None and (row.told_days is None or reached < row.told_days)
        if not is_new or row.due_on < today:
            continue
        row.told_days = reached
        notices = [
            Notice(one, {"survey": row.id}, f"donor_due:{row.id}:{reached}:{one}")
            for one in runners.of(ctx.session)
        ]
        outbox.tell_all(ctx, DONOR_DUE, notices)
    ctx.session.flush()


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which a deadline comes so near."""
    days = (*policy.value(ctx.session, "donor_days"), donor_surveys.LAST_DAY)
    moments = (
        instant(row.due_on - day * DAY, WALL, ctx.settings.timezone)
        for row in _open_ones(ctx)
        for day in days
    )
    return min((at for at in moments if at > after), default=None)


def _open_ones(ctx: Ctx) -> Sequence[DonorSurvey]:
    return ctx.session.scalars(
        select(DonorSurvey)
        .where(
            DonorSurvey.state != SurveyState.ANSWERED,
            DonorSurvey.due_on >= policy.go_live(ctx.session),
        )
        .order_by(DonorSurvey.id)
    ).all()
