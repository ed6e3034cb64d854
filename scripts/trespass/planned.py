"""What headquarters decides on needs, and its plans at every stage."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.needs import DonorSurvey, NeedsRound, Topic, TopicDecision, Way
from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    Facility,
    Goal,
    GoalTopic,
    OutlineState,
    PlanComment,
    PlanCost,
    PlanLine,
    PlanReview,
    PlanSpending,
    PlanState,
)
from bot.needs import asking, years
from bot.people import heads
from bot.planning import versions
from scripts.trespass import needed, outlined


def plan_all(ctx: Ctx, desk: int, colleague: int, reviewer: int) -> None:
    """Headquarters decides and plans: one plan is in force, one waits, one is checked."""
    row = needed.open_round(ctx)
    topic = ctx.session.exec(select(Topic)).first()
    assert topic is not None
    _decide(ctx, row, desk, topic)
    _plan_years(ctx, desk, colleague, reviewer, topic)
    for state in (OutlineState.SUBMITTED, OutlineState.APPROVED, OutlineState.PILOT):
        people = {"unit": desk, "officer1": colleague, "officer2": colleague}
        outlined.write(ctx, "all", people, state)
    leading = heads.all_heads(ctx.session)
    for stretch in asking.stretches(ctx):
        asking.turn(ctx, row, stretch, leading)
    ctx.session.flush()


def _decide(ctx: Ctx, row: NeedsRound, desk: int, topic: Topic) -> None:
    """A topic goes to a donor, whose own survey waits; the school has rooms."""
    ctx.session.add_all(
        [
            TopicDecision(
                round_id=row.id, topic_id=topic.id, way=Way.DONOR, partner="A donor",
                decided_by=desk, decided_at=ctx.now(),
            ),
            DonorSurvey(
                donor="A donor", title="What is needed", due_on=ctx.today() + 30 * DAY,
                noted_by=desk, noted_at=ctx.now(),
            ),
            Facility(name="School of all", rooms=2, seats=30, beds=10),
        ]
    )  # fmt: skip


def _plan_years(ctx: Ctx, desk: int, colleague: int, reviewer: int, topic: Topic) -> None:
    """A plan a year in each state, with comments; one year between them can be begun."""
    year = years.plan_year(ctx)
    _plan(ctx, year, PlanState.PUBLISHED, desk, topic)
    for _year in range(2):
        year = years.following(year)
    waiting = _plan(ctx, year, PlanState.SUBMITTED, desk, topic)
    checked = _plan(ctx, years.following(year), PlanState.IN_REVIEW, desk, topic)
    approved = years.following(years.following(year))
    _plan(ctx, approved, PlanState.APPROVED, desk, topic)
    ctx.session.add_all(
        [
            Goal(plan_year=approved, code="G2", title="A goal of no line"),
            NeedsRound(
                plan_year=year,
                opens_on=ctx.today() + 60 * DAY,
                closes_on=ctx.today() + 80 * DAY,
            ),
            PlanReview(plan_id=checked, person_id=reviewer, asked_by=desk, at=ctx.now()),
        ]
    )
    ctx.session.add_all(
        PlanComment(
            plan_id=plan_id, version=1, by_id=colleague, words="Look at this", at=ctx.now()
        )
        for plan_id in (waiting, checked)
    )
    ctx.session.flush()


def _plan(ctx: Ctx, year: dt.date, state: PlanState, desk: int, topic: Topic) -> int:
    """A plan with a goal and two lines, one of them with a cost and what was spent."""
    plan = AnnualPlan(
        plan_year=year, state=PlanState.DRAFT, money="USD", budget=1000, prepared_by=desk,
        made_at=ctx.now(), changed_at=ctx.now(), submitted_at=ctx.now(),
    )  # fmt: skip
    goal = Goal(plan_year=year, code="G1", title="Fewer errors")
    ctx.session.add_all([plan, goal])
    ctx.session.flush()
    assert plan.id is not None
    ctx.session.add(GoalTopic(goal_id=goal.id, topic_id=topic.id))
    made = [
        PlanLine(
            plan_id=plan.id, code=f"L{number}", number=number, goal_id=goal.id,
            topic_id=topic.id, title=f"Line {number}", cohorts=2, trainees=20,
            months=[3, 9], days=2,
        )
        for number in (1, 2)
    ]  # fmt: skip
    ctx.session.add_all(made)
    ctx.session.flush()
    line_id = made[0].id
    ctx.session.add_all(
        [
            PlanCost(line_id=line_id, kind=BudgetKind.SERVICES, item="Teaching", price=100),
            PlanSpending(
                line_id=line_id, spent_on=ctx.today(), amount=50, noted_at=ctx.now()
            ),
        ]
    )  # fmt: skip
    ctx.session.flush()
    versions.keep(ctx, plan)
    plan.state = state
    if state is PlanState.PUBLISHED:
        plan.decided_at = plan.published_at = ctx.now()
    ctx.session.flush()
    return plan.id
