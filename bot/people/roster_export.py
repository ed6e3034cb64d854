"""The roster as a file that the import of people takes back without a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from babel import Locale
from sqlalchemy import select
from sqlmodel import Session

from bot.imports.kinds import Exported
from bot.models.people import FocalPoint, Unit
from bot.people.roster_known import Roster
from bot.people.roster_units import written

SAME = ("name_latin", "address_as", "rank")
SAME_TOO = ("gender", "phone", "language", "timezone", "hired_on", "retires_on", "active")
HEADINGS = (
    "staff_no",
    "full_name",
    *SAME,
    "unit",
    "position",
    "in_post_since",
    "grade",
    "supervisor_staff_no",
    "acting_supervisor_staff_no",
    "acting_until",
    "away_until",
    "focal_for",
    *SAME_TOO,
)


def export_people(session: Session) -> Exported:
    """Everybody, leavers too; units are given by path."""
    roster = Roster(session)
    languages = sorted(
        {code for staff_no in roster.ids for code in roster.value(staff_no, "names")}
    )
    translated = [
        f"full_name::{Locale(code).get_language_name('en')} ({code})" for code in languages
    ]
    return Exported((*HEADINGS, *translated), _rows(session, roster, languages))


def _rows(session: Session, roster: Roster, languages: list[str]) -> Iterator[list[object]]:
    paths = _paths(session)
    staff_no_of = {row_id: staff_no for staff_no, row_id in roster.ids.items()}
    focal: dict[int, list[str]] = {}
    for person_id, unit_id in session.execute(select(FocalPoint.person_id, FocalPoint.unit_id)):
        focal.setdefault(person_id, []).append(paths[unit_id])
    for staff_no, row_id in sorted(roster.ids.items(), key=itemgetter(1)):

        def get(field: str, staff_no: str = staff_no) -> Any:
            return roster.value(staff_no, field)

        yield [
            staff_no,
            get("full_name"),
            *map(get, SAME),
            paths[get("unit_id")],
            get("position"),
            get("in_post_since"),
            get("grade"),
            staff_no_of.get(get("supervisor_id"), ""),
            staff_no_of.get(get("acting_supervisor_id"), ""),
            get("acting_until"),
            get("away_until"),
            ";".join(sorted(focal.get(row_id, ()))),
            *map(get, SAME_TOO),
            *(roster.value(staff_no, "names").get(c, "") for c in languages),
        ]


def _paths(session: Session) -> dict[int, str]:
    """The path of every unit, written so that it can mean no other."""
    units = session.execute(select(Unit.id, Unit.name, Unit.path)).all()
    named = Counter(name.casefold() for _id, name, _path in units)
    return {
        unit_id: written(path) if named[name.casefold()] > 1 else path
        for unit_id, name, path in units
    }
