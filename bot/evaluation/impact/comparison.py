"""Who won a place by lot beside who did not, whoever came in the end (intention to treat).

Chance alone decided, so that a difference beyond chance is due to having won. Source: F §3.4.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact import change, differences, indicators, outcomes, reach
from bot.evaluation.impact.differences import Difference
from bot.evaluation.impact.outcomes import Outcome
from bot.i18n import Texts, _
from bot.models.impact import Lottery, LotteryEntry
from bot.models.training import Enrolment, TrainingClass
from bot.training import catalogue
from bot.training.membership import TRAINEE_STATES


@dataclass(frozen=True, slots=True)
class Compared:
    """One outcome in both groups; `difference` is that of the winners above the others, better
    where positive, and None where either group is smaller than may be shown.
    """

    outcome: Outcome
    winners: int
    others: int
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draw and what became of the two groups; `came_later` of those who did not win had a place
    in a class of the course in the end.
    """

    class_id: int
    code: str
    course: Texts
    drawn_at: dt.datetime
    seed: str
    winners: int
    others: int
    came_later: int
    fewest: int
    compared: tuple[Compared, ...]


def of_class(ctx: Ctx, class_id: int) -> Comparison:
    """The two groups of a draw compared; refuses classes out of reach and those without a draw."""
    held = reach.require_class(ctx, class_id)
    lottery = ctx.session.scalars(select(Lottery).where(Lottery.class_id == class_id)).first()
    if lottery is None:
        raise Refusal(_("No lots were drawn for this class, so there is nothing to compare."))
    entries = ctx.session.execute(
        select(LotteryEntry.person_id, LotteryEntry.won).where(
            LotteryEntry.lottery_id == lottery.id
        )
    ).all()
    winners, others = ([who for who, won in entries if won is side] for side in (True, False))
    fewest = policy.value(ctx.session, "smallest_group")
    known = _known(ctx, held, [*winners, *others], lottery.drawn_at)
    return Comparison(
        class_id=class_id,
        code=held.code,
        course=catalogue.card(ctx, class_id).title,
        drawn_at=lottery.drawn_at,
        seed=lottery.seed,
        winners=len(winners),
        others=len(others),
        came_later=_came(ctx, held, others),
        fewest=fewest,
        compared=tuple(_compared(one, winners, others, fewest) for one in known),
    )


def _known(
    ctx: Ctx, held: TrainingClass, people: Sequence[int], since: dt.datetime
) -> list[Outcome]:
    used = [one for one in indicators.of_course(ctx, held.course_id) if one.active]
    months = change.periods_of(ctx, held).after
    return outcomes.of_people(ctx, people, held.course_id, since, used, months)


def _compared(
    outcome: Outcome, winners: Sequence[int], others: Sequence[int], fewest: int
) -> Compared:
    won, lost = (
        [outcome.values[who] for who in group if who in outcome.values]
        for group in (winners, others)
    )
    enough = min(len(won), len(lost)) >= fewest
    found = differences.between(lost, won).counted(outcome.sign) if enough else None
    return Compared(outcome, len(won), len(lost), found)


def _came(ctx: Ctx, held: TrainingClass, people: Sequence[int]) -> int:
    same = select(TrainingClass.id).where(TrainingClass.course_id == held.course_id)
    count = select(func.count(func.distinct(Enrolment.person_id))).where(
        Enrolment.person_id.in_(people),
        Enrolment.class_id.in_(same),
        Enrolment.state.in_(TRAINEE_STATES),
    )
    return int(ctx.session.execute(count).scalar_one())
