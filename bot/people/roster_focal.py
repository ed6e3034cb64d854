"""Focal points as a roster lists them: those of the file are what it says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports.findings import BadValue, Findings
from bot.imports.kinds import Records
from bot.imports.plan import Deletes, Inserts, Plan, table_of
from bot.models.people import FocalPoint
from bot.people.roster_units import UnitBook

COLUMNS = ("person_id", "unit_id")


def note_focal_points(
    plan: Plan,
    session: Session,
    records: Records,
    ids: Mapping[str, int],
    units: UnitBook,
    found: Findings,
) -> None:
    """Add what the column focal_for changes; people outside the file keep their offices."""
    added = Inserts(table_of(FocalPoint), COLUMNS)
    dropped = Deletes(table_of(FocalPoint), COLUMNS)
    now = _now(session)
    listed = zip(
        records.rows, records.values["staff_no"], records.values["focal_for"], strict=True
    )
    for row, staff_no, names in listed:
        if not names and not now:
            continue
        had = now.get(ids.get(staff_no, 0), frozenset())
        if not names and not had:
            continue
        wanted = _units(names, row, records.heading("focal_for"), units, found)
        person_id = ids.get(staff_no, 0)
        added.rows.extend([person_id, unit_id] for unit_id in wanted if unit_id not in had)
        dropped.rows.extend([person_id, unit_id] for unit_id in sorted(had - set(wanted)))
    plan.inserts.append(added)
    plan.deletes.append(dropped)


def _now(session: Session) -> dict[int, frozenset[int]]:
    """The units of every focal point, by person."""
    now: dict[int, set[int]] = {}
    for person_id, unit_id in session.execute(select(FocalPoint.person_id, FocalPoint.unit_id)):
        now.setdefault(person_id, set()).add(unit_id)
    return {person_id: frozenset(units) for person_id, units in now.items()}


def _units(
    names: tuple[str, ...], row: int, heading: str, units: UnitBook, found: Findings
) -> list[int]:
    """The units of these names; one that names none, or more than one, is left out."""
    wanted: dict[int, None] = {}
    for name in names:
        try:
            wanted[units.find(name)] = None
        except BadValue as error:
            said = _("{problem} It is left out here.", problem=error.sentence)
            found.warn(error.code, said, row, heading)
    return list(wanted)
