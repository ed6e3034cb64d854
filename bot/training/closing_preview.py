"""What closing a class would do, before it is done: who completes, why others do not, whose name
is missing in a script, how many are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import func, select

from bot.calendar import instant
from bot.context import Ctx
from bot.i18n import LANGUAGES, Texts, Words
from bot.models.people import Person, Role
from bot.models.training import Course, Enrolment, EnrolmentState, Trainer, TrainingClass
from bot.people import access
from bot.people.directory import names_of
from bot.training import (
    attendance,
    certificate_names,
    certificates,
    class_reach,
    desk,
    keeping,
    marks,
    outcomes,
)
from bot.training.outcomes import Achieved
from bot.training.schedule import DEFAULT_START, zone_of

Listed: TypeAlias = tuple[Enrolment, Person]


@dataclass(frozen=True, slots=True)
class Trainee:
    """One person of the class: whether they complete it, or every reason why not.

    `certificate` if one is issued at once; `held_back` says what is missing for it, and
    `unwritten` the languages in whose script the name is not known.
    """

    enrolment_id: int
    person_id: int
    name: Texts
    achieved: Achieved
    why_not: tuple[Words, ...] = ()
    certificate: bool = False
    held_back: tuple[Words, ...] = ()
    unwritten: tuple[str, ...] = ()

    @property
    def completes(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Preview:
    """What closing does; `unnoted` are days on which nobody is noted, `told` counts people; of the
    `keepers`, whoever closes it need not be told.
    """

    class_id: int
    code: str
    trainees: tuple[Trainee, ...]
    unnoted: tuple[dt.date, ...]
    trainers: tuple[int, ...]
    hr: tuple[int, ...]
    keepers: tuple[int, ...]
    closed_at: dt.datetime | None

    @property
    def told(self) -> int:
        people = {one.person_id for one in self.trainees}
        return len(people.union(self.trainers, self.hr, self.keepers))


def of_class(ctx: Ctx, class_id: int) -> Preview:
    """The preview of a class; refuses classes that are not the actor's."""
    held = class_reach.require_keeper(ctx, class_id)
    rows = keeping.held_by(ctx, class_id)
    days = attendance.days_of(ctx, held)
    noted = attendance.presences(ctx, [row.id for row, _person in rows], days)
    known = {day for own in noted.values() for day in own}
    return Preview(
        class_id=class_id,
        code=held.code,
        trainees=tuple(assess(ctx, held, rows)),
        unnoted=tuple(day for day in days if day not in known),
        trainers=_trainers(ctx, held),
        hr=_hr(ctx, [person for _row, person in rows]),
        keepers=tuple(one for one in desk.keepers_of(ctx, held) if one != ctx.actor.person_id),
        closed_at=held.closed_at,
    )


def assess(ctx: Ctx, held: TrainingClass, rows: Sequence[Listed]) -> list[Trainee]:
    """Who of these completes the class, whoever asks; reach has been asked before."""
    course = ctx.session.get_one(Course, held.course_id)
    ids = [row.id for row, _person in rows]
    noted = attendance.presences(ctx, ids, attendance.days_of(ctx, held))
    marked = marks.by_enrolment(ctx, ids)
    tests = marks.tests_of_class(ctx, held.id)
    found = []
    for row, person in rows:
        assert row.id is not None
        presences = tuple(noted.get(row.id, {}).values())
        achieved = Achieved(row.state, presences, marked.get(row.id, {}))
        why_not = outcomes.why_not_complete(achieved, course, tests)
        found.append(_trainee(ctx, held, (row, person), achieved, why_not))
    return found


def assess_one(ctx: Ctx, row: Enrolment) -> Trainee:
    """Whether somebody completes their class, whoever asks."""
    held = ctx.session.get_one(TrainingClass, row.class_id)
    person = ctx.session.get_one(Person, row.person_id)
    return assess(ctx, held, [(row, person)])[0]


def count_completed(ctx: Ctx, class_id: int) -> int:
    """How many have completed the class."""
    count = select(func.count()).where(
        Enrolment.class_id == class_id, Enrolment.state == EnrolmentState.COMPLETED
    )
    return int(ctx.session.execute(count).scalar_one())


def closes_from(ctx: Ctx, held: TrainingClass, last_day: dt.date) -> dt.datetime:
    """The beginning of the last day of a class."""
    zone = zone_of(held, ctx.settings.timezone)
    return instant(last_day, held.start_time or DEFAULT_START, zone)


def _trainee(
    ctx: Ctx,
    held: TrainingClass,
    listed: Listed,
    achieved: Achieved,
    why_not: tuple[Words, ...],
) -> Trainee:
    row, person = listed
    assert row.id is not None
    assert person.id is not None
    course = ctx.session.get_one(Course, held.course_id)
    earns = course.has_certificate and not why_not
    held_back = certificates.lacking(ctx, row) if earns else ()
    local = certificate_names.local_language(ctx, held, person)
    return Trainee(
        enrolment_id=row.id,
        person_id=person.id,
        name=names_of(person),
        achieved=achieved,
        why_not=why_not,
        certificate=earns and not held_back,
        held_back=held_back,
        unwritten=certificate_names.unwritten(person, local) if earns else (),
    )


def languages_of(trainees: Sequence[Trainee]) -> tuple[str, ...]:
    """The languages in whose script anybody's name is missing, in a fixed order."""
    missing = {language for one in trainees for language in one.unwritten}
    return tuple(language for language in LANGUAGES if language in missing)


def _trainers(ctx: Ctx, held: TrainingClass) -> tuple[int, ...]:
    """Lead and backup trainer, if they are of the roster and still serve."""
    ids = [held.trainer_id, held.backup_trainer_id]
    people = (
        select(Person.id)
        .join(Trainer, Trainer.person_id == Person.id)
        .where(Trainer.id.in_(ids), Person.active)
    )
    return tuple(ctx.session.scalars(people.order_by(Person.id)))


def _hr(ctx: Ctx, people: Sequence[Person]) -> tuple[int, ...]:
    """Everybody of HR in whose part one of these people serves."""
    units = {person.unit_id for person in people}
    found = {one for unit in units for one in access.people_with(ctx.session, Role.HR, unit)}
    return tuple(sorted(found))
