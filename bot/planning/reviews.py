"""Who is asked to check a plan before it is submitted, and what they found."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, Words, _
from bot.models.people import Person
from bot.models.planning import AnnualPlan, PlanReview, PlanState, Verdict
from bot.people import directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.planning import comments, plans, reading, telling

VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.ASKED: _("asked"),
    Verdict.AGREED: _("agrees"),
    Verdict.OBJECTED: _("objects"),
}


@dataclass(frozen=True, slots=True)
class Review:
    """A reviewer of a plan."""

    person_id: int
    name: Texts
    verdict: Verdict


def of_plan(ctx: Ctx, plan_id: int) -> list[Review]:
    """The reviewers of a plan by name; for who may read all of it."""
    plan = reading.require(ctx, plan_id)
    if not reading.sees_all(ctx, plan):
        return []
    rows = ctx.session.execute(
        select(PlanReview, Person)
        .join(Person, Person.id == PlanReview.person_id)
        .where(PlanReview.plan_id == plan_id)
        .order_by(Person.full_name, Person.id)
    )
    return [Review(row.person_id, directory.names_of(person), row.verdict) for row, person in rows]


def ask(ctx: Ctx, plan_id: int, staff_no: str) -> Review:
    """Have somebody check the plan, or check it again; they are told.

    Refuses who is not there or serves no more, and a plan that is submitted.
    """
    plan = plans.require_editable(ctx, plan_id)
    person_id = directory.find_staff_no(ctx.session, staff_no)
    person = ctx.session.get(Person, person_id) if person_id is not None else None
    if person is None or person.id is None or not person.active:
        raise Refusal(_("Nobody has the staff number {number}.", number=staff_no))
    if person.id == ctx.actor.person_id:
        raise Refusal(_("Whoever prepares the plan cannot be its reviewer. Name somebody else."))
    row = ctx.session.get(PlanReview, (plan_id, person.id))
    if row is None:
        row = PlanReview(plan_id=plan_id, person_id=person.id, at=ctx.now())
        ctx.session.add(row)
    row.verdict, row.asked_by, row.at = Verdict.ASKED, ctx.actor.person_id, ctx.now()
    plan.state, plan.changed_at = PlanState.IN_REVIEW, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "plan.review_asked", "plan", plan_id, person=person.id)
    telling.tell(ctx, telling.REVIEW_ASKED, plan, [person.id])
    return Review(person.id, directory.names_of(person), row.verdict)


def take_back(ctx: Ctx, plan_id: int, person_id: int) -> AnnualPlan:
    """Somebody need not check the plan any more; what they wrote stays."""
    plan = plans.require_editable(ctx, plan_id)
    row = ctx.session.get(PlanReview, (plan_id, person_id))
    if row is not None:
        ctx.session.delete(row)
        ctx.session.flush()
        audit.record(ctx, "plan.review_taken_back", "plan", plan_id, person=person_id)
    if plan.state is PlanState.IN_REVIEW and not of_plan(ctx, plan_id):
        plan.state = PlanState.DRAFT
        ctx.session.flush()
    return plan


def answer(ctx: Ctx, plan_id: int, verdict: Verdict, words: str = "") -> AnnualPlan:
    """What the actor found: they agree, or object and say why; who asked is told.

    Refuses everybody who was not asked, and a plan that is not being checked any more.
    """
    plan = reading.hold(ctx, plan_id, Action.REVIEW_PLAN)
    row = ctx.session.get(PlanReview, (plan_id, ctx.actor.person_id))
    if row is None:
        raise OutOfReach(Action.REVIEW_PLAN, plan_id, "plan", reading.NOT_YOURS)
    if plan.state is not PlanState.IN_REVIEW:
        raise Refusal(_("The plan is not being checked any more. Your comments are kept."))
    if words.strip():
        comments.add(ctx, plan, None, words)
    row.verdict, row.at = verdict, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "plan.reviewed", "plan", plan_id, verdict=verdict.value)
    if row.asked_by is not None:
        telling.tell(
            ctx, telling.REVIEWED, plan, [row.asked_by], by=row.person_id, verdict=verdict.value
        )
    return plan


def waiting(ctx: Ctx) -> list[AnnualPlan]:
    """The plans that the actor is asked to check."""
    query = (
        select(AnnualPlan)
        .join(PlanReview, PlanReview.plan_id == AnnualPlan.id)
        .where(
            PlanReview.person_id == ctx.actor.person_id,
            PlanReview.verdict == Verdict.ASKED,
            AnnualPlan.state == PlanState.IN_REVIEW,
        )
        .order_by(AnnualPlan.plan_year)
    )
    return list(ctx.session.scalars(query))


def verdict_of(ctx: Ctx, plan_id: int) -> Verdict | None:
    """What the actor said of the plan; None if they were not asked."""
    row = ctx.session.get(PlanReview, (plan_id, ctx.actor.person_id))
    return row.verdict if row is not None else None
