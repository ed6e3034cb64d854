"""The import of topics: what free wishes are put to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows, translations
from bot.models.needs import Competency, Topic
from bot.models.training import Course
from bot.training.imports import references

NO_COMPETENCY = _("There is no competency {code}. Import it first, or correct the code.")
NO_COURSE = _("There is no course {code}. Import the course first, or correct the code.")
DEFAULTS: Values = {"names": {}, "competency_id": None, "course_id": None, "active": True}
COLUMNS = (
    Column("name", cells.name, starred=True, multilingual=True),
    Column("competency", cells.key),
    Column("course", cells.key),
    Column("active", cells.yes_no, blank=True, blank_means=_("yes")),
)


def plan_topics(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; topics that it does not name stay."""
    session = world.session
    fields: dict[str, list[Any]] = {"name": records.values["name"]}
    if records.languages.get("name"):
        fields["names"] = _names(session, records)
    if "competency" in records:
        known = dict(session.execute(select(Competency.code, Competency.id)).all())
        fields["competency_id"] = references.plain_ids(
            records, "competency", known, NO_COMPETENCY, found
        )
    if "course" in records:
        fields["course_id"] = references.plain_ids(
            records, "course", references.course_ids(session), NO_COURSE, found
        )
    if "active" in records:
        fields["active"] = records.values["active"]
    return plan_rows(session, _rules(), fields)


def _names(session: Session, records: Records) -> list[dict[str, str]]:
    known = dict(session.execute(select(Topic.name, Topic.names)).all())
    columns = {
        language: records.values[column] for language, column in records.languages["name"].items()
    }
    before = [known.get(name) or {} for name in records.values["name"]]
    return translations(columns, len(records), before)


def _rules() -> RowRules:
    return RowRules(
        table=table_of(Topic), key=("name",), defaults=DEFAULTS, name=lambda row: str(row["name"])
    )


def export_topics(session: Session) -> Exported:
    """Every topic, by name, with what it is called in other languages."""
    query = (
        select(Topic, Competency.code, Course.code)
        .outerjoin(Competency, Competency.id == Topic.competency_id)
        .outerjoin(Course, Course.id == Topic.course_id)
        .order_by(Topic.name)
    )
    found = session.execute(query).all()
    languages = sorted({language for row, *_codes in found for language in row.names})
    headings = ("name", *map(_heading, languages), "competency", "course", "active")
    rows = (
        [
            row.name,
            *(row.names.get(language, "") for language in languages),
            competency or "",
            course or "",
            "yes" if row.active else "no",
        ]
        for row, competency, course in found
    )
    return Exported(headings, rows)


def _heading(language: str) -> str:
    return f"name::{language} ({language})"


TOPICS = register(Kind("topics", COLUMNS, ("name",), plan_topics, export_topics))
