"""Who stands behind a step of an enrolment, as the reader may know it.

The officer, the supervisor who decided and the class's trainers are named; members of the
training unit, HR and focal points are named to each other, and by their office to officers.
"""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from bot.context import Ctx
from bot.i18n import Words, _
from bot.models.approvals import Approval
from bot.models.people import FocalPoint, Grant, Person, Role
from bot.models.training import Enrolment, EnrolmentChange, TrainingClass
from bot.people import access, directory
from bot.people.access_table import Action
from bot.training import trainers
from bot.training.states import Act

UNIT = _("the training unit")
DECISIONS = frozenset({Act.APPROVE, Act.DECLINE, Act.POSTPONE})


def actor_of(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> Words:
    """Who took a step that no rule took."""
    if change.actor_id is None:
        return _("the training desk")
    if change.actor_id == ctx.actor.person_id:
        return _("you")
    name = directory.name_of(ctx.session, change.actor_id)
    if change.actor_id == row.person_id:
        return name
    if _is_supervisor(ctx, row, change):
        return _("the supervisor, {name}", name=name)
    if trainers.trains(ctx.session, change.actor_id, _class_of(ctx, row)):
        return _("the trainer, {name}", name=name)
    office = _office_of(ctx, change.actor_id)
    return _("{office}, {name}", office=office, name=name) if _sees_names(ctx) else office


def approver_of(ctx: Ctx, approval: Approval) -> Words:
    """With whom an approval lies, or lay last."""
    if approval.approver_id is None:
        return UNIT
    if approval.approver_id == ctx.actor.person_id:
        return _("you")
    return directory.name_of(ctx.session, approval.approver_id)


def decision_behind(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> Approval | None:
    """The approval from which a decision was taken, if it was one."""
    if change.act not in DECISIONS:
        return None
    return ctx.session.scalars(
        select(Approval)
        .where(
            Approval.enrolment_id == row.id,
            Approval.decided_by == change.actor_id,
            Approval.asked_at <= change.at,
        )
        .order_by(Approval.id.desc())
    ).first()


def was_asked(ctx: Ctx, row: Enrolment) -> bool:
    """Whether the actor was asked to decide about this enrolment, or did."""
    me = ctx.actor.person_id
    found = select(Approval.id).where(
        Approval.enrolment_id == row.id,
        or_(Approval.approver_id == me, Approval.decided_by == me),
    )
    return me is not None and ctx.session.execute(found.limit(1)).first() is not None


def _is_supervisor(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> bool:
    """Whether the step was a supervisor's, or that of who stood in for one."""
    approval = decision_behind(ctx, row, change)
    if approval is not None:
        return approval.approver_id is not None and not approval.letter.get("number")
    person = ctx.session.get_one(Person, row.person_id)
    return change.actor_id in (person.supervisor_id, person.acting_supervisor_id)


def _office_of(ctx: Ctx, person_id: int) -> Words:
    roles = set(ctx.session.scalars(select(Grant.role).where(Grant.person_id == person_id)))
    if Role.UNIT in roles:
        return UNIT
    if Role.HR in roles:
        return _("HR")
    focal = exists().where(FocalPoint.person_id == person_id)
    if ctx.session.execute(select(focal)).scalar_one():
        return _("the focal point")
    return _("somebody of the administration")


def _sees_names(ctx: Ctx) -> bool:
    return ctx.actor.is_system or access.may(ctx, Action.EDIT_CLASSES)


def _class_of(ctx: Ctx, row: Enrolment) -> TrainingClass:
    return ctx.session.get_one(TrainingClass, row.class_id)
