"""`rollcall doctor`: every check in order, each a line, and what was set aside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.models.inbound import SetAside
from bot.operations.checks import registry
from bot.operations.checks.registry import CHECKS, Finding, Verdict
from bot.operations.patient import Patient
from bot.operations.unavailable import Unavailable

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Line:
    """What one check found."""

    check: str
    finding: Finding

    def __str__(self) -> str:
        words = f"{self.finding.verdict:<11}  {self.check}"
        return f"{words}: {self.finding.sentence}" if self.finding.sentence else words


def examine(patient: Patient) -> Iterator[Line]:
    """Every check, one after the other."""
    registry.load_all()
    for name in CHECKS:
        yield Line(name, registry.run(name, patient))


def is_well(lines: list[Line]) -> bool:
    """Whether nothing is wrong; warnings, and what could not be checked, are allowed."""
    return all(line.finding.verdict is not Verdict.WRONG for line in lines)


def set_aside(patient: Patient, *, whole: bool) -> Iterator[str]:
    """The updates that wait for the operator: number, when, reason; `whole`: what they hold.

    None where the database cannot be read, which a check has said by then.
    """
    zone = patient.settings.zone
    newest_first = select(SetAside).order_by(SetAside.at.desc()).limit(MOST_LISTED)
    try:
        with patient.reading() as session:
            rows = session.scalars(newest_first).all()
    except (Unavailable, DBAPIError):
        return
    for row in rows:
        yield f"{row.update_id}  {row.at.astimezone(zone):%Y-%m-%d %H:%M}  {row.reason}"
        if whole:
            yield json.dumps(row.payload, ensure_ascii=False)
