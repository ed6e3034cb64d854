"""Which classes and people a scope of results holds, as far as its reader may look."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, exists, or_, select, true

from bot.calendar import DAY, add_months
from bot.context import Ctx
from bot.evaluation.levels import Scope, ScopeKind
from bot.i18n import Words, _
from bot.models.evaluation import ClassClosure
from bot.models.people import Person, Unit
from bot.models.training import Course, Enrolment, Trainer, TrainingClass
from bot.people import access, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import catalogue, class_reach, trainers
from bot.training.membership import TRAINEE_STATES

ClassIds: TypeAlias = Select[int | None]
MONTHS = 12
NOT_THERE = _("There is nothing like that to report on, or not for you.")


def opened(ctx: Ctx, kind: ScopeKind, number: int = 0) -> Scope:
    """One class, or the last twelve months of anything else; refuses who may not read that."""
    if kind is ScopeKind.CLASS:
        class_reach.require_reader(ctx, number)
        return Scope(kind, number)
    _require(ctx, kind, number)
    return Scope(kind, number, add_months(ctx.today(), -MONTHS) + DAY, ctx.today())


def before(ctx: Ctx, scope: Scope) -> Scope | None:
    """What a scope is compared with: the earlier classes of the course, or the time before."""
    if scope.kind is ScopeKind.CLASS:
        held = ctx.session.get_one(TrainingClass, scope.number)
        until = held.ends_on - DAY if held.ends_on else None
        return Scope(ScopeKind.COURSE, held.course_id, until=until)
    if scope.since is None:
        return None
    return replace(scope, since=add_months(scope.since, -MONTHS), until=scope.since - DAY)


def classes(ctx: Ctx, scope: Scope) -> ClassIds:
    """The ids of its classes that were held, as a query; those beyond the reader are left out."""
    where = [_of_kind(ctx, scope), TrainingClass.cancelled_at.is_(None)]
    if scope.since is not None:
        where.append(TrainingClass.ends_on >= scope.since)
    if scope.until is not None:
        where.append(TrainingClass.ends_on <= scope.until)
    if not ctx.actor.is_system:
        within = class_reach.within(ctx, Action.READ_REPORTS)
        where.append(or_(within, class_reach.own(ctx)))
    return select(TrainingClass.id).where(*where)


def closed_classes(ctx: Ctx, scope: Scope) -> ClassIds:
    """Those of them whose questionnaires have closed, as a query."""
    return classes(ctx, scope).where(
        TrainingClass.id.in_(select(ClassClosure.class_id).where(ClassClosure.closed_results))
    )


def people(ctx: Ctx, scope: Scope) -> ColumnElement[bool]:
    """The condition on Person that a scope is about them: of an office, those who serve there."""
    if scope.kind is not ScopeKind.UNIT:
        return true()
    return Person.unit_id.in_(reach.units_below(ctx.session, [scope.number]))


def title(ctx: Ctx, scope: Scope) -> Words:
    """What a scope is called above its results."""
    if scope.kind is ScopeKind.CLASS:
        card = catalogue.card(ctx, scope.number)
        return _("{course}, class {code}", course=card.title, code=card.code)
    if scope.kind is ScopeKind.COURSE:
        return catalogue.title_of(ctx.session.get_one(Course, scope.number))
    if scope.kind is ScopeKind.TRAINER:
        return trainers.name_of(ctx.session, scope.number)
    if scope.kind is ScopeKind.UNIT:
        return ctx.session.get_one(Unit, scope.number).path
    return _("The training of the last twelve months")


def days(ctx: Ctx, scope: Scope) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that a scope covers."""
    if scope.kind is ScopeKind.CLASS:
        held = ctx.session.get_one(TrainingClass, scope.number)
        return held.starts_on, held.ends_on
    return scope.since, scope.until


def _of_kind(ctx: Ctx, scope: Scope) -> ColumnElement[bool]:
    if scope.kind is ScopeKind.CLASS:
        return TrainingClass.id == scope.number
    if scope.kind is ScopeKind.COURSE:
        return TrainingClass.course_id == scope.number
    if scope.kind is ScopeKind.TRAINER:
        return TrainingClass.trainer_id == scope.number
    if scope.kind is ScopeKind.UNIT:
        return exists().where(
            Enrolment.class_id == TrainingClass.id,
            Enrolment.state.in_(TRAINEE_STATES),
            Person.id == Enrolment.person_id,
            people(ctx, scope),
        )
    return true()


def _require(ctx: Ctx, kind: ScopeKind, number: int) -> None:
    if kind is ScopeKind.TRAINER:
        _require_trainer(ctx, number)
        return
    access.require(ctx, Action.READ_REPORTS)
    tables: dict[ScopeKind, type[Any]] = {ScopeKind.COURSE: Course, ScopeKind.UNIT: Unit}
    table = tables.get(kind)
    if table is not None and ctx.session.get(table, number) is None:
        raise OutOfReach(Action.READ_REPORTS, number, kind.value, NOT_THERE)
    units = reach.units_within(ctx, Action.READ_REPORTS)
    if kind is ScopeKind.UNIT and units is not None and number not in units:
        raise OutOfReach(Action.READ_REPORTS, number, kind.value, NOT_THERE)


def _require_trainer(ctx: Ctx, number: int) -> None:
    """Themself, and whoever may read reports about them; the pool of all others is the desk's."""
    trainer = ctx.session.get(Trainer, number)
    if trainer is None:
        raise OutOfReach(Action.READ_REPORTS, number, "trainer", NOT_THERE)
    if trainer.person_id is None:
        access.require(ctx, Action.READ_REPORTS)
    elif trainer.person_id != ctx.actor.person_id:
        access.require(ctx, Action.READ_REPORTS, trainer.person_id)
