"""Where somebody stands: what their post requires, how they were rated last, what would help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.needs import CompetencyRating, NeedsRound, RatedBy, Topic
from bot.models.people import Person
from bot.models.training import Course
from bot.needs import competencies, positions
from bot.needs.matrix import Cell
from bot.needs.positions import RequiredLine
from bot.people import access
from bot.people.access_table import Action
from bot.training import catalogue
from bot.training.qualifications import next_classes
from bot.training.qualifications.next_classes import NextClass


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One competency that the post requires, with the latest ratings; `round_of` is the plan year
    of the round they are from.
    """

    required: RequiredLine
    cell: Cell
    round_of: dt.date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A person against what their post requires, the largest gap first."""

    person_id: int
    position: str
    lines: tuple[StandingLine, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """A course that teaches a competency, and the class that is nearest to the person."""

    course_id: int
    code: str
    title: Texts
    next_class: NextClass | None


@dataclass(frozen=True, slots=True)
class StandingCard:
    """One competency of somebody's post with the behaviour of each level, and what would help."""

    line: StandingLine
    behaviours: tuple[Texts, ...]
    courses: tuple[Help, ...]


def of_person(ctx: Ctx, person_id: int) -> Standing:
    """Where somebody stands, for themself and those who may read what they need."""
    _require(ctx, person_id)
    person = ctx.session.get_one(Person, person_id)
    required = positions.required(ctx.session, person.position) if person.position else []
    latest = _latest(ctx.session, person_id, [one.competency.id for one in required])
    lines = [_line(one, latest.get(one.competency.id, {})) for one in required]
    return Standing(person_id, person.position, tuple(sorted(lines, key=_urgency)))


def card(ctx: Ctx, person_id: int, competency_id: int) -> StandingCard:
    """One competency of somebody's post; refuses one that the post does not require."""
    found = of_person(ctx, person_id)
    line = next((one for one in found.lines if one.required.competency.id == competency_id), None)
    if line is None:
        raise Refusal(_("Your post does not require this competency any more."))
    behaviours = competencies.described(ctx.session, competency_id).behaviours
    return StandingCard(line, behaviours, _courses(ctx, person_id, competency_id))


def _require(ctx: Ctx, person_id: int) -> None:
    if person_id != ctx.actor.person_id:
        access.require(ctx, Action.READ_NEEDS, person_id)


def _latest(
    session: Session, person_id: int, competency_ids: Collection[int]
) -> dict[int, dict[RatedBy, tuple[int, dt.date]]]:
    """The newest rating of each competency by each side, with its plan year."""
    rows = session.execute(
        select(
            CompetencyRating.competency_id,
            CompetencyRating.source,
            CompetencyRating.level,
            NeedsRound.plan_year,
        )
        .join(NeedsRound, NeedsRound.id == CompetencyRating.round_id)
        .where(
            CompetencyRating.person_id == person_id,
            CompetencyRating.competency_id.in_(competency_ids),
        )
        .order_by(NeedsRound.plan_year)
    )
    found: dict[int, dict[RatedBy, tuple[int, dt.date]]] = {}
    for competency_id, source, level, plan_year in rows:
        found.setdefault(competency_id, {})[source] = (level, plan_year)
    return found


def _line(required: RequiredLine, rated: Mapping[RatedBy, tuple[int, dt.date]]) -> StandingLine:
    own, others = rated.get(RatedBy.SELF), rated.get(RatedBy.SUPERVISOR)
    cell = Cell(
        required.level,
        required.importance,
        own[0] if own is not None else None,
        others[0] if others is not None else None,
    )
    return StandingLine(required, cell, others[1] if others is not None else None)


def _urgency(line: StandingLine) -> tuple[int, int, str]:
    return -(line.cell.gap or 0), -line.cell.importance, line.required.competency.code


def _courses(ctx: Ctx, person_id: int, competency_id: int) -> tuple[Help, ...]:
    """Courses of the topics that the unit tied to the competency."""
    taught = select(Topic.course_id).where(Topic.competency_id == competency_id, Topic.active)
    rows = ctx.session.scalars(
        select(Course).where(Course.id.in_(taught)).order_by(Course.code)
    ).all()
    ids = [row.id for row in rows if row.id is not None]
    classes = next_classes.next_of(ctx, person_id, ids) if ids else {}
    return tuple(
        Help(row.id, row.code, catalogue.title_of(row), classes.get(row.id))
        for row in rows
        if row.id is not None
    )
