"""The lines of a plan as its file has them, so that taking it again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlmodel import Session

from bot.models.needs import Topic
from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    Facility,
    Goal,
    PlanCost,
    PlanLine,
)
from bot.models.training import Course
from bot.planning.details import DETAIL_WORDS, PERIOD
from bot.planning.imports.columns import BUDGETS, COLUMNS, PLAIN

Names = Mapping[int | None, str]


def cells_of(session: Session, plan: AnnualPlan) -> Iterator[tuple[object, ...]]:
    """A row for each line that was not dropped, in the order of the columns."""
    query = select(PlanLine).where(PlanLine.plan_id == plan.id, PlanLine.dropped_for == "")
    lines = session.scalars(query.order_by(PlanLine.number, PlanLine.id)).all()
    courses = _names(session, Course.id, Course.code)
    titles = _names(session, Course.id, Course.title)
    goals = _names(session, Goal.id, Goal.code)
    topics = _names(session, Topic.id, Topic.name)
    places = _names(session, Facility.id, Facility.name)
    sums = _sums(session, plan)
    for line in lines:
        assert line.id is not None
        values: dict[str, object] = {name: getattr(line, name) for name in PLAIN}
        values |= {
            "plan_year": plan.plan_year,
            "code": line.code,
            "title": line.title or titles.get(line.course_id, ""),
            "course_code": courses.get(line.course_id, ""),
            "goal": goals.get(line.goal_id, ""),
            "topic": topics.get(line.topic_id, ""),
            "facility": places.get(line.facility_id, ""),
            "category": line.category.value,
            "change": line.change.value,
            "months": "; ".join(map(str, line.months)),
            **{name: sums[line.id].get(name) for name in BUDGETS},
            **{name: line.details.get(name, "") for name in (PERIOD, *DETAIL_WORDS)},
        }
        yield tuple(values.get(column.name, "") for column in COLUMNS)


def _names(session: Session, key: object, name: object) -> dict[int | None, str]:
    return dict(session.execute(select(key, name)).all())  # type: ignore[call-overload]  # columns


def _sums(session: Session, plan: AnnualPlan) -> Mapping[int, Mapping[str, float]]:
    """What each line costs, by kind of purchase."""
    rows = session.execute(
        select(PlanCost.line_id, PlanCost.kind, func.sum(PlanCost.quantity * PlanCost.price))
        .join(PlanLine, PlanLine.id == PlanCost.line_id)
        .where(PlanLine.plan_id == plan.id)
        .group_by(PlanCost.line_id, PlanCost.kind)
    )
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for line_id, kind, cost in rows:
        found[line_id][BudgetKind(kind).value] = float(cost)
    return found
