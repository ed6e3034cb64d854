"""The roster as the database has it, by staff number."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.imports.plan import table_of
from bot.models.people import Person

FIELDS = (
    "staff_no",
    "full_name",
    "names",
    "name_latin",
    "address_as",
    "rank",
    "unit_id",
    "position",
    "in_post_since",
    "grade",
    "supervisor_id",
    "acting_supervisor_id",
    "acting_until",
    "away_until",
    "gender",
    "phone",
    "language",
    "timezone",
    "hired_on",
    "retires_on",
    "active",
    "search",
)
PLACE = {name: place for place, name in enumerate(FIELDS)}


class Roster:
    """Everybody but guests by staff number: id, and the values of FIELDS in their order."""

    def __init__(self, session: Session) -> None:
        table = table_of(Person)
        columns = (table.c[name] for name in FIELDS)
        query = select(table.c.id, *columns).where(~table.c.guest)
        self.ids: dict[str, int] = {}
        self.values: dict[str, tuple[Any, ...]] = {}
        staff_no_of: dict[int, str] = {}
        for row in session.execute(query):
            self.ids[row[1]] = row[0]
            self.values[row[1]] = tuple(row[1:])
            staff_no_of[row[0]] = row[1]
        leader, active = PLACE["supervisor_id"], PLACE["active"]
        self.leader_of = {
            staff_no: staff_no_of.get(values[leader], "")
            for staff_no, values in self.values.items()
        }
        self.active = {staff_no: bool(v[active]) for staff_no, v in self.values.items()}

    def __contains__(self, staff_no: object) -> bool:
        return staff_no in self.ids

    @property
    def count_active(self) -> int:
        return sum(self.active.values())

    def value(self, staff_no: str, field: str) -> Any:
        """One value of somebody on the roster."""
        return self.values[staff_no][PLACE[field]]


def getter(fields: Sequence[str]) -> itemgetter[Any]:
    """A function that takes these fields, at least two, out of a roster row."""
    return itemgetter(*(PLACE[name] for name in fields))
