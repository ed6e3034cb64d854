"""What results can be had of: the courses, trainers and offices of the last twelve months."""

from __future__ import annotations

from sqlalchemy import select

from bot.context import Ctx
from bot.evaluation import scopes
from bot.evaluation.levels import ScopeKind
from bot.i18n import Words
from bot.models.people import Person, Unit
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.people import reach
from bot.people.access_table import Action
from bot.training import catalogue, organisation, trainers
from bot.training.membership import TRAINEE_STATES


def choices(ctx: Ctx, kind: ScopeKind) -> list[tuple[int, Words]]:
    """Ids and names to choose from; refuses who may read no reports, and kinds without choice."""
    found = _LISTS[kind]
    year = scopes.opened(ctx, ScopeKind.YEAR)
    return found(ctx, scopes.classes(ctx, year))


def _courses(ctx: Ctx, classes: scopes.ClassIds) -> list[tuple[int, Words]]:
    rows = ctx.session.scalars(
        select(Course)
        .where(Course.id.in_(select(TrainingClass.course_id).where(TrainingClass.id.in_(classes))))
        .order_by(Course.code)
    )
    return [(course.id, catalogue.title_of(course)) for course in rows]


def _trainers(ctx: Ctx, classes: scopes.ClassIds) -> list[tuple[int, Words]]:
    own = select(Person.id).where(reach.within(ctx, Action.READ_REPORTS))
    rows = ctx.session.scalars(
        select(Trainer.id)
        .where(
            Trainer.id.in_(select(TrainingClass.trainer_id).where(TrainingClass.id.in_(classes))),
            Trainer.person_id.is_(None) | Trainer.person_id.in_(own),
        )
        .order_by(Trainer.code)
    )
    return [(number or 0, trainers.name_of(ctx.session, number)) for number in rows]


def _offices(ctx: Ctx, classes: scopes.ClassIds) -> list[tuple[int, Words]]:
    """Offices whose people were in a class, and all that these belong to."""
    tree = organisation.load(ctx.session)
    rows = ctx.session.scalars(
        select(Person.unit_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id.in_(classes), Enrolment.state.in_(TRAINEE_STATES))
        .distinct()
    )
    found = {above for unit_id in rows for above in tree.above(unit_id)}
    units = reach.units_within(ctx, Action.READ_REPORTS)
    found = found if units is None else found & units
    paths = ctx.session.execute(
        select(Unit.id, Unit.path).where(Unit.id.in_(found)).order_by(Unit.path)
    )
    return [(unit_id, path) for unit_id, path in paths]


_LISTS = {
    ScopeKind.COURSE: _courses,
    ScopeKind.TRAINER: _trainers,
    ScopeKind.UNIT: _offices,
}
