"""Which plan each row of a file is about: by the first day of its year, or by the year alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot.clock import FixedClock
from bot.context import SYSTEM, Ctx
from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.kinds import Records, World
from bot.imports.plan import temporary_id
from bot.models.planning import AnnualPlan
from bot.needs import years
from bot.planning.plans import EDITABLE

COLUMN = "plan_year"


@dataclass(frozen=True, slots=True)
class Plans:
    """The plan of each row, by id, and of each year; new ones are negative. `stored` are those
    that are there already.
    """

    by_row: Sequence[int]
    by_year: dict[dt.date, int]
    stored: Sequence[AnnualPlan]


def read(world: World, records: Records, found: Findings) -> list[dt.date | None]:
    """The first day of the plan year of each row; without one, that of the only plan that is
    being written. Refuses a day on which no plan year begins, and a file that names none.
    """
    given = records.values.get(COLUMN, [None] * len(records))
    only = _only_editable(world.session)
    meant: dict[object, dt.date | None] = {None: only}
    for one in set(given) - {None}:
        meant[one] = _first_day(world, one)
    for row, one in zip(records.rows, given, strict=True):
        if meant[one] is None:
            _refuse(found, row, records.heading(COLUMN), one)
    return [meant[one] for one in given]


def plans(
    session: Session, meant: Sequence[dt.date | None], records: Records, found: Findings
) -> Plans:
    """The plans of these years; refuses, once each, those that are out of the unit's hands."""
    wanted = sorted({year for year in meant if year is not None})
    stored = session.scalars(select(AnnualPlan).where(AnnualPlan.plan_year.in_(wanted))).all()
    by_year = {plan.plan_year: plan.id or 0 for plan in stored}
    new = [year for year in wanted if year not in by_year]
    by_year |= {year: temporary_id(place) for place, year in enumerate(new)}
    closed = {plan.plan_year for plan in stored if plan.state not in EDITABLE}
    for row, year in zip(records.rows, meant, strict=True):
        if year in closed:
            closed.remove(year)
            found.refuse(
                "plan-closed",
                _(
                    "The plan of {year} is submitted or approved, so that a file cannot change "
                    "it. Have it returned first, or add unscheduled training in the chat.",
                    year=years.label(year),
                ),
                row,
                records.heading(COLUMN),
            )
    return Plans([by_year.get(year, 0) if year else 0 for year in meant], by_year, stored)


def _first_day(world: World, given: object) -> dt.date | None:
    """The day itself if a plan year begins on it, or the first day of the one that begins in a
    year.
    """
    ctx = Ctx(world.session, FixedClock(world.now), SYSTEM, world.settings)
    if isinstance(given, dt.date):
        return given if years.plan_year(ctx, given) == given else None
    assert isinstance(given, int)
    return years.plan_year(ctx, dt.date(given, 12, 31))


def _only_editable(session: Session) -> dt.date | None:
    rows = session.scalars(
        select(AnnualPlan.plan_year).where(AnnualPlan.state.in_(EDITABLE))
    ).all()
    return rows[0] if len(rows) == 1 else None


def _refuse(found: Findings, row: int, heading: str, given: object) -> None:
    if given is None:
        found.refuse(
            "year-missing",
            _("Write of which plan year this is, such as 2027 or 2027-01-01."),
            row,
            heading,
        )
        return
    found.refuse(
        "year-unknown",
        _(
            "No plan year begins on {value}. Write its first day, or the year alone.",
            value=str(given),
        ),
        row,
        heading,
    )
