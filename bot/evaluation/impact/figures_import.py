"""The import of figures: what an indicator was in a month: of an office, a person, or of all."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.evaluation.impact.periods import month_of
from bot.evaluation.impact.typed import LARGEST
from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.cells import Cell
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.impact import Indicator, IndicatorValue
from bot.models.people import Person, Unit
from bot.models.training import Course
from bot.training.imports import references

MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
NO_COURSE = _("There is no course {code}. Import the course first, or correct the code.")
NO_INDICATOR = _("The course has no indicator {code}. Make it in the chat first, or correct it.")
NO_PERSON = _("Nobody has the staff number {code}. Import the person first, or correct it.")
NO_UNIT = _("There is no office {code}, or several have that name. Write its whole path.")
BOTH = _("Give an office or a staff number, not both.")
TO_COME = _("This month has not come yet. Correct it.")
DEFAULTS: Values = {"unit_id": None, "person_id": None, "noted_by": None}
NAMED = ("indicator_id", "month", "unit_id", "person_id")


def month(cell: Cell) -> dt.date:
    """A month as 2026-03, or any day of it; the first day of the month."""
    text = cells.text(cell)
    found = MONTH.fullmatch(text)
    return month_of(cells.date(f"{text}-01" if found else cell))


COLUMNS = (
    Column("course_code", cells.key, starred=True),
    Column("indicator", cells.key, starred=True),
    Column("month", month, starred=True, blank=None),
    Column("unit", cells.name),
    Column("staff_no", cells.key, numbered=True),
    Column("figure", cells.number(-LARGEST, LARGEST), starred=True, blank=None),
)


def plan_figures(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; figures that it does not name stay.

    Refuses what names nothing, months to come, and a figure given twice.
    """
    session = world.session
    courses = references.course_ids(session)
    course_ids = references.starred_ids(records, "course_code", courses, NO_COURSE, found)
    fields: dict[str, list[Any]] = {
        "indicator_id": _indicators(session, records, course_ids, found),
        "month": records.values["month"],
        "unit_id": _units(session, records, found),
        "person_id": _people(session, records, found),
        "figure": records.values["figure"],
    }
    _refuse_months_to_come(records, month_of(world.today), found)
    _refuse_both(records, fields, found)
    _refuse_doubles(records, fields, found)
    return plan_rows(session, _rules(world, session), fields)


def _indicators(
    session: Session, records: Records, course_ids: list[int], found: Findings
) -> list[int]:
    query = select(Indicator.course_id, Indicator.code, Indicator.id)
    known = {(course_id, code): one for course_id, code, one in session.execute(query)}
    ids = []
    for row, course_id, code in zip(
        records.rows, course_ids, records.values["indicator"], strict=True
    ):
        ids.append(known.get((course_id, code), 0))
        if course_id and code and not ids[-1]:
            sentence = Text(NO_INDICATOR.msgid, (("code", code),))
            found.refuse("key-unknown", sentence, row, records.heading("indicator"))
    return ids


def _units(session: Session, records: Records, found: Findings) -> list[int | None]:
    """Offices by path, or by a name that only one of them has; a strange one blocks the file, for
    a blank would make its figure that of the whole administration.
    """
    names: dict[str, list[int]] = defaultdict(list)
    for unit_id, name, path in session.execute(select(Unit.id, Unit.name, Unit.path)):
        for spelling in {name, path}:
            names[spelling].append(unit_id)
    known = {name: ids[0] for name, ids in names.items() if len(ids) == 1}
    return _named(records, "unit", known, NO_UNIT, found)


def _people(session: Session, records: Records, found: Findings) -> list[int | None]:
    return _named(records, "staff_no", references.people_ids(session), NO_PERSON, found)


def _named(
    records: Records, column: str, known: dict[str, int], unknown: Text, found: Findings
) -> list[int | None]:
    """The ids of what a column names, None where it names nothing; a strange code blocks."""
    if column not in records:
        return [None] * len(records)
    return [one or None for one in references.starred_ids(records, column, known, unknown, found)]


def _refuse_months_to_come(records: Records, this_month: dt.date, found: Findings) -> None:
    for row, day in zip(records.rows, records.values["month"], strict=True):
        if day is not None and day > this_month:
            found.refuse("day-to-come", TO_COME, row, records.heading("month"))


def _refuse_both(records: Records, fields: dict[str, list[Any]], found: Findings) -> None:
    for row, unit_id, person_id in zip(
        records.rows, fields["unit_id"], fields["person_id"], strict=True
    ):
        if unit_id is not None and person_id is not None:
            found.refuse("office-and-person", BOTH, row, records.heading("unit"))


def _refuse_doubles(records: Records, fields: dict[str, list[Any]], found: Findings) -> None:
    """Whoever it is of has one figure a month."""
    rows: dict[tuple[Any, ...], int] = {}
    for row, *values in zip(records.rows, *(fields[name] for name in NAMED), strict=True):
        first = rows.setdefault(tuple(values), row)
        if first != row and values[0]:
            sentence = _(
                "The same figure stands in row {row} already. Delete one of the two rows.",
                row=str(first),
            )
            found.refuse("figure-doubled", sentence, row, records.heading("month"))


def _rules(world: World, session: Session) -> RowRules:
    codes = dict(session.execute(select(Indicator.id, Indicator.code)).all())

    def name(values: Values) -> str:
        return f"{codes.get(values['indicator_id'], '')} {str(values['month'])[:7]}"

    return RowRules(
        table=table_of(IndicatorValue),
        key=NAMED,
        defaults=DEFAULTS,
        name=name,
        stamps={"noted_at": world.now, "noted_by": None},
        expects=lambda _values: False,
    )


def export_figures(session: Session) -> Exported:
    """Every figure, by course, indicator and month."""
    query = (
        select(
            Course.code,
            Indicator.code,
            IndicatorValue.month,
            Unit.path,
            Person.staff_no,
            IndicatorValue.figure,
        )
        .join(Indicator, Indicator.id == IndicatorValue.indicator_id)
        .join(Course, Course.id == Indicator.course_id)
        .outerjoin(Unit, Unit.id == IndicatorValue.unit_id)
        .outerjoin(Person, Person.id == IndicatorValue.person_id)
        .order_by(Course.code, Indicator.code, IndicatorValue.month, Unit.path, Person.staff_no)
    )
    rows = (
        [course, code, f"{day:%Y-%m}", unit or "", staff_no or "", figure]
        for course, code, day, unit, staff_no, figure in session.execute(query)
    )
    return Exported(tuple(column.name for column in COLUMNS), rows)


FIGURES = register(Kind("indicators", COLUMNS, (), plan_figures, export_figures))
