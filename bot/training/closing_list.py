"""The list of a closed class for HR: what became of everybody within the reader's part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, Words, _
from bot.models.people import Person, Unit
from bot.models.records import Certificate
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import catalogue, closing_preview
from bot.training.closing_preview import Trainee
from bot.training.states import HELD


@dataclass(frozen=True, slots=True)
class ListedTrainee:
    """One person: `share` is the part of the days they were there, `marks` in percent by test."""

    staff_no: str
    name: str
    name_latin: str
    rank: str
    unit: str
    state: EnrolmentState
    share: float | None
    marks: Mapping[str, float]
    completed_on: dt.date | None
    certificate: str
    why_not: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ClassList:
    """A closed class and its people, by name."""

    code: str
    title: Texts
    first: dt.date | None
    last: dt.date | None
    people: tuple[ListedTrainee, ...]

    @property
    def completed(self) -> int:
        return sum(one.completed_on is not None for one in self.people)


def read(ctx: Ctx, class_id: int) -> ClassList:
    """The list for whoever keeps the roster of any of its people; refuses all others, and a
    class that is open.
    """
    access.require(ctx, Action.EDIT_PEOPLE)
    held = ctx.session.get(TrainingClass, class_id)
    rows = ctx.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.class_id == class_id,
            Enrolment.state.in_(HELD),
            reach.within(ctx, Action.EDIT_PEOPLE),
        )
        .order_by(Person.full_name, Person.id)
    ).all()
    if held is None or not rows:
        raise OutOfReach(Action.EDIT_PEOPLE, class_id, "class")
    if held.closed_at is None:
        raise Refusal(_("This class has not been closed yet."))
    card = catalogue.card(ctx, class_id)
    units = dict(ctx.session.execute(select(Unit.id, Unit.path)).all())
    numbers = _certificate_numbers(ctx, class_id)
    people = tuple(
        _listed(row, person, units[person.unit_id], numbers.get(row.id, ""), trainee)
        for (row, person), trainee in zip(
            rows, closing_preview.assess(ctx, held, [tuple(one) for one in rows]), strict=True
        )
    )
    return ClassList(held.code, card.title, held.starts_on, held.ends_on, people)


def _listed(
    row: Enrolment, person: Person, unit: str, certificate: str, trainee: Trainee
) -> ListedTrainee:
    return ListedTrainee(
        staff_no=person.staff_no,
        name=person.full_name,
        name_latin=person.name_latin,
        rank=person.rank,
        unit=unit,
        state=row.state,
        share=trainee.achieved.share,
        marks=trainee.achieved.marks or {},
        completed_on=row.completed_on,
        certificate=certificate,
        why_not=() if row.completed_on else trainee.why_not,
    )


def _certificate_numbers(ctx: Ctx, class_id: int) -> dict[int | None, str]:
    rows = ctx.session.execute(
        select(Certificate.enrolment_id, Certificate.number)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .where(Enrolment.class_id == class_id, Certificate.revoked_at.is_(None))
    )
    return dict(rows.all())
