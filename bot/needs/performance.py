"""Evidence beside wishes: poor appraisals and errors counted, of a person or an office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, Words, _
from bot.models.needs import Competency, NeedsRound, PerformanceFigure, PerformanceKind
from bot.models.people import Unit
from bot.needs import analysis, competencies, rounds
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action

MOST_COUNT, LONGEST, MOST_LINES = 100_000, 500, 50
KIND_WORDS: Mapping[PerformanceKind, Text] = {
    PerformanceKind.APPRAISAL: _("Poor appraisals"),
    PerformanceKind.ERRORS: _("Errors"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: of whom, about which competency, how many."""

    id: int
    kind: PerformanceKind
    whose: Words
    competency: Texts
    count: int
    remark: str


def note(ctx: Ctx, typed: Mapping[str, Any]) -> FigureLine:
    """Keep a figure for the open survey, else for the newest one; it takes the place of one of
    the same kind, of the same person or office, about the same competency.

    Refuses people and offices out of reach, both or neither, and a number that is none.
    """
    access.require(ctx, Action.NOTE_PERFORMANCE)
    current = rounds.require_latest(ctx.session)
    person_id, unit_id = _whose(ctx, typed)
    competency_id = _competency(ctx, str(typed.get("competency") or ""))
    kind = PerformanceKind(str(typed["kind"]))
    row = _row(ctx, current, kind, (person_id, unit_id), competency_id)
    row.count, row.remark = _count(typed), str(typed.get("remark") or "").strip()[:LONGEST]
    row.noted_by, row.noted_at = ctx.actor.person_id, ctx.now()
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "performance.noted", "performance_figure", row.id, count=row.count)
    return _line(ctx, row)


def lines(ctx: Ctx, start: int = 0, most: int = MOST_LINES) -> list[FigureLine]:
    """The figures of the open survey, else of the newest, within reach; the newest first, those
    from `start` on.
    """
    access.require(ctx, Action.NOTE_PERFORMANCE)
    found = select(PerformanceFigure).where(_shown(ctx))
    query = found.order_by(PerformanceFigure.id.desc()).offset(start).limit(most)
    return [_line(ctx, row) for row in ctx.session.scalars(query).all()]


def count(ctx: Ctx) -> int:
    """How many figures there are for `lines`."""
    access.require(ctx, Action.NOTE_PERFORMANCE)
    query = select(func.count()).select_from(PerformanceFigure).where(_shown(ctx))
    return int(ctx.session.execute(query).scalar_one())


def take_out(ctx: Ctx, figure_id: int) -> None:
    """Forget a figure; refuses one that is out of reach."""
    row = ctx.session.get(PerformanceFigure, figure_id)
    if row is None:
        access.require(ctx, Action.NOTE_PERFORMANCE)
        raise Refusal(_("This figure is not there any more."))
    _require_reach(ctx, row.person_id, row.unit_id)
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "performance.out", "performance_figure", figure_id)


def find_competencies(ctx: Ctx, query: str, most: int) -> list[tuple[str, Words]]:
    """Competencies in use by a part of code or name; their codes are stored."""
    access.require(ctx, Action.NOTE_PERFORMANCE)
    rows = ctx.session.scalars(select(Competency).where(Competency.active))
    wanted = query.casefold().strip()
    found: list[tuple[str, Words]] = [
        (row.code, competencies.name_of(row))
        for row in rows
        if wanted in " ".join((row.code, row.name, *row.names.values())).casefold()
    ]
    return sorted(found, key=lambda one: one[0])[:most]


def _shown(ctx: Ctx) -> ColumnElement[bool]:
    current = rounds.latest(ctx.session)
    of_round = PerformanceFigure.round_id == (current.id if current is not None else None)
    return of_round & analysis.about_within(ctx, PerformanceFigure, Action.NOTE_PERFORMANCE)


def _whose(ctx: Ctx, typed: Mapping[str, Any]) -> tuple[int | None, int | None]:
    person, unit = (str(typed.get(name) or "") for name in ("person", "unit"))
    if person:
        person_id = directory.find_staff_no(ctx.session, person)
        if person_id is None:
            raise Refusal(_("This person is not on the roster any more. Choose somebody else."))
        _require_reach(ctx, person_id, None)
        return person_id, None
    unit_id = directory.find_office(ctx.session, unit) if unit else None
    if unit_id is None:
        raise Refusal(_("There is no office “{name}”. Choose one from the list.", name=unit))
    _require_reach(ctx, None, unit_id)
    return None, unit_id


def _require_reach(ctx: Ctx, person_id: int | None, unit_id: int | None) -> None:
    access.require(ctx, Action.NOTE_PERFORMANCE, person_id)
    units = reach.units_within(ctx, Action.NOTE_PERFORMANCE)
    if person_id is None and units is not None and unit_id not in units:
        raise OutOfReach(Action.NOTE_PERFORMANCE, unit_id, "unit")


def _competency(ctx: Ctx, code: str) -> int:
    found = competencies.codes(ctx.session).get(code)
    if found is None:
        raise Refusal(_("There is no competency {code}. Choose one from the list.", code=code))
    return found


def _count(typed: Mapping[str, Any]) -> int:
    text = str(typed.get("count") or "").strip()
    if not text.isdecimal() or not 1 <= int(text) <= MOST_COUNT:
        raise Refusal(_("Give a whole number from {low} to {high}.", low=1, high=MOST_COUNT))
    return int(text)


def _row(
    ctx: Ctx,
    current: NeedsRound,
    kind: PerformanceKind,
    whose: tuple[int | None, int | None],
    competency_id: int,
) -> PerformanceFigure:
    person_id, unit_id = whose
    of_person = PerformanceFigure.person_id.is_not_distinct_from(person_id)
    of_unit = PerformanceFigure.unit_id.is_not_distinct_from(unit_id)
    known = ctx.session.scalars(
        select(PerformanceFigure).where(
            PerformanceFigure.round_id == current.id,
            PerformanceFigure.kind == kind,
            PerformanceFigure.competency_id == competency_id,
            of_person,
            of_unit,
        )
    ).first()
    assert current.id is not None
    return known or PerformanceFigure(
        round_id=current.id,
        kind=kind,
        person_id=person_id,
        unit_id=unit_id,
        competency_id=competency_id,
        noted_at=ctx.now(),
    )


def _line(ctx: Ctx, row: PerformanceFigure) -> FigureLine:
    assert row.id is not None
    whose: Words
    if row.person_id is not None:
        whose = directory.name_of(ctx.session, row.person_id)
    else:
        whose = ctx.session.get_one(Unit, row.unit_id).path
    name = competencies.name_of(competencies.row_of(ctx.session, row.competency_id))
    return FigureLine(row.id, row.kind, whose, name, row.count, row.remark)
