"""The beginning of a plan: last year's lines taken over, and a line for each decision of needs."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.needs import NeedsRound, Topic, TopicDecision, Way
from bot.models.people import Person
from bot.models.planning import AnnualPlan, Change, Goal, PlanCost, PlanLine
from bot.models.training import Course, Trainer
from bot.needs import priority
from bot.planning import goals, lines, plans

TRAINED = frozenset({Way.IN_HOUSE, Way.PARTNER, Way.DONOR})
USUAL_SEATS = 30
UNRANKED = (sys.maxsize, 0)
"""The place of a topic that nobody wishes and in which nobody falls short: the last."""
COPIED = tuple(
    name
    for name in PlanLine.model_fields
    if name not in ("id", "plan_id", "goal_id", "change", "unscheduled", "dropped_for", "number")
)


def from_last_year(ctx: Ctx, plan_id: int) -> int:
    """Take over the lines of the plan before this one, with their costs; how many.

    What was dropped, discontinued or has a line of the same code already is left out. A goal is
    kept where this year has one of the same code. Refuses a plan without one before it.
    """
    plan = plans.require_editable(ctx, plan_id)
    before = plans.before(ctx.session, plan.plan_year)
    if before is None:
        raise Refusal(_("There is no plan of an earlier year."))
    known = set(ctx.session.scalars(select(PlanLine.code).where(PlanLine.plan_id == plan_id)))
    renamed = _same_goals(ctx, before, plan)
    query = select(PlanLine).where(
        PlanLine.plan_id == before.id,
        PlanLine.dropped_for == "",
        PlanLine.change != Change.DISCONTINUED,
    )
    taken = [
        row
        for row in ctx.session.scalars(query.order_by(PlanLine.number, PlanLine.id))
        if row.code not in known
    ]
    number = _last_number(ctx, plan_id)
    for place, row in enumerate(taken, number + 1):
        _copy(ctx, plan, row, place, renamed)
    plans.touch(ctx, plan)
    audit.record(ctx, "plan.taken_over", "plan", plan_id, lines=len(taken), year=before.id)
    return len(taken)


def from_needs(ctx: Ctx, plan_id: int) -> int:
    """Add a line for each topic that the survey decided to train, the most urgent first; how many.

    A topic that a line names already is left out. Refuses a year without a survey.
    """
    plan = plans.require_editable(ctx, plan_id)
    rounds = select(NeedsRound.id).where(NeedsRound.plan_year == plan.plan_year)
    round_id = ctx.session.scalars(rounds).first()
    if round_id is None:
        raise Refusal(_("There was no survey of needs for this plan year."))
    ranked, serving = _ranked(ctx, round_id), goals.of_topics(ctx, plan.plan_year)
    decided = sorted(
        _decided_to_train(ctx, plan_id, round_id),
        key=lambda row: ranked.get(row[0].id or 0, UNRANKED),
    )
    known = set(ctx.session.scalars(select(PlanLine.code).where(PlanLine.plan_id == plan_id)))
    last, number = lines.last_year(ctx, plan), _last_number(ctx, plan_id)
    for place, (topic, decision, course) in enumerate(decided, number + 1):
        values = _decided(topic, course, ranked.get(topic.id or 0, UNRANKED)[1])
        made = PlanLine(
            plan_id=plan_id,
            code=lines.next_code(known | last.codes),
            number=place,
            topic_id=topic.id,
            goal_id=serving.get(topic.id),
            trainers=_trainer(ctx, decision.trainer_id),
            remark=_remark(decision),
            **values,
        )
        known.add(made.code)
        lines.set_change(made, last, {})
        ctx.session.add(made)
    plans.touch(ctx, plan)
    audit.record(ctx, "plan.from_needs", "plan", plan_id, lines=len(decided), round=round_id)
    return len(decided)


def _copy(
    ctx: Ctx, plan: AnnualPlan, row: PlanLine, number: int, renamed: Mapping[int, int]
) -> None:
    made = PlanLine(
        plan_id=plan.id,
        number=number,
        goal_id=renamed.get(row.goal_id or 0),
        change=Change.SAME,
        **{name: _own(getattr(row, name)) for name in COPIED},
    )
    ctx.session.add(made)
    ctx.session.flush()
    for cost in ctx.session.scalars(select(PlanCost).where(PlanCost.line_id == row.id)):
        ctx.session.add(
            PlanCost(
                line_id=made.id,
                kind=cost.kind,
                item=cost.item,
                quantity=cost.quantity,
                price=cost.price,
            )
        )


def _own(value: Any) -> Any:
    if isinstance(value, list):
        return list(value)
    return dict(value) if isinstance(value, dict) else value


def _same_goals(ctx: Ctx, before: AnnualPlan, plan: AnnualPlan) -> dict[int, int]:
    """Goals of both years that have the same code: the earlier one's id to the later one's."""
    rows = ctx.session.scalars(
        select(Goal).where(Goal.plan_year.in_([before.plan_year, plan.plan_year]))
    ).all()
    now = {row.code: row.id for row in rows if row.plan_year == plan.plan_year}
    return {
        row.id: now[row.code]
        for row in rows
        if row.plan_year == before.plan_year and row.code in now
    }


def _decided_to_train(
    ctx: Ctx, plan_id: int, round_id: int
) -> Sequence[tuple[Topic, TopicDecision, Course | None]]:
    """Topics that are to be trained and that no line of the plan names yet, by name."""
    named = select(PlanLine.topic_id).where(
        PlanLine.plan_id == plan_id, PlanLine.topic_id.is_not(None)
    )
    query = (
        select(Topic, TopicDecision, Course)
        .join(TopicDecision, TopicDecision.topic_id == Topic.id)
        .outerjoin(Course, Course.id == Topic.course_id)
        .where(
            TopicDecision.round_id == round_id,
            TopicDecision.way.in_(TRAINED),
            Topic.id.not_in(named),
        )
        .order_by(Topic.name)
    )
    return [(topic, decision, course) for topic, decision, course in ctx.session.execute(query)]


def _ranked(ctx: Ctx, round_id: int) -> dict[int, tuple[int, int]]:
    """For each topic its place in the ranking, and how many people it is about: those for whom it
    is wished, or if they are more, those rated below what their post requires.
    """
    return {
        one.topic.id: (one.place, max(one.figures.people, one.figures.tally.below))
        for one in priority.ranking(ctx, round_id)
    }


def _decided(topic: Topic, course: Course | None, people: int) -> dict[str, Any]:
    """As many cohorts as the people need, each as large as a class of the course is."""
    seats = (course.max_seats if course else None) or USUAL_SEATS
    times = max(1, math.ceil(people / seats))
    return {
        "course_id": course.id if course else None,
        "title": "" if course else topic.name,
        "hours": course.hours if course else None,
        "cohorts": times,
        "trainees": max(1, math.ceil(people / times)) if people else seats,
    }


def _remark(decision: TopicDecision) -> str:
    return " ".join(part for part in (decision.partner, decision.reason) if part)[:200]


def _trainer(ctx: Ctx, trainer_id: int | None) -> str:
    if trainer_id is None:
        return ""
    query = (
        select(Trainer.code, Trainer.name, Person.full_name)
        .outerjoin(Person, Person.id == Trainer.person_id)
        .where(Trainer.id == trainer_id)
    )
    code, name, full_name = ctx.session.execute(query).one()
    return str(full_name or name or code)


def _last_number(ctx: Ctx, plan_id: int) -> int:
    query = select(func.max(PlanLine.number)).where(PlanLine.plan_id == plan_id)
    return int(ctx.session.scalar(query) or 0)
