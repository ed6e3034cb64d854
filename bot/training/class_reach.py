"""Which classes somebody may see, correct, or read the results of.

A class lies within a part of the organisation if one of its people does: a trainee, its
coordinator or its trainer. One without any people belongs to the whole desk.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, or_, select, true

from bot.context import Ctx
from bot.i18n import _
from bot.models.people import Person
from bot.models.training import Enrolment, Trainer, TrainingClass
from bot.people import reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training.trainers import classes_of

NOT_YOURS = _("This class is not one of yours, or it is not there any more.")


def within(ctx: Ctx, action: Action) -> ColumnElement[bool]:
    """The condition on TrainingClass that the actor may do `action` with it."""
    units = reach.units_within(ctx, action)
    if units is None:
        return true()
    people = select(Person.id).where(Person.unit_id.in_(units))
    nobody = ~exists().where(Enrolment.class_id == TrainingClass.id)
    return or_(
        TrainingClass.coordinator_id.in_(people),
        TrainingClass.trainer_id.in_(select(Trainer.id).where(Trainer.person_id.in_(people))),
        exists().where(Enrolment.class_id == TrainingClass.id, Enrolment.person_id.in_(people)),
        nobody & TrainingClass.coordinator_id.is_(None) if units else false(),
    )


def own(ctx: Ctx) -> ColumnElement[bool]:
    """The condition that the actor leads, backs up or coordinates the class."""
    return TrainingClass.id.in_(classes_of(ctx.actor.person_id))


def is_own(ctx: Ctx, class_id: int) -> bool:
    """Whether the actor leads, backs up or coordinates this class."""
    return class_id in set(ctx.session.scalars(classes_of(ctx.actor.person_id)))


def require_editor(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, for who may correct it; refuses all others alike."""
    return _require(ctx, class_id, Action.EDIT_CLASSES, within(ctx, Action.EDIT_CLASSES))


def require_keeper(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, for its trainers, its coordinator and the training unit."""
    allowed = or_(within(ctx, Action.EDIT_CLASSES), own(ctx))
    return _require(ctx, class_id, Action.KEEP_CLASS, allowed)


def require_reader(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, for who may read its results: unit, executive, its own trainers."""
    allowed = or_(within(ctx, Action.READ_REPORTS), own(ctx))
    return _require(ctx, class_id, Action.READ_REPORTS, allowed)


def _require(
    ctx: Ctx, class_id: int, action: Action, allowed: ColumnElement[bool]
) -> TrainingClass:
    if not ctx.actor.is_system and ctx.actor.person_id is None:
        raise OutOfReach(action, class_id, "class", NOT_YOURS)
    query = select(TrainingClass).where(TrainingClass.id == class_id)
    if not ctx.actor.is_system:
        query = query.where(allowed)
    held = ctx.session.scalars(query).first()
    if held is None:
        raise OutOfReach(action, class_id, "class", NOT_YOURS)
    return held
