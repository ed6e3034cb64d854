"""The import of what posts require: a level of each competency, and how important it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.needs import Competency, PositionLevel
from bot.needs import competencies
from bot.needs.competencies import MOST_LEVELS, USUAL_LEVELS
from bot.needs.imports import posts
from bot.needs.positions import MOST_IMPORTANT, USUAL_IMPORTANCE
from bot.training.imports import references

NO_COMPETENCY = _("There is no competency {code}. Import it first, or correct the code.")
TOO_HIGH = _("{code} has no level {level}; its highest is {high}. Correct the level.")
DEFAULTS: Values = {"importance": USUAL_IMPORTANCE}
COLUMNS = (
    Column("position", cells.name, starred=True),
    Column("competency", cells.key, starred=True),
    Column("level", cells.whole_number(1, MOST_LEVELS), starred=True, blank=None),
    Column(
        "importance",
        cells.whole_number(1, MOST_IMPORTANT),
        blank=USUAL_IMPORTANCE,
        blank_means=_("3"),
    ),
)


def plan_position_levels(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; what it does not name stays.

    Refuses competencies that are not there, and levels that they do not have.
    """
    session = world.session
    codes = competencies.codes(session)
    ids = references.starred_ids(records, "competency", codes, NO_COMPETENCY, found)
    positions = posts.spelled(session, PositionLevel, records, found)
    posts.refuse_doubles(records, positions, ids, "competency", found)
    _refuse_high(session, records, ids, found)
    fields: dict[str, Sequence[Any]] = {
        "position": positions,
        "competency_id": ids,
        "level": records.values["level"],
    }
    if "importance" in records:
        fields["importance"] = records.values["importance"]
    return plan_rows(session, _rules(codes), fields)


def _refuse_high(session: Session, records: Records, ids: Sequence[int], found: Findings) -> None:
    highest = competencies.highest_of(session)
    values = records.values
    for row, one, code, level in zip(
        records.rows, ids, values["competency"], values["level"], strict=True
    ):
        high = highest.get(one, USUAL_LEVELS)
        if one and level is not None and level > high:
            words = (("code", code), ("level", str(level)), ("high", str(high)))
            sentence = Text(TOO_HIGH.msgid, words)
            found.refuse("level-unknown", sentence, row, records.heading("level"))


def _rules(codes: dict[str, int]) -> RowRules:
    named = {one: code for code, one in codes.items()}
    return RowRules(
        table=table_of(PositionLevel),
        key=("position", "competency_id"),
        defaults=DEFAULTS,
        name=lambda row: f"{row['position']} {named.get(row['competency_id'], '')}",
    )


def export_position_levels(session: Session) -> Exported:
    """What every post requires, by post."""
    query = (
        select(
            PositionLevel.position, Competency.code, PositionLevel.level, PositionLevel.importance
        )
        .join(Competency, Competency.id == PositionLevel.competency_id)
        .order_by(PositionLevel.position, Competency.code)
    )
    rows = (list(row) for row in session.execute(query))
    return Exported(tuple(column.name for column in COLUMNS), rows)


POSITION_LEVELS = register(
    Kind(
        "position_levels",
        COLUMNS,
        ("position", "competency"),
        plan_position_levels,
        export_position_levels,
    )
)
