"""People are told what they have earned or renewed, with its last day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import policy
from bot.calendar import local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.qualifications import Qualification
from bot.training.qualifications import absence, stages
from bot.training.qualifications.listeners import Earned, on_earned
from bot.training.qualifications.validity import TOLD_LAPSED

MERGED = "qualifications"
QUALIFICATION_EARNED = outbox.declare(
    NoticeKind("qualification_earned", Urgency.ORDINARY, merge=MERGED)
)
QUALIFICATION_ENDS = outbox.declare(
    NoticeKind("qualification_ends", Urgency.ORDINARY, merge=MERGED)
)
QUALIFICATION_LAPSED = outbox.declare(
    NoticeKind("qualification_lapsed", Urgency.ORDINARY, merge=MERGED)
)


@on_earned("telling")
def tell_earned(ctx: Ctx, earned: Sequence[Earned]) -> None:
    """Tell of what was earned on a date that counts and holds today.

    What somebody earns while away is frozen like the rest.
    """
    absence.follow(ctx, {one.person_id for one in earned})
    first = policy.go_live(ctx.session)
    fresh = [one for one in earned if not one.again and one.earned_on >= first]
    told = [
        Notice(row.person_id, {"qualification": row.id}, f"qualification:{row.id}:earned")
        for row in _in_force(ctx, fresh)
    ]
    outbox.tell_all(ctx, QUALIFICATION_EARNED, told)


def _in_force(ctx: Ctx, earned: Sequence[Earned]) -> list[Qualification]:
    """The rows of these that have not lapsed, of people who serve; what this news tells is set."""
    rows = ctx.session.execute(
        select(Qualification, Person.timezone)
        .join(Person, Person.id == Qualification.person_id)
        .where(
            Qualification.id.in_([one.qualification_id for one in earned]),
            Person.active,
            ~Person.guest,
        )
        .order_by(Qualification.id)
    )
    days = policy.value(ctx.session, "qualification_days")
    return_days = policy.value(ctx.session, "return_days")
    found = []
    for row, zone in rows:
        today = local_date(ctx.now(), zone or ctx.settings.timezone)
        if stages.reached(row, days, today, return_days) == TOLD_LAPSED:
            continue
        stage = stages.told_by_news(row.expires_on, days, today) if row.expires_on else None
        if stages.is_new(stage, row.told_stage):
            row.told_stage = stage
        found.append(row)
    return found
