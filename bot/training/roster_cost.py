"""What somebody's training costs their office: who else of it is away on the same days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.i18n import Texts
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import directory

AWAY = (EnrolmentState.APPROVED, EnrolmentState.ENROLLED)


@dataclass(frozen=True, slots=True)
class Absence:
    """A colleague who is away: in class `code`, or else until a day."""

    name: Texts
    code: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """`absences` are those of `others` colleagues in the same office; `collisions` are codes of
    other classes of the officer's own on these days.
    """

    others: int
    absences: tuple[Absence, ...]
    collisions: tuple[str, ...]


def of(ctx: Ctx, person_id: int, held: TrainingClass) -> Cost:
    """The cost of this person's going to this class; nothing for a class without dates."""
    if held.starts_on is None or held.ends_on is None:
        return Cost(0, (), ())
    person = ctx.session.get_one(Person, person_id)
    others = ctx.session.execute(
        select(func.count()).where(
            Person.unit_id == person.unit_id, Person.active, Person.id != person_id
        )
    ).scalar_one()
    in_class = _in_class(ctx, person, held)
    own = tuple(code for other, code in in_class if other.id == person_id)
    absences = [
        Absence(directory.names_of(other), code)
        for other, code in in_class
        if other.id != person_id
    ]
    known = {other.id for other, _code in in_class}
    absences += [
        Absence(directory.names_of(other), until=other.away_until)
        for other in _on_leave(ctx, person, held.starts_on)
        if other.id not in known
    ]
    return Cost(int(others), tuple(absences), own)


def _in_class(ctx: Ctx, person: Person, held: TrainingClass) -> list[tuple[Person, str]]:
    """Those of the office in a class on these days, this one too; the person's own others."""
    rows = ctx.session.execute(
        select(Person, TrainingClass.id, TrainingClass.code)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Person.unit_id == person.unit_id,
            Person.active,
            Enrolment.state.in_(AWAY),
            TrainingClass.cancelled_at.is_(None),
            TrainingClass.starts_on <= held.ends_on,
            TrainingClass.ends_on >= held.starts_on,
        )
        .order_by(Person.full_name, TrainingClass.starts_on)
    )
    return [
        (other, code)
        for other, class_id, code in rows
        if other.id != person.id or class_id != held.id
    ]


def _on_leave(ctx: Ctx, person: Person, day: dt.date) -> list[Person]:
    rows = ctx.session.scalars(
        select(Person)
        .where(
            Person.unit_id == person.unit_id,
            Person.active,
            Person.id != person.id,
            Person.away_until >= day,
        )
        .order_by(Person.full_name)
    )
    return list(rows)
