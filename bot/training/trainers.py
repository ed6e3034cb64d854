"""Trainers as people: who is one, and whose classes they keep."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select
from sqlmodel import Session

from bot.context import Ctx
from bot.i18n import Texts
from bot.models.people import Person, Role
from bot.models.training import Enrolment, Trainer, TrainingClass
from bot.people import access, reach
from bot.people.access_table import Reach
from bot.people.directory import names_of


def is_trainer(session: Session, person_id: int) -> bool:
    """Whether somebody stands in the trainer pool, from which classes name their trainers."""
    found = session.execute(select(Trainer.id).where(Trainer.person_id == person_id).limit(1))
    return found.first() is not None


def classes_of(person_id: int | None) -> Select[int | None]:
    """The ids of the classes somebody leads, backs up or coordinates, as a query."""
    own = select(Trainer.id).where(Trainer.person_id == person_id)
    return select(TrainingClass.id).where(
        or_(
            TrainingClass.trainer_id.in_(own),
            TrainingClass.backup_trainer_id.in_(own),
            TrainingClass.coordinator_id == person_id,
        )
    )


def trains(session: Session, person_id: int, held: TrainingClass) -> bool:
    """Whether somebody leads or backs up this class."""
    own = set(session.scalars(select(Trainer.id).where(Trainer.person_id == person_id)))
    return bool(own & {held.trainer_id, held.backup_trainer_id})


def name_of(session: Session, trainer_id: int | None) -> Texts | str:
    """The trainer's name, of the roster or from outside; "" for none."""
    trainer = session.get(Trainer, trainer_id) if trainer_id is not None else None
    if trainer is None:
        return ""
    person = session.get(Person, trainer.person_id) if trainer.person_id else None
    return names_of(person) if person is not None else trainer.name or trainer.code


def lead_of(session: Session, held: TrainingClass) -> Person | None:
    """The lead trainer of a class, if that is somebody of the roster who serves."""
    trainer = session.get(Trainer, held.trainer_id) if held.trainer_id else None
    person = session.get(Person, trainer.person_id) if trainer and trainer.person_id else None
    return person if person is not None and person.active else None


def _is_taught(ctx: Ctx, person_id: int) -> bool:
    found = ctx.session.execute(
        select(Enrolment.id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.class_id.in_(classes_of(ctx.actor.person_id)),
        )
        .limit(1)
    )
    return found.first() is not None


def _taught(ctx: Ctx) -> ColumnElement[bool]:
    own = classes_of(ctx.actor.person_id)
    return Person.id.in_(select(Enrolment.person_id).where(Enrolment.class_id.in_(own)))


access.register_role_source(Role.TRAINER, is_trainer)
access.register_reach(Reach.CLASSES, _is_taught)
reach.register_clause(Reach.CLASSES, _taught)
