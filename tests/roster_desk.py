"""A desk where one file of people after the other is imported."""

from __future__ import annotations

from sqlalchemy import select, update

import bot.people.roster_import  # noqa: F401  (registers the kind)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.imports import Applied, Report
from bot.models.people import Person, Posting, Unit

ROSTER = """staff_no,full_name,unit,directorate,position,supervisor_staff_no,in_post_since
00001,Dara Sok,Meru Port,Border,Chief,,2025-01-06
00002,Vuth Chan,Meru Port,Border,Inspector,00001,
00003,Bopha Keo,Sila Post,Border,Inspector,00001,2099-01-01
00004,Rith Nov,Sila Post,Border,Inspector,00003,
"""


class Desk:
    """Somebody at the desk who imports one file after the other."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings

    def check(self, table: str, *, rehearsal: bool = False) -> Report:
        return imports.check(
            self.database,
            self.clock,
            self.settings,
            "people",
            "people.csv",
            table.encode(),
            rehearsal=rehearsal,
        )

    def apply(self, report: Report, *, yes: bool = True) -> Applied:
        assert report.run_id is not None
        return imports.apply(
            self.database, self.clock, self.settings, report.run_id, SYSTEM, yes=yes
        )

    def take(self, table: str) -> Applied:
        return self.apply(self.check(table))

    def undo(self, run_id: int) -> Applied:
        with self.database.transaction() as session:
            return imports.undo(Ctx(session, self.clock, SYSTEM, self.settings), run_id)

    def export(self) -> bytes:
        with self.database.transaction(readonly=True) as session:
            return imports.export(session, "people", "people.csv")

    def postings(self, staff_no: str) -> list[tuple[object, ...]]:
        """Unit, position, from and until of somebody's postings, the oldest first."""
        with self.database.transaction(readonly=True) as session:
            query = (
                select(Unit.name, Posting.position, Posting.from_on, Posting.until_on)
                .join(Unit, Unit.id == Posting.unit_id)
                .join(Person, Person.id == Posting.person_id)
                .where(Person.staff_no == staff_no)
                .order_by(Posting.id)
            )
            return [tuple(row) for row in session.execute(query)]

    def edit(self, staff_no: str, **values: str) -> None:
        """Change columns of one person behind the import's back."""
        with self.database.transaction() as session:
            session.execute(update(Person).where(Person.staff_no == staff_no).values(**values))
