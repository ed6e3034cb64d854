"""People of an office against the curricula that concern them: who has what, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import func, select

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.people import Person, Unit
from bot.models.qualifications import Curriculum, CurriculumAssignment, Qualification
from bot.people import access, directory, own_days, reach
from bot.people.access_table import Action
from bot.people.directory import UnitCard
from bot.training.qualifications import curriculum_cards
from bot.training.qualifications.figures import visible
from bot.training.qualifications.marks import Held, Mark, mark_of

MOST_PEOPLE = 1500
Cells: TypeAlias = dict[tuple[int, int], Held]


@dataclass(frozen=True, slots=True)
class CurriculumColumn:
    """A curriculum that somebody in the office holds, held or is to earn."""

    id: int
    code: str
    title: Texts


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with one cell a column; None where the curriculum does not concern them."""

    id: int
    staff_no: str
    name: Texts
    position: str
    unit: str
    cells: tuple[Held | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """An office and everything that belongs to it, people by name, curricula by code."""

    office: UnitCard
    columns: tuple[CurriculumColumn, ...]
    rows: tuple[PersonRow, ...]


def of_office(ctx: Ctx, unit_id: int) -> Matrix:
    """The matrix of an office, of the people within the actor's reach.

    Refuses an office with nobody whom the actor may see, one with too many for a page, and one
    that no curriculum concerns.
    """
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    if ctx.session.get(Unit, unit_id) is None:
        raise Refusal(_("This office is not there any more."))
    people = _people(ctx, unit_id)
    cells = _cells(ctx, people)
    columns = _columns(ctx, {curriculum_id for _person, curriculum_id in cells})
    if not columns:
        raise Refusal(_("No qualification is held or required in this office yet."))
    return Matrix(
        directory.office(ctx.session, unit_id), columns, _rows(ctx, people, columns, cells)
    )


def offices(ctx: Ctx, typed: str = "") -> list[UnitCard]:
    """The offices that the actor may look at, by a part of their path."""
    return directory.find_offices(ctx, typed, Action.SEE_QUALIFICATIONS)


def _people(ctx: Ctx, unit_id: int) -> Sequence[Person]:
    below = Person.unit_id.in_(reach.units_below(ctx.session, {unit_id}))
    count = ctx.session.execute(
        select(func.count()).select_from(Person).where(below, visible(ctx))
    ).scalar_one()
    if not count:
        raise _nobody(ctx, unit_id)
    if count > MOST_PEOPLE:
        raise Refusal(
            _(
                "{count} people are too many for one table, which holds {most}. Choose an office "
                "within this one.",
                count=count,
                most=MOST_PEOPLE,
            )
        )
    query = select(Person).where(below, visible(ctx)).order_by(Person.full_name, Person.id)
    return ctx.session.scalars(query).all()


def _nobody(ctx: Ctx, unit_id: int) -> Refusal:
    """For an office that is empty, or out of the actor's reach: then the audit has it."""
    sentence = _("There is nobody in this office whose qualifications you may see.")
    within = reach.units_within(ctx, Action.SEE_QUALIFICATIONS)
    if within is None or unit_id in within:
        return Refusal(sentence)
    return access.OutOfReach(Action.SEE_QUALIFICATIONS, unit_id, "unit", sentence)


def _cells(ctx: Ctx, people: Sequence[Person]) -> Cells:
    """What each person holds on the day it is where they live, and what they are to earn and
    have not.
    """
    zones = {person.id: person.timezone for person in people if person.id is not None}
    person_ids = list(zones)
    due: dict[tuple[int, int], CurriculumAssignment] = {}
    for one in ctx.session.scalars(
        select(CurriculumAssignment)
        .where(
            CurriculumAssignment.person_id.in_(person_ids),
            CurriculumAssignment.ended_at.is_(None),
        )
        .order_by(CurriculumAssignment.due_on.is_(None).desc(), CurriculumAssignment.due_on.desc())
    ):
        due[one.person_id, one.curriculum_id] = one  # the earliest day is written last
    cells = {place: Held(Mark.OPEN, one.due_on, required=True) for place, one in due.items()}
    today_in, back = own_days.by_zone(ctx), policy.value(ctx.session, "return_days")
    for held in ctx.session.scalars(
        select(Qualification).where(
            Qualification.person_id.in_(person_ids), Qualification.withdrawn_at.is_(None)
        )
    ):
        if not held.current:  # asked of the database, it would go through everybody's by its index
            continue
        place = held.person_id, held.curriculum_id
        mark = mark_of(held, today_in(zones[held.person_id]), back)
        cells[place] = Held(mark, held.expires_on, required=place in due)
    return cells


def _columns(ctx: Ctx, curriculum_ids: Iterable[int]) -> tuple[CurriculumColumn, ...]:
    rows = ctx.session.scalars(
        select(Curriculum).where(Curriculum.id.in_(curriculum_ids)).order_by(Curriculum.code)
    )
    return tuple(
        CurriculumColumn(row.id, row.code, curriculum_cards.title_of(row))
        for row in rows
        if row.id is not None
    )


def _rows(
    ctx: Ctx, people: Sequence[Person], columns: Sequence[CurriculumColumn], cells: Cells
) -> tuple[PersonRow, ...]:
    units = {unit.id: unit.name for unit in ctx.session.scalars(select(Unit))}
    return tuple(
        PersonRow(
            id=person.id,
            staff_no=person.staff_no,
            name=directory.names_of(person),
            position=person.position,
            unit=units[person.unit_id],
            cells=tuple(cells.get((person.id, column.id)) for column in columns),
        )
        for person in people
        if person.id is not None
    )
