"""What would fall if the budget were smaller: reckoned and shown, never done.

The lowest priority falls first, required training last; once enough has fallen, what still fits
beside the rest stays after all, the highest priority first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Words, _
from bot.models.needs import NeedsRound
from bot.models.planning import AnnualPlan, Goal, PlanLine
from bot.needs import priority
from bot.people import access
from bot.people.access_table import Action
from bot.planning import reading

POINTS_OF_A_WEIGHT = 20
"""What a weight of the goal counts where nothing is known of the topic: 5 is 100 points."""
WHOLE = 100
NO_SHARE = _("Give a whole number from {low} to {high}.", low=1, high=WHOLE - 1)


@dataclass(frozen=True, slots=True)
class Priced:
    """A line with what it costs and how much it matters, 0 to 100."""

    id: int
    code: str
    title: Words
    cost: float
    points: float
    required: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """What falls, in this order; `total` is what is left to pay, `most` what may be paid.

    `enough` is False where everything fell and it is still too much, which nothing can be.
    """

    percent: int
    before: float
    most: float
    total: float
    falls: tuple[Priced, ...]

    @property
    def required_falls(self) -> int:
        return sum(one.required for one in self.falls)


def what_if(ctx: Ctx, plan_id: int, percent: int) -> Cut:
    """What falls if the budget is smaller by so many percent; without a budget, what the plan
    costs is cut.

    Refuses who may not edit plans, a percentage beyond 1 to 99, and a plan without costs.
    """
    access.require(ctx, Action.EDIT_PLAN)
    plan = reading.require(ctx, plan_id)
    if not 1 <= percent < WHOLE:
        raise Refusal(NO_SHARE)
    found = priced(ctx, plan)
    total = _hundredths(sum(one.cost for one in found))
    if not total:
        raise Refusal(_("No line of the plan has a cost yet, so that nothing can be cut."))
    base = total if plan.budget is None else plan.budget
    return cut(found, percent, _hundredths(base * (WHOLE - percent) / WHOLE))


def cut(found: Sequence[Priced], percent: int, most: float) -> Cut:
    """Let lines fall until the rest costs no more than `most`: pure."""
    before = total = _hundredths(sum(one.cost for one in found))
    falling: list[Priced] = []
    for one in sorted((one for one in found if one.cost), key=_first_to_fall):
        if total <= most:
            break
        falling.append(one)
        total = _hundredths(total - one.cost)
    for one in reversed(falling[:]):
        if _hundredths(total + one.cost) <= most:
            falling.remove(one)
            total = _hundredths(total + one.cost)
    return Cut(percent, before, most, total, tuple(falling))


def priced(ctx: Ctx, plan: AnnualPlan) -> list[Priced]:
    """The lines that were not dropped, with costs and priorities."""
    points = _points(ctx, plan)
    return [
        Priced(
            id=line.id,
            code=line.code,
            title=line.title,
            cost=line.cost or 0.0,
            points=points.get(line.id, 0.0),
            required=line.required,
        )
        for line in reading.held(reading.lines(ctx.session, plan.id))
    ]


def _hundredths(amount: float) -> float:
    """Sums of money are exact to a hundredth; what is beyond is the computer's, not the plan's."""
    return round(amount, 2)


def _first_to_fall(one: Priced) -> tuple[bool, float, float, str]:
    """Of two that matter alike the dearer falls, so that fewer have to."""
    return one.required, one.points, -one.cost, one.code


def _points(ctx: Ctx, plan: AnnualPlan) -> Mapping[int, float]:
    """The priority of each line's topic, else of its goal, by id of the line."""
    by_topic = _of_topics(ctx, plan)
    rows = ctx.session.execute(
        select(PlanLine.id, PlanLine.topic_id, Goal.weight)
        .outerjoin(Goal, Goal.id == PlanLine.goal_id)
        .where(PlanLine.plan_id == plan.id)
    )
    return {
        line_id: by_topic.get(topic_id, (weight or 0) * POINTS_OF_A_WEIGHT)
        for line_id, topic_id, weight in rows
    }


def _of_topics(ctx: Ctx, plan: AnnualPlan) -> dict[int | None, float]:
    query = select(NeedsRound.id).where(NeedsRound.plan_year == plan.plan_year)
    round_id = ctx.session.scalars(query).first()
    if round_id is None:
        return {}
    return {one.topic.id: one.points for one in priority.ranking(ctx, round_id)}
