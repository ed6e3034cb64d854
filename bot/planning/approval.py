"""How a plan is approved: submitted by the unit, approved or returned by an executive."""

from __future__ import annotations

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.planning import AnnualPlan, PlanComment, PlanLine, PlanState, PlanVersion
from bot.people.access_table import Action
from bot.planning import comments, plans, reading, telling, versions

NOT_SUBMITTED = _("The plan does not wait for a decision any more.")
OWN_PLAN = _("Whoever submitted the plan cannot approve it. Another executive has to decide.")
NO_WORDS = _("Say why it is returned, or comment on a line first.")


def submit(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """Keep the plan as its next version and put it before the executives, who are told.

    Refuses a plan without lines, and one that waits for a decision or is approved already.
    """
    plan = plans.require_editable(ctx, plan_id)
    held = select(func.count()).where(PlanLine.plan_id == plan_id, reading.HELD)
    if not ctx.session.execute(held).scalar_one():
        raise Refusal(_("The plan has no line yet. Add what is to be held first."))
    plan.state = PlanState.SUBMITTED
    plan.prepared_by = plan.prepared_by or ctx.actor.person_id
    plan.submitted_at = plan.changed_at = ctx.now()
    plan.decided_by = plan.decided_at = plan.letter_on = plan.letter_blob_id = None
    plan.letter_no = ""
    versions.keep(ctx, plan)
    audit.record(ctx, "plan.submitted", "plan", plan_id, version=plan.version)
    telling.tell(ctx, telling.SUBMITTED, plan, telling.approvers(ctx.session))
    return plan


def take_back(ctx: Ctx, plan_id: int) -> AnnualPlan:
    """Take a submitted plan back before anybody has decided, to be changed."""
    plan = _waiting(ctx, plan_id, Action.EDIT_PLAN)
    _become(ctx, plan, PlanState.DRAFT)
    audit.record(ctx, "plan.taken_back", "plan", plan_id, version=plan.version)
    return plan


def approve(ctx: Ctx, plan_id: int, version: int | None = None) -> AnnualPlan:
    """Approve what was submitted; the unit is told.

    Refuses a plan that does not wait for it, who has begun or submitted it themself, and another
    version than the one that was read.
    """
    plan = _waiting(ctx, plan_id, Action.APPROVE_PLAN)
    if is_own(ctx, plan):
        raise Refusal(OWN_PLAN)
    _refuse_other(plan, version)
    return decide(ctx, plan, PlanState.APPROVED)


def give_back(ctx: Ctx, plan_id: int, words: str = "", version: int | None = None) -> AnnualPlan:
    """Return the plan with comments; the unit is told.

    Refuses a plan that does not wait for it, another version than the one that was read, and a
    return that nothing explains: neither these words nor a comment on this version.
    """
    plan = _waiting(ctx, plan_id, Action.APPROVE_PLAN)
    _refuse_other(plan, version)
    said = words.strip()
    if not said and not _commented(ctx, plan):
        raise Refusal(NO_WORDS)
    if said:
        comments.add(ctx, plan, None, said)
    return decide(ctx, plan, PlanState.RETURNED)


def decide(ctx: Ctx, plan: AnnualPlan, state: PlanState) -> AnnualPlan:
    """What follows from a decision, by whichever way it came: kept, and told to the unit."""
    plan.decided_by, plan.decided_at = ctx.actor.person_id, ctx.now()
    _become(ctx, plan, state)
    audit.record(ctx, f"plan.{state.value}", "plan", plan.id, version=plan.version)
    people = {*telling.whole_unit(ctx.session)}
    if plan.prepared_by is not None:
        people.add(plan.prepared_by)
    telling.tell(ctx, telling.DECIDED, plan, people, state=state.value)
    return plan


def is_own(ctx: Ctx, plan: AnnualPlan) -> bool:
    """Whether the actor has begun the plan, or submitted it as it stands."""
    kept = ctx.session.get(PlanVersion, (plan.id, plan.version))
    makers = {plan.prepared_by, kept.made_by if kept is not None else None}
    return ctx.actor.person_id is not None and ctx.actor.person_id in makers


def require_waiting(ctx: Ctx, plan_id: int, action: Action) -> AnnualPlan:
    """The plan, held until the commit, as long as it waits for a decision."""
    return _waiting(ctx, plan_id, action)


def waiting(ctx: Ctx) -> list[AnnualPlan]:
    """The plans that wait for the decision of an executive, the first submitted first."""
    query = select(AnnualPlan).where(AnnualPlan.state == PlanState.SUBMITTED)
    found = ctx.session.scalars(query.order_by(AnnualPlan.submitted_at, AnnualPlan.id))
    return [plan for plan in found if reading.may_read(ctx, plan)]


def _waiting(ctx: Ctx, plan_id: int, action: Action) -> AnnualPlan:
    plan = reading.hold(ctx, plan_id, action)
    if plan.state is not PlanState.SUBMITTED:
        raise Refusal(NOT_SUBMITTED)
    return plan


def _refuse_other(plan: AnnualPlan, version: int | None) -> None:
    if version is not None and version != plan.version:
        raise Refusal(_("The plan has been submitted anew. Read it again before you decide."))


def _commented(ctx: Ctx, plan: AnnualPlan) -> bool:
    query = select(PlanComment.id).where(
        PlanComment.plan_id == plan.id,
        PlanComment.version == plan.version,
        PlanComment.by_id == ctx.actor.person_id,
        PlanComment.settled_at.is_(None),
    )
    return ctx.session.scalars(query.limit(1)).first() is not None


def _become(ctx: Ctx, plan: AnnualPlan, state: PlanState) -> None:
    plan.state, plan.changed_at = state, ctx.now()
    ctx.session.flush()
