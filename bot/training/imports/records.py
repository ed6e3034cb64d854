"""The import of training records: what was completed before Rollcall, or elsewhere."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.people import Person
from bot.models.records import TrainingRecord
from bot.models.training import Course
from bot.training.imports import references

PLAIN = ("kind", "hours", "source", "sponsor")
COLUMNS = (
    Column("staff_no", cells.key, starred=True, numbered=True),
    Column("course_code", cells.key),
    Column("title", cells.text),
    Column("completed_on", cells.date, starred=True, blank=None),
    Column("kind", cells.text),
    Column("hours", cells.number(0, 10_000), blank=None),
    Column("source", cells.text),
    Column("sponsor", cells.text),
)
DEFAULTS: Values = {
    "course_id": None,
    "title": "",
    "kind": "",
    "hours": None,
    "source": "",
    "sponsor": "",
    "enrolment_id": None,
}
NO_PERSON = _("Nobody has the staff number {code}. Import the person first, or correct it.")
NO_COURSE = _("There is no course {code}. Import the course first, or give only the title.")
NEITHER = _("Give the code of a course of the catalogue or the title of the training.")
TO_COME = _("This day has not come yet. Give the day on which the training was completed.")


def plan_records(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; records it does not name stay.

    A course of the catalogue is known by its code, anything else by its title.
    """
    session = world.session
    people = references.people_ids(session)
    courses = references.course_ids(session)
    fields: dict[str, list[Any]] = {
        "person_id": references.starred_ids(records, "staff_no", people, NO_PERSON, found),
        "completed_on": records.values["completed_on"],
    }
    fields |= _what(records, courses, found)
    fields |= {name: records.values[name] for name in PLAIN if name in records}
    _refuse_days_to_come(records, world.today, found)
    _refuse_doubles(records, fields, found)
    return plan_rows(session, _rules(session, set(fields["person_id"])), fields)


def _what(records: Records, courses: dict[str, int], found: Findings) -> dict[str, list[Any]]:
    """Course and title of each row: the one or the other, else the row is refused."""
    count = len(records)
    titles = records.values.get("title", [""] * count)
    ids: list[int | None] = [None] * count
    heading = records.heading("course_code" if "course_code" in records else "title")
    codes = list(records.values.get("course_code", [""] * count))
    for place, (row, code, title) in enumerate(zip(records.rows, codes, titles, strict=True)):
        if code not in courses and not title:
            sentence = Text(NO_COURSE.msgid, (("code", code),)) if code else NEITHER
            found.refuse("record-of-nothing", sentence, row, heading)
            codes[place] = ""  # said already
    if "course_code" in records:
        records.values["course_code"] = codes
        ids = references.plain_ids(records, "course_code", courses, NO_COURSE, found)
    named = ["" if one is not None else title for one, title in zip(ids, titles, strict=True)]
    return {"course_id": ids, "title": named}


def _refuse_days_to_come(records: Records, today: dt.date, found: Findings) -> None:
    for row, day in zip(records.rows, records.values["completed_on"], strict=True):
        if day is not None and day > today:
            found.refuse("day-to-come", TO_COME, row, records.heading("completed_on"))


def _refuse_doubles(records: Records, fields: dict[str, list[Any]], found: Findings) -> None:
    """One person completes the same training on one day once."""
    rows: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    names = ("person_id", "course_id", "title", "completed_on")
    for row, *values in zip(records.rows, *(fields[name] for name in names), strict=True):
        rows[tuple(values)].append(row)
    for (person_id, course_id, title, _day), places in rows.items():
        if not person_id or (course_id is None and not title):
            continue
        for row in places[1:]:
            sentence = _(
                "The same record stands in row {row} already. Delete one of the two rows.",
                row=str(places[0]),
            )
            found.refuse("record-doubled", sentence, row, records.heading("completed_on"))


def _rules(session: Session, named: set[int]) -> RowRules:
    staff_no = dict(session.execute(select(Person.id, Person.staff_no)).all())
    codes = dict(session.execute(select(Course.id, Course.code)).all())

    def name(values: Values) -> str:
        what = codes.get(values["course_id"]) or values["title"]
        return f"{staff_no.get(values['person_id'], '')} {what} {values['completed_on']}"

    return RowRules(
        table=table_of(TrainingRecord),
        key=("person_id", "course_id", "title", "completed_on"),
        defaults=DEFAULTS,
        name=name,
        expects=lambda values: values["person_id"] in named,
    )


def export_records(session: Session) -> Exported:
    """Every record, of classes held here too."""
    query = (
        select(Person.staff_no, Course.code, TrainingRecord)
        .join(Person, Person.id == TrainingRecord.person_id)
        .outerjoin(Course, Course.id == TrainingRecord.course_id)
        .where(~Person.guest)
        .order_by(Person.staff_no, TrainingRecord.completed_on, TrainingRecord.id)
    )
    rows = (
        [
            staff_no,
            code or "",
            record.title,
            record.completed_on,
            *(getattr(record, name) for name in PLAIN),
        ]
        for staff_no, code, record in session.execute(query)
    )
    return Exported(("staff_no", "course_code", "title", "completed_on", *PLAIN), rows)


# Which training a row is about is told by one of two columns: doubled rows are found by the plan.
RECORDS = register(Kind("records", COLUMNS, (), plan_records, export_records))
