"""Who is qualified in something, at an office or wherever the actor may see: as a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from bot import policy
from bot.calendar import local_date
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Person, Unit
from bot.models.qualifications import Qualification
from bot.models.records import TrainingRecord
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training import equivalence
from bot.training.qualifications import validity
from bot.training.qualifications.figures import visible
from bot.training.qualifications.understanding import Kind, People, Subject, Where
from bot.training.qualifications.validity import Standing

MOST = 400
"""So many people are listed; for more an office has to be named."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is qualified; `day` is the last day of validity, None without end, or for a
    course that of the last completion. Of people who are asked about by name `lacks` those who
    are not.
    """

    person_id: int
    name: Texts
    unit: str
    day: dt.date | None
    standing: Standing | None = None
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Everybody who is, by name; `offices` are named as they are called, none means everywhere.

    `lapsed` counts those who were. `cut` if there are more than are listed.
    """

    subject: Subject
    offices: tuple[str, ...]
    lines: tuple[Line, ...]
    lapsed: int = 0
    cut: bool = False


def answer(ctx: Ctx, about: Subject, where: Where, named: People = ()) -> Answer:
    """Everybody within the actor's reach who is qualified in it, at these offices; of people who
    are `named`, each with how they stand.
    """
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    offices = [ctx.session.get(Unit, one) for one in where]
    if None in offices:
        raise Refusal(_("This office is not there any more."))
    names = tuple(office.name for office in offices if office is not None)
    people = _people(ctx, where, named)
    find = _who_hold if about.kind is Kind.CURRICULUM else _who_completed
    found, cut = find(ctx, about, people)
    if named:
        known = {line.person_id for line in found}
        return Answer(about, names, (*found, *_lacking(ctx, people, known)))
    lines = tuple(line for line in found if line.standing is not Standing.LAPSED)
    return Answer(about, names, lines, len(found) - len(lines), cut)


def _people(ctx: Ctx, where: Where, named: People) -> ColumnElement[bool]:
    clause = visible(ctx)
    if where:
        clause &= Person.unit_id.in_(reach.units_below(ctx.session, where))
    if named:
        clause &= Person.id.in_(named)
    return clause


def _lacking(ctx: Ctx, people: ColumnElement[bool], known: Collection[int]) -> list[Line]:
    """Those of a few people whom nothing was found of."""
    rows = ctx.session.execute(
        select(Person, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(people, Person.id.not_in(known))
    ).all()
    return [
        Line(person.id, directory.names_of(person), unit, None, lacks=True)
        for person, unit in sorted(rows, key=lambda row: _by_name(row[0]))
    ]


def _who_hold(ctx: Ctx, about: Subject, people: ColumnElement[bool]) -> tuple[list[Line], bool]:
    """Who holds or held it, and whether there are more than can be listed: then those whose last
    day is the latest.
    """
    query = (
        select(Qualification, Person, Unit.name)
        .join(Person, Person.id == Qualification.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Qualification.curriculum_id == about.id,
            Qualification.current,
            Qualification.withdrawn_at.is_(None),
            people,
        )
    )
    return_days = policy.value(ctx.session, "return_days")
    found = []
    ends = Qualification.expires_on
    query = query.order_by(ends.is_(None).desc(), ends.desc(), Qualification.id)
    rows = ctx.session.execute(query.limit(MOST + 1)).all()
    for held, person, unit in sorted(rows[:MOST], key=lambda row: _by_name(row[1])):
        today = local_date(ctx.now(), directory.zone_of(person, ctx.settings))
        standing = validity.standing(held, today, return_days)
        name = directory.names_of(person)
        found.append(Line(held.person_id, name, unit, held.expires_on, standing))
    return found, len(rows) > MOST


def _who_completed(
    ctx: Ctx, about: Subject, people: ColumnElement[bool]
) -> tuple[list[Line], bool]:
    """Who completed it, with the last day, and whether there are more than can be listed: then
    those who did last.
    """
    days = _completed(ctx, about.id).subquery()
    last = func.max(days.c.day)
    query = (
        select(Person, Unit.name, last)
        .join(days, days.c.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(people)
        .group_by(Person.id, Unit.name)
        .order_by(last.desc(), Person.id)
    )
    rows = ctx.session.execute(query.limit(MOST + 1)).all()
    found = [
        Line(person.id, directory.names_of(person), unit, day)
        for person, unit, day in sorted(rows[:MOST], key=lambda row: _by_name(row[0]))
    ]
    return found, len(rows) > MOST


def _by_name(person: Person) -> tuple[str, int]:
    return person.full_name, person.id or 0


def _completed(ctx: Ctx, course_id: int) -> Any:
    """Who completed what counts as the course, and when: columns person_id and day."""
    others, titles = equivalence.counting(ctx.session)
    courses = [course_id, *others.get(course_id, ())]
    day = func.coalesce(Enrolment.completed_on, TrainingClass.ends_on)
    held = (
        select(Enrolment.person_id, day.label("day"))
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.state == EnrolmentState.COMPLETED,
            TrainingClass.course_id.in_(courses),
            day.is_not(None),
        )
    )
    called = _spelt(ctx, titles.get(course_id, ()))
    elsewhere = TrainingRecord.course_id.is_(None) & TrainingRecord.title.in_(called)
    noted = select(TrainingRecord.person_id, TrainingRecord.completed_on.label("day")).where(
        or_(TrainingRecord.course_id.in_(courses), elsewhere)
    )
    return held.union_all(noted)


def _spelt(ctx: Ctx, folded: Iterable[str]) -> Collection[str]:
    """The titles of records that are spelt as these are, folded."""
    wanted = set(folded)
    if not wanted:
        return ()
    titles = ctx.session.scalars(
        select(TrainingRecord.title).where(TrainingRecord.course_id.is_(None)).distinct()
    )
    return [title for title in titles if fold(title) in wanted]
