"""The competencies that come with Rollcall; the unit takes them over, they never come by
themselves.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from bot import audit
from bot.context import Ctx
from bot.models.needs import Competency, CompetencyKind, CompetencyLevel
from bot.needs import competencies
from bot.needs.competencies import MOST_LEVELS, id_of
from bot.people import access
from bot.people.access_table import Action

LIBRARY = Path(__file__).resolve().parent / "library" / "competencies.csv"
LANGUAGES = {"km": "Khmer (km)", "ur": "Urdu (ur)"}


def missing(ctx: Ctx) -> int:
    """How many of the shipped competencies are not there yet, by their codes."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    known = competencies.codes(ctx.session)
    return sum(row["code"] not in known for row in shipped())


def take_over(ctx: Ctx) -> int:
    """Add the shipped competencies with their levels; how many. What is there stays as it is."""
    access.require(ctx, Action.EDIT_COMPETENCIES)
    known = competencies.codes(ctx.session)
    wanted = [row for row in shipped() if row["code"] not in known]
    made = [_competency(row) for row in wanted]
    ctx.session.add_all(made)
    ctx.session.flush()
    for row, competency in zip(wanted, made, strict=True):
        ctx.session.add_all(_levels(row, id_of(competency)))
    ctx.session.flush()
    if made:
        audit.record(ctx, "competencies.taken_over", count=len(made))
    return len(made)


@cache
def shipped() -> tuple[dict[str, str], ...]:
    """The rows of the file, with the headings that the import of competencies knows."""
    with LIBRARY.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _competency(row: dict[str, str]) -> Competency:
    return Competency(
        code=row["code"],
        name=row["name"],
        names=_wordings(row, "name"),
        kind=CompetencyKind(row["kind"]),
        field=row["field"],
    )


def _levels(row: dict[str, str], competency_id: int) -> list[Any]:
    return [
        CompetencyLevel(
            competency_id=competency_id,
            level=level,
            behaviour=row[f"level_{level}"],
            behaviours=_wordings(row, f"level_{level}"),
        )
        for level in range(1, MOST_LEVELS + 1)
        if row.get(f"level_{level}")
    ]


def _wordings(row: dict[str, str], column: str) -> dict[str, str]:
    words = {code: row.get(f"{column}::{name}", "") for code, name in LANGUAGES.items()}
    return {code: one for code, one in words.items() if one}
