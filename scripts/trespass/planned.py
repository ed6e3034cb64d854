"""Needs, plans and outlines: those of one part hold its mark, those of headquarters do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlmodel import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.needs import (
    Channel,
    ClusterMeeting,
    Competency,
    CompetencyLevel,
    CompetencyRating,
    DonorSurvey,
    JobAnalysis,
    JobInterview,
    JobTask,
    Need,
    NeedsRound,
    PerformanceFigure,
    PerformanceKind,
    PositionLevel,
    RatedBy,
    RoundState,
    Topic,
    TopicDecision,
    Way,
)
from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    CourseOutline,
    Facility,
    Goal,
    GoalTopic,
    OutlineReview,
    OutlineSession,
    OutlineState,
    PlanComment,
    PlanCost,
    PlanLine,
    PlanReview,
    PlanSpending,
    PlanState,
    Verdict,
)
from bot.models.training import Course
from bot.needs import asking, years
from bot.people import heads
from bot.planning import versions
from bot.planning.outlines import telling

PARTS = {
    "rationale": "Needed",
    "outcomes": "Able",
    "population": "Everybody",
    "evaluation": "At the end",
    "resources": "A room",
    "integrity": "A case",
    "days": 2.0,
}
LAW = {"legal_by": "Legal office", "legal_on": "2026-02-01", "legal_words": ""}


def need_and_outline(
    ctx: Ctx, mark: str, people: Mapping[str, int], units: Mapping[str, int]
) -> None:
    """What one part needs, how its work was analysed, and the outlines that it writes."""
    row = _round(ctx)
    _tell(ctx, mark, people, units, row)
    _rate(ctx, mark, people, row)
    _analyse(ctx, mark, people, units["office"])
    for state in (OutlineState.DRAFT, OutlineState.IN_REVIEW):
        _write(ctx, mark, people, state)


def plan_all(ctx: Ctx, desk: int, colleague: int, reviewer: int) -> None:
    """Headquarters decides and plans: one plan is in force, one waits, one is checked."""
    row = _round(ctx)
    topic = ctx.session.exec(select(Topic)).first()
    assert topic is not None
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
    year = years.plan_year(ctx)
    _plan(ctx, year, PlanState.PUBLISHED, desk, topic)
    for _year in range(2):
        year = years.following(year)  # the plan of the next one can be begun
    waiting = _plan(ctx, year, PlanState.SUBMITTED, desk, topic)
    checked = _plan(ctx, years.following(year), PlanState.IN_REVIEW, desk, topic)
    approved = years.following(years.following(year))
    _plan(ctx, approved, PlanState.APPROVED, desk, topic)
    ctx.session.add(Goal(plan_year=approved, code="G2", title="A goal of no line"))
    planned = NeedsRound(
        plan_year=year, opens_on=ctx.today() + 60 * DAY, closes_on=ctx.today() + 80 * DAY
    )
    ctx.session.add(planned)
    ctx.session.add(PlanReview(plan_id=checked, person_id=reviewer, asked_by=desk, at=ctx.now()))
    for plan_id in (waiting, checked):
        comment = PlanComment(
            plan_id=plan_id, version=1, by_id=colleague, words="Look at this", at=ctx.now()
        )
        ctx.session.add(comment)
    for state in (OutlineState.SUBMITTED, OutlineState.APPROVED, OutlineState.PILOT):
        _write(ctx, "all", {"unit": desk, "officer1": colleague, "officer2": colleague}, state)
    leading = heads.all_heads(ctx.session)
    for stretch in asking.stretches(ctx):
        asking.turn(ctx, row, stretch, leading)
    ctx.session.flush()


def _round(ctx: Ctx) -> NeedsRound:
    """The open survey, with a competency and a topic for all; once is enough."""
    found = ctx.session.exec(select(NeedsRound)).first()
    if found is not None:
        return found
    row = NeedsRound(
        plan_year=years.plan_year(ctx),
        opens_on=ctx.today() - DAY,
        closes_on=ctx.today() + 20 * DAY,
        state=RoundState.OPEN,
        opened_at=ctx.now(),
    )
    competency = Competency(code="HS", name="Harmonized System")
    ctx.session.add_all([row, competency, Topic(name="Classification")])
    ctx.session.flush()
    assert competency.id is not None
    ctx.session.add_all(
        CompetencyLevel(competency_id=competency.id, level=level, behaviour=f"Level {level}")
        for level in range(1, 6)
    )
    ctx.session.flush()
    return row


def _tell(
    ctx: Ctx, mark: str, people: Mapping[str, int], units: Mapping[str, int], row: NeedsRound
) -> None:
    topic = ctx.session.exec(select(Topic)).one()
    meeting = ClusterMeeting(
        round_id=row.id,
        unit_id=units["region"],
        held_on=ctx.today(),
        agreed_by=f"Heads of {mark}",
        noted_by=people["unit"],
        noted_at=ctx.now(),
    )
    ctx.session.add(meeting)
    ctx.session.flush()
    told: list[tuple[str, Channel, int | None]] = [
        ("officer1", Channel.OFFICER, topic.id),
        ("officer2", Channel.OFFICER, None),
        ("chief", Channel.SUPERVISOR, None),
        ("unit", Channel.MEETING, None),
    ]
    for key, channel, topic_id in told:
        ctx.session.add(
            Need(
                round_id=row.id,
                channel=channel,
                told_by=people[key],
                told_at=ctx.now(),
                person_id=people[key] if channel is Channel.OFFICER else None,
                unit_id=units["office"],
                topic_id=topic_id,
                words=f"Wished in {mark} by {key}",
                importance=4,
                meeting_id=meeting.id if channel is Channel.MEETING else None,
            )
        )
    ctx.session.add(
        Need(
            channel=Channel.OFFICER,
            told_by=people["officer1"],
            told_at=ctx.now(),
            person_id=people["officer1"],
            unit_id=units["office"],
            words=f"Waits in {mark}",
        )
    )
    ctx.session.flush()


def _rate(ctx: Ctx, mark: str, people: Mapping[str, int], row: NeedsRound) -> None:
    competency = ctx.session.exec(select(Competency)).one()
    assert competency.id is not None
    ctx.session.add(
        PositionLevel(position=f"Inspector {mark}", competency_id=competency.id, level=3)
    )
    for key in ("officer1", "officer2"):
        ctx.session.add(
            CompetencyRating(
                round_id=row.id,
                person_id=people[key],
                competency_id=competency.id,
                source=RatedBy.SUPERVISOR,
                level=2,
                rated_by=people["chief"],
                rated_at=ctx.now(),
            )
        )
    ctx.session.add(
        PerformanceFigure(
            round_id=row.id,
            kind=PerformanceKind.ERRORS,
            person_id=people["officer1"],
            competency_id=competency.id,
            count=7,
            remark=f"Counted in {mark}",
            noted_by=people["unit"],
            noted_at=ctx.now(),
        )
    )
    ctx.session.flush()


def _analyse(ctx: Ctx, mark: str, people: Mapping[str, int], office_id: int) -> None:
    analysis = JobAnalysis(
        position=f"Inspector {mark}",
        unit_id=office_id,
        begun_on=ctx.today(),
        begun_by=people["unit"],
    )
    ctx.session.add(analysis)
    ctx.session.flush()
    ctx.session.add_all(
        [
            JobTask(analysis_id=analysis.id, task=f"Task of {mark}", importance=4, frequency=3),
            JobInterview(
                analysis_id=analysis.id, person_id=people["officer1"], held_on=ctx.today()
            ),
        ]
    )
    ctx.session.flush()


def _write(ctx: Ctx, mark: str, people: Mapping[str, int], state: OutlineState) -> None:
    """An outline of a course of its own, with a session and two experts."""
    course = Course(code=f"OUT-{people['unit']}-{state.name}", title="Course of all")
    ctx.session.add(course)
    ctx.session.flush()
    row = CourseOutline(
        course_id=course.id,
        version=1,
        state=state,
        parts={**PARTS, **LAW, "rationale": f"Needed in {mark}"},
        made_by=people["unit"],
        made_at=ctx.now(),
        review_on=ctx.today() + 300 * DAY,
    )
    ctx.session.add(row)
    ctx.session.flush()
    ctx.session.add_all(
        OutlineSession(outline_id=row.id, place=place, title=f"Session in {mark}", hours=3)
        for place in (1, 2)
    )
    for person_id in {people["officer1"], people["officer2"]}:
        review = OutlineReview(
            outline_id=row.id, person_id=person_id, asked_by=people["unit"], at=ctx.now()
        )
        if person_id == people["officer2"]:
            review.verdict, review.words = Verdict.AGREED, f"Good for {mark}"
        ctx.session.add(review)
        if state is OutlineState.IN_REVIEW:
            telling.ask_expert(ctx, row, person_id)
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
