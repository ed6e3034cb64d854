"""The administration that every file of the table is sent to: twenty officers, two courses."""

from __future__ import annotations

from bot import imports
from bot.clock import Clock
from bot.config import Settings
from bot.context import SYSTEM
from bot.db import Database

HEAD, DEPUTY = "00101", "00102"
PORT, POST = "North/Border/Meru Port", "North/Border/Sila Post"
OTHER_POST = "South/Air/Sila Post"


def people() -> str:
    """Twenty officers at three units; two units share a name."""
    lines = ["staff_no,full_name,unit,position,supervisor_staff_no,phone"]
    for number in range(101, 121):
        unit = (PORT, POST, OTHER_POST)[number % 3]
        leader = "" if number == 101 else HEAD if number <= 110 else DEPUTY
        lines.append(f"00{number},Officer {number},{unit},Inspector,{leader},0123456{number}")
    return "\n".join(lines)


COURSES = "code,title,hours\nHS-1,Harmonized System,12\nVAL-1,Customs Valuation,6\n"
CLASSES = (
    "class_code,course_code,starts_on,ends_on,seats,trainer\n"
    "HS-26A,HS-1,2026-04-06,2026-04-10,20,00103\n"
    "VAL-26A,VAL-1,,,15,\n"
)
ENROLMENTS = "class_code,staff_no,status\nHS-26A,00111,enrolled\nHS-26A,00112,requested\n"


def settle(database: Database, clock: Clock, settings: Settings) -> None:
    """Fill an empty database."""
    for kind, table in (
        ("people", people()),
        ("courses", COURSES),
        ("classes", CLASSES),
        ("enrolments", ENROLMENTS),
    ):
        report = imports.check(database, clock, settings, kind, f"{kind}.csv", table.encode())
        assert report.run_id is not None
        assert not report.faults, report.faults
        imports.apply(database, clock, settings, report.run_id, SYSTEM)
