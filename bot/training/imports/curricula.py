"""The import of curricula: what has to be completed for a qualification, and how long it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.errors import Refusal
from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import BadValue, Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of, temporary_id
from bot.imports.rows import RowRules, Values, plan_rows, translations
from bot.models.qualifications import Curriculum, CurriculumItem, ExpiryRule
from bot.models.training import Course
from bot.training.imports import curriculum_items, references
from bot.training.qualifications import curriculum_fields, items
from bot.training.qualifications.items import Written

MONTHS, DAYS = curriculum_fields.MOST_MONTHS, curriculum_fields.MOST_DAYS
PLAIN = (
    "needed",
    "valid_months",
    "expiry_rule",
    "fixed_day",
    "min_months",
    "window_days",
    "grace_days",
)
DEFAULTS: Values = {
    "titles": {},
    "needed": None,
    "valid_months": None,
    "expiry_rule": ExpiryRule.COMPLETION,
    "fixed_day": "",
    "min_months": 0,
    "window_days": 90,
    "grace_days": 0,
    "renewed_by_id": None,
    "active": True,
}
NO_COURSE = _("There is no course {code}. Import the course first, or correct its code.")
NO_CURRICULUM = _("There is no qualification {code}, here or in the file.")


def _day_of_year(cell: cells.Cell) -> str:
    """MM-DD; also where a spreadsheet has made a date of it."""
    text = f"{cell:%m-%d}" if isinstance(cell, dt.date) else cells.text(cell)
    if not curriculum_fields.is_day_of_year(text):
        raise BadValue(
            "bad-day-of-year",
            _("“{value}” is no day of the year. Write it like 12-31.", value=cells.shown(cell)),
        )
    return text


COLUMNS = (
    Column("code", cells.key, starred=True),
    Column("title", cells.text, starred=True, multilingual=True),
    Column("items", cells.text, starred=True),
    Column("needed", cells.whole_number(1, curriculum_fields.MOST_ITEMS), blank=None),
    Column("valid_months", cells.whole_number(1, MONTHS), blank=None),
    Column(
        "expiry_rule",
        cells.one_of(ExpiryRule),
        blank=ExpiryRule.COMPLETION,
        blank_means=_("completion"),
    ),
    Column("fixed_day", _day_of_year),
    Column("min_months", cells.whole_number(0, MONTHS), blank=0),
    Column("window_days", cells.whole_number(0, DAYS), blank=90, blank_means=_("90 days")),
    Column("grace_days", cells.whole_number(0, DAYS), blank=0),
    Column("renewed_by", cells.key),
    Column("active", cells.yes_no, blank=True, blank_means=_("yes")),
)
RULES = RowRules(
    table=table_of(Curriculum),
    key=("code",),
    defaults=DEFAULTS,
    name=lambda curriculum: f"{curriculum['code']} {curriculum['title']}",
)


def plan_curricula(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; curricula that it does not name stay.

    Refuses courses that are not there, and values that do not go together.
    """
    session = world.session
    before = {row.code: row for row in session.scalars(select(Curriculum))}
    written = _items(session, records, found)
    names = ("code", "title", *PLAIN, "active")
    fields = {name: records.values[name] for name in names if name in records}
    if "title" in records.languages:
        columns = {
            language: records.values[name] for language, name in records.languages["title"].items()
        }
        titles = [before[one].titles if one in before else {} for one in fields["code"]]
        fields["titles"] = translations(columns, len(records), titles)
    _refuse_contradictions(records, fields, before, written, found)
    ids = _ids(fields["code"], before)
    if "renewed_by" in records:
        known = {code: row.id for code, row in before.items() if row.id} | ids
        fields["renewed_by_id"] = references.plain_ids(
            records, "renewed_by", known, NO_CURRICULUM, found
        )
    plan = plan_rows(session, RULES, fields)
    curriculum_items.add_to(plan, session, [ids[code] for code in fields["code"]], written)
    return plan


def _ids(codes: Sequence[str], before: dict[str, Curriculum]) -> dict[str, int]:
    """The id of each row of the file; new ones count in the order in which they stand."""
    found: dict[str, int] = {}
    new = 0
    for code in codes:
        row = before.get(code)
        if row is not None and row.id is not None:
            found[code] = row.id
        elif code not in found:
            found[code] = temporary_id(new)
            new += 1
    return found


def _items(session: Session, records: Records, found: Findings) -> list[tuple[Written, ...]]:
    """The items of each row; nothing for a row that is refused for them."""
    courses = references.course_ids(session)
    rows = []
    for row, text in zip(records.rows, records.values["items"], strict=True):
        fault, written = _read_items(text or "", courses)
        if fault is not None:
            found.refuse("bad-items", fault, row, records.heading("items"))
        rows.append(written if fault is None else ())
    return rows


def _read_items(text: str, courses: dict[str, int]) -> tuple[Text | None, tuple[Written, ...]]:
    try:
        written = items.parse(text)
    except Refusal as refusal:
        return refusal.sentence, ()
    strange = [item.code for item in written if item.code not in courses]
    if strange:
        near = references.nearest(strange[:1], courses)[strange[0]]
        return references.with_hint(NO_COURSE, strange[0], near), ()
    return None, written


def _refuse_contradictions(
    records: Records,
    fields: dict[str, list[Any]],
    before: dict[str, Curriculum],
    written: Sequence[Sequence[Written]],
    found: Findings,
) -> None:
    """What is not in the file counts as it is in the database."""
    for place, (row, code) in enumerate(zip(records.rows, fields["code"], strict=True)):
        known = before.get(code)
        values = dict(DEFAULTS) if known is None else {n: getattr(known, n) for n in DEFAULTS}
        values |= {name: fields[name][place] for name in PLAIN if name in fields}
        fault = curriculum_fields.fault_in(values)
        if fault is not None:
            found.refuse("rule-unfinished", fault, row, records.heading("expiry_rule"))
        if not written[place]:
            continue  # refused already
        fault = items.fault_in(written[place], values["needed"])
        if fault is not None:
            found.refuse("needed-wrong", fault, row, records.heading("needed"))


def export_curricula(session: Session) -> Exported:
    """All curricula, retired ones too."""
    rows = session.scalars(select(Curriculum).order_by(Curriculum.code)).all()
    languages = sorted({language for row in rows for language in row.titles})
    written = _written(session)
    codes: dict[int | None, str] = {row.id: row.code for row in rows}
    headings = ("code", "title", "items", *PLAIN, "renewed_by", "active")
    table = (
        [
            row.code,
            row.title,
            items.write(written.get(row.id or 0, ())),
            *(getattr(row, name) for name in PLAIN),
            codes.get(row.renewed_by_id, ""),
            row.active,
            *(row.titles.get(language, "") for language in languages),
        ]
        for row in rows
    )
    return Exported((*headings, *(f"title::{code} ({code})" for code in languages)), table)


def _written(session: Session) -> dict[int, list[Written]]:
    query = (
        select(CurriculumItem.curriculum_id, Course.code, CurriculumItem.optional)
        .join(Course, Course.id == CurriculumItem.course_id)
        .order_by(CurriculumItem.curriculum_id, CurriculumItem.place, Course.id)
    )
    found: dict[int, list[Written]] = {}
    for curriculum_id, code, optional in session.execute(query):
        found.setdefault(curriculum_id, []).append(Written(code, optional))
    return found


CURRICULA = register(Kind("curricula", COLUMNS, ("code",), plan_curricula, export_curricula))
