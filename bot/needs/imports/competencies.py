"""The import of competencies: one row each, with the behaviour that shows each of its levels.

A level that is left blank stays as it is; levels are taken off in the chat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of, temporary_id
from bot.imports.rows import RowRules, plan_rows, translations
from bot.models.needs import Competency, CompetencyKind, CompetencyLevel
from bot.needs.competencies import MOST_LEVELS

LEVELS = {f"level_{number}": number for number in range(1, MOST_LEVELS + 1)}
GAP = _("Level {level} of {code} is described, but not level {below}. Describe that one first.")
COLUMNS = (
    Column("code", cells.key, starred=True),
    Column("name", cells.name, starred=True, multilingual=True),
    Column(
        "kind",
        cells.one_of(CompetencyKind),
        blank=CompetencyKind.FUNCTIONAL,
        blank_means=_("functional"),
    ),
    Column("field", cells.name),
    *(Column(name, cells.text, multilingual=True) for name in LEVELS),
    Column("active", cells.yes_no, blank=True, blank_means=_("yes")),
)
RULES = RowRules(
    table=table_of(Competency),
    key=("code",),
    defaults={"names": {}, "kind": CompetencyKind.FUNCTIONAL, "field": "", "active": True},
    name=lambda row: f"{row['code']} {row['name']}",
)
PLAIN = ("code", "name", "kind", "field", "active")


def plan_competencies(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; competencies that it does not name stay.

    Refuses a level above one that nothing describes.
    """
    session = world.session
    before = {row.code: row for row in session.scalars(select(Competency))}
    fields: dict[str, Sequence[Any]] = {
        name: records.values[name] for name in PLAIN if name in records
    }
    if "name" in records.languages:
        known = [before[code].names if code in before else {} for code in fields["code"]]
        fields["names"] = _translated(records, "name", known)
    plan = plan_rows(session, RULES, fields)
    ids = _ids(fields["code"], before)
    levels = {
        (row.competency_id, row.level): row for row in session.scalars(select(CompetencyLevel))
    }
    _refuse_gaps(records, ids, levels, found)
    _join(plan, plan_rows(session, _level_rules(before), _levels(records, ids, levels)), levels)
    return plan


def _ids(codes: Sequence[str], before: Mapping[str, Competency]) -> list[int]:
    """The id of each row of the file; new ones count in the order in which they stand."""
    ids: list[int] = []
    new = 0
    for code in codes:
        row = before.get(code)
        if row is not None and row.id is not None:
            ids.append(row.id)
        else:
            ids.append(temporary_id(new))
            new += 1
    return ids


def _levels(
    records: Records,
    ids: Sequence[int],
    known: Mapping[tuple[int, int], CompetencyLevel],
) -> dict[str, list[Any]]:
    """The levels that the file describes, or translates, as columns of their table."""
    fields: dict[str, list[Any]] = {
        "competency_id": [], "level": [], "behaviour": [], "behaviours": [],
    }  # fmt: skip
    for column, number in LEVELS.items():
        if column not in records:
            continue
        rows = [known.get((one, number)) for one in ids]
        wordings = _translated(
            records, column, [row.behaviours if row is not None else {} for row in rows]
        )
        for place, words in enumerate(records.values[column]):
            if words:
                fields["competency_id"].append(ids[place])
                fields["level"].append(number)
                fields["behaviour"].append(words)
                fields["behaviours"].append(wordings[place])
    return fields


def _translated(
    records: Records, column: str, known: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    columns = {
        language: records.values[name]
        for language, name in records.languages.get(column, {}).items()
    }
    return translations(columns, len(records), known)


def _refuse_gaps(
    records: Records,
    ids: Sequence[int],
    known: Mapping[tuple[int, int], CompetencyLevel],
    found: Findings,
) -> None:
    for place, (row, code) in enumerate(zip(records.rows, records.values["code"], strict=True)):
        there = {
            number
            for column, number in LEVELS.items()
            if (ids[place], number) in known
            or (column in records and records.values[column][place])
        }
        for number in sorted(there):
            if number > 1 and number - 1 not in there:
                words = (("level", str(number)), ("code", code), ("below", str(number - 1)))
                heading = records.heading(f"level_{number}")
                found.refuse("level-gap", Text(GAP.msgid, words), row, heading)


def _level_rules(before: Mapping[str, Competency]) -> RowRules:
    codes = {row.id: code for code, row in before.items()}
    return RowRules(
        table=table_of(CompetencyLevel),
        key=("competency_id", "level"),
        defaults={"behaviours": {}},
        name=lambda row: f"{codes.get(row['competency_id'], '')} level {row['level']}".strip(),
        expects=lambda _row: False,
    )


def _join(plan: Plan, levels: Plan, known: Mapping[tuple[int, int], CompetencyLevel]) -> None:
    """Levels are written after their competencies; one of which nothing else changes counts as
    changed then.
    """
    changed = set(levels.outcome["changed"])
    touched = {row.competency_id for row in known.values() if row.id in changed}
    for inserts in levels.inserts:
        place = inserts.columns.index("competency_id")
        touched |= {one for row in inserts.rows if isinstance(one := row[place], int) and one > 0}
    fresh = touched - set(plan.outcome["changed"])
    plan.outcome["changed"] += sorted(fresh)
    plan.counts.changed += len(fresh)
    plan.counts.unchanged -= len(fresh)
    plan.inserts += levels.inserts
    plan.updates += levels.updates
    if fresh:
        plan.samples += levels.samples


def export_competencies(session: Session) -> Exported:
    """All competencies with their levels, retired ones too."""
    rows = session.scalars(select(Competency).order_by(Competency.code)).all()
    levels: dict[int, dict[int, CompetencyLevel]] = {}
    for level in session.scalars(select(CompetencyLevel)):
        levels.setdefault(level.competency_id, {})[level.level] = level
    names = sorted({language for row in rows for language in row.names})
    described = [row for some in levels.values() for row in some.values()]
    wordings = sorted({language for row in described for language in row.behaviours})
    highest = max((row.level for row in described), default=0)
    headings = ["code", "name", *(f"name::{one} ({one})" for one in names), "kind", "field"]
    for number in range(1, highest + 1):
        headings += [f"level_{number}", *(f"level_{number}::{one} ({one})" for one in wordings)]
    table = (
        [
            row.code,
            row.name,
            *(row.names.get(one, "") for one in names),
            row.kind.value,
            row.field,
            *_exported(levels.get(row.id or 0, {}), highest, wordings),
            row.active,
        ]
        for row in rows
    )
    return Exported((*headings, "active"), table)


def _exported(
    levels: Mapping[int, CompetencyLevel], highest: int, wordings: Sequence[str]
) -> Iterator[str]:
    for number in range(1, highest + 1):
        row = levels.get(number)
        yield row.behaviour if row is not None else ""
        for language in wordings:
            yield row.behaviours.get(language, "") if row is not None else ""


COMPETENCIES = register(
    Kind("competencies", COLUMNS, ("code",), plan_competencies, export_competencies)
)
