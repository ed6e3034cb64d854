"""The import of figures of performance: what HR or a database counted, of people or offices."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.cells import Cell
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.needs import Competency, PerformanceFigure, PerformanceKind
from bot.models.people import Person, Unit
from bot.needs import competencies, rounds
from bot.needs.performance import LONGEST, MOST_COUNT
from bot.training.imports import references

NO_ROUND = _("No survey of needs has been planned yet. Plan one in the chat first.")
NO_COMPETENCY = _("There is no competency {code}. Make it first, or correct the code.")
NO_PERSON = _("Nobody has the staff number {code}. Import the person first, or correct it.")
NO_UNIT = _("There is no office {code}, or several have that name. Write its whole path.")
ONE_OF_BOTH = _("Give an office or a staff number: one of the two, not both.")
NAMED = ("round_id", "kind", "person_id", "unit_id", "competency_id")


def remark(cell: Cell) -> str:
    """Words of any length, cut to what is kept."""
    return cells.text(cell)[:LONGEST]


COLUMNS = (
    Column("kind", cells.one_of(PerformanceKind), starred=True, blank=None),
    Column("staff_no", cells.key, numbered=True),
    Column("unit", cells.name),
    Column("competency", cells.key, starred=True),
    Column("count", cells.whole_number(1, MOST_COUNT), blank=1),
    Column("remark", remark),
)


def plan_performance(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change in the open survey, else in the newest; other figures stay.

    Refuses what names nothing, a person and an office at once, and the same figure twice.
    """
    session = world.session
    current = rounds.latest(session)
    if current is None:
        found.refuse("no-survey", NO_ROUND)
    known = competencies.codes(session)
    size = len(records)
    fields: dict[str, list[Any]] = {
        "round_id": [current.id if current is not None else 0] * size,
        "kind": records.values["kind"],
        "person_id": _ids(records, "staff_no", references.people_ids(session), NO_PERSON, found),
        "unit_id": _ids(records, "unit", _units(session), NO_UNIT, found),
        "competency_id": references.starred_ids(
            records, "competency", known, NO_COMPETENCY, found
        ),
        "count": records.values.get("count", [1] * size),
        "remark": records.values.get("remark", [""] * size),
    }
    _refuse_both(records, found)
    _refuse_doubles(records, fields, found)
    return plan_rows(session, _rules(world), fields)


def _units(session: Session) -> dict[str, int]:
    """Offices by path, and by a name that only one of them has."""
    names: dict[str, set[int]] = defaultdict(set)
    for unit_id, name, path in session.execute(select(Unit.id, Unit.name, Unit.path)):
        names[name].add(unit_id)
        names[path].add(unit_id)
    return {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}


def _ids(
    records: Records, column: str, known: dict[str, int], unknown: Text, found: Findings
) -> list[int | None]:
    codes = records.values.get(column, [""] * len(records))
    for row, code in zip(records.rows, codes, strict=True):
        if code and code not in known:
            sentence = Text(unknown.msgid, (("code", code),))
            found.refuse("key-unknown", sentence, row, records.heading(column))
    return [known.get(code) if code else None for code in codes]


def _refuse_both(records: Records, found: Findings) -> None:
    written = [records.values.get(name, [""] * len(records)) for name in ("staff_no", "unit")]
    for row, staff_no, unit in zip(records.rows, *written, strict=True):
        if bool(staff_no) == bool(unit):
            found.refuse("one-of-both", ONE_OF_BOTH, row, records.heading("staff_no"))


def _refuse_doubles(records: Records, fields: dict[str, list[Any]], found: Findings) -> None:
    rows: dict[tuple[Any, ...], int] = {}
    for row, *values in zip(records.rows, *(fields[name] for name in NAMED), strict=True):
        first = rows.setdefault(tuple(values), row)
        if first != row and values[-1] and any(values[2:4]):
            sentence = _(
                "The same figure stands in row {row} already. Delete one of the two rows.",
                row=str(first),
            )
            found.refuse("figure-doubled", sentence, row, records.heading("competency"))


def _rules(world: World) -> RowRules:
    codes = dict(world.session.execute(select(Competency.id, Competency.code)).all())

    def name(values: Values) -> str:
        return f"{codes.get(values['competency_id'], '')} {values['kind']}"

    return RowRules(
        table=table_of(PerformanceFigure),
        key=NAMED,
        defaults={"noted_by": None},
        name=name,
        stamps={"noted_at": world.now, "noted_by": None},
        expects=lambda _values: False,
    )


def export_performance(session: Session) -> Exported:
    """The figures of the open survey, else of the newest."""
    current = rounds.latest(session)
    query = (
        select(
            PerformanceFigure.kind,
            Person.staff_no,
            Unit.path,
            Competency.code,
            PerformanceFigure.count,
            PerformanceFigure.remark,
        )
        .join(Competency, Competency.id == PerformanceFigure.competency_id)
        .outerjoin(Person, Person.id == PerformanceFigure.person_id)
        .outerjoin(Unit, Unit.id == PerformanceFigure.unit_id)
        .where(PerformanceFigure.round_id == (current.id if current is not None else None))
        .order_by(Competency.code, PerformanceFigure.kind, Person.staff_no, Unit.path)
    )
    rows = (
        [kind.value, staff_no or "", unit or "", code, count, said]
        for kind, staff_no, unit, code, count, said in session.execute(query)
    )
    return Exported(tuple(column.name for column in COLUMNS), rows)


PERFORMANCE = register(Kind("performance", COLUMNS, (), plan_performance, export_performance))
