"""When a rule about a class falls due: which classes are still to come, and the days before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from bot import policy
from bot.campaigns.rules import Anchor, ClassRule
from bot.context import Ctx
from bot.evaluation.windows import day_after
from bot.models.training import TrainingClass
from bot.training.schedule import latest_local_date, start_of

FARTHEST_WEST = dt.timedelta(hours=12)


def coming(
    ctx: Ctx, at: dt.datetime | None = None, *which: ColumnElement[bool]
) -> list[TrainingClass]:
    """The classes that are to be held and have not begun at `at`, the first to begin first.

    None that begins before the date from which anything is told; `which` narrows them further.
    """
    at = at or ctx.now()
    first = max(policy.go_live(ctx.session), (at - FARTHEST_WEST).date())
    rows = ctx.session.scalars(
        select(TrainingClass)
        .where(
            TrainingClass.starts_on >= first,
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.closed_at.is_(None),
            *which,
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id)
    )
    return [held for held in rows if at < begins(ctx, held)]


def near(ctx: Ctx, rule: ClassRule) -> list[TrainingClass]:
    """The classes that are to come and of which a rule may have something due by now."""
    earliest = dt.timedelta(days=max(days_of(ctx, rule), default=0))
    ends = rule.relative_to is Anchor.ENROLMENT_ENDS
    column = TrainingClass.enrol_by if ends else TrainingClass.starts_on
    return coming(ctx, None, column <= latest_local_date(ctx.now()) + earliest)


def begins(ctx: Ctx, held: TrainingClass) -> dt.datetime:
    """When the first session begins, of a class that has dates."""
    starts_at = start_of(held, ctx.settings.timezone)
    assert starts_at is not None, "a class without dates does not begin"
    return starts_at


def anchor(rule: ClassRule, held: TrainingClass) -> dt.date | None:
    """The date that a rule's days are counted from; None where the class has none."""
    return held.enrol_by if rule.relative_to is Anchor.ENROLMENT_ENDS else held.starts_on


def days_of(ctx: Ctx, rule: ClassRule) -> Sequence[int]:
    """How many days before its anchor a rule tells."""
    found: Sequence[int] = policy.value(ctx.session, rule.days) if rule.days else (0,)
    return found


def falls(
    rule: ClassRule, occasion: dt.date, days: Sequence[int], zone: str
) -> list[tuple[dt.datetime, int]]:
    """The instants at which a rule tells somebody in `zone`, each with its day."""
    return sorted((day_after(occasion, -day, rule.wall, zone), day) for day in days)


def latest_due(
    rule: ClassRule, occasion: dt.date, days: Sequence[int], zone: str, now: dt.datetime
) -> tuple[dt.datetime, int] | None:
    """The last of them that is due at `now`: after an outage one is enough."""
    return max(
        (fall for fall in falls(rule, occasion, days, zone) if fall[0] <= now), default=None
    )
