"""The import of classes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, plan_rows
from bot.models.people import Person
from bot.models.training import Course, Entry, Trainer, TrainingClass
from bot.training.imports import references, weekdays

PLAIN = (
    "starts_on",
    "ends_on",
    "timezone",
    "start_time",
    "end_time",
    "weekdays",
    "place",
    "seats",
    "entry",
    "order_no",
    "enrol_by",
    "language",
)
COLUMNS = (
    Column("class_code", cells.key, starred=True),
    Column("course_code", cells.key, starred=True),
    Column("starts_on", cells.date, blank=None),
    Column("ends_on", cells.date, blank=None),
    Column("timezone", cells.timezone),
    Column("start_time", cells.time, blank=None),
    Column("end_time", cells.time, blank=None),
    Column("weekdays", weekdays.read),
    Column("place", cells.text),
    Column("seats", cells.whole_number(1, 10_000), starred=True),
    Column("trainer", cells.key, numbered=True),
    Column("backup_trainer", cells.key, numbered=True),
    Column("coordinator_staff_no", cells.key, numbered=True),
    Column("entry", cells.one_of(Entry), blank=Entry.OPEN, blank_means=_("open")),
    Column("order_no", cells.text),
    Column("enrol_by", cells.date, blank=None),
    Column("language", cells.language),
)
RULES = RowRules(
    table=table_of(TrainingClass),
    key=("code",),
    defaults={
        "starts_on": None,
        "ends_on": None,
        "timezone": "",
        "start_time": None,
        "end_time": None,
        "weekdays": "",
        "place": "",
        "trainer_id": None,
        "backup_trainer_id": None,
        "coordinator_id": None,
        "entry": Entry.OPEN,
        "order_no": "",
        "enrol_by": None,
        "language": "",
        "cancelled_at": None,
    },
    name=lambda held: str(held["code"]),
)
NO_COURSE = _("There is no course {code}. Import the course first, or correct the code.")
NO_TRAINER = _("{code} is neither a trainer's code nor a staff number.")
DATE_ALONE = _(
    "A class has both dates, starts_on and ends_on, or neither; without them it only gathers "
    "interest."
)
ENROL_LATE = _("enrol_by lies after the class has started. Give an earlier date.")
NO_PERSON = _("Nobody has the staff number {code}.")


def plan_classes(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; classes it does not name stay as they are."""
    _check_dates(records, found)
    _check_times(records, found)
    session = world.session
    people = references.people_ids(session)
    trainers = references.TrainerBook(session, people)
    courses = references.course_ids(session)
    fields: dict[str, list[Any]] = {
        "code": records.values["class_code"],
        "course_id": references.starred_ids(records, "course_code", courses, NO_COURSE, found),
    }
    fields |= {name: records.values[name] for name in PLAIN if name in records}
    for name in ("trainer", "backup_trainer"):
        if name in records:
            known = trainers.known(records.values[name])
            fields[f"{name}_id"] = references.plain_ids(records, name, known, NO_TRAINER, found)
    if "coordinator_staff_no" in records:
        fields["coordinator_id"] = references.plain_ids(
            records, "coordinator_staff_no", people, NO_PERSON, found
        )
    plan = plan_rows(session, RULES, fields)
    plan.inserts.insert(0, trainers.inserts)
    return plan


def _check_dates(records: Records, found: Findings) -> None:
    """Both dates or neither, in their order; enrolling ends before the class begins."""
    if "starts_on" not in records or "ends_on" not in records:
        _leave_lone_column(records, found)
        return
    starts, ends = records.values["starts_on"], records.values["ends_on"]
    enrol_by = records.values.get("enrol_by", [None] * len(records))
    for place, row in enumerate(records.rows):
        start, end = starts[place], ends[place]
        if (start is None) != (end is None):
            given = "starts_on" if end is None else "ends_on"
            found.blank("date-alone", DATE_ALONE, row, records.heading(given))
            starts[place] = ends[place] = None
        elif start is not None and end < start:
            crossed = _crossed(start, end)
            found.warn("dates-crossed", crossed, row, records.heading("ends_on"))
            starts[place] = ends[place] = None
        elif start is not None and enrol_by[place] is not None and enrol_by[place] > start:
            found.blank("enrol-late", ENROL_LATE, row, records.heading("enrol_by"))
            enrol_by[place] = None


def _crossed(start: dt.date, end: dt.date) -> Text:
    return _(
        "The class ends on {end}, before it starts on {start}. Both dates are taken as blank.",
        start=start.isoformat(),
        end=end.isoformat(),
    )


def _leave_lone_column(records: Records, found: Findings) -> None:
    for name in ("starts_on", "ends_on"):
        if records.values.pop(name, None) is not None:
            found.warn(
                "date-column-alone",
                _(
                    "This column is not read: dates are changed only where both columns, "
                    "starts_on and ends_on, are in the file."
                ),
                column=records.heading(name),
            )


def _check_times(records: Records, found: Findings) -> None:
    if "start_time" not in records or "end_time" not in records:
        return
    starts, ends = records.values["start_time"], records.values["end_time"]
    for place, row in enumerate(records.rows):
        if starts[place] is not None and ends[place] is not None and ends[place] <= starts[place]:
            found.blank(
                "times-crossed",
                _("end_time is not after start_time. Correct one of the two."),
                row,
                records.heading("end_time"),
            )
            ends[place] = None


def export_classes(session: Session) -> Exported:
    """All classes, cancelled ones too."""
    coordinator, main, backup = aliased(Person), aliased(Trainer), aliased(Trainer)
    query = (
        select(TrainingClass, Course.code, main.code, backup.code, coordinator.staff_no)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(main, main.id == TrainingClass.trainer_id)
        .outerjoin(backup, backup.id == TrainingClass.backup_trainer_id)
        .outerjoin(coordinator, coordinator.id == TrainingClass.coordinator_id)
        .order_by(TrainingClass.code)
    )
    headings = (
        "class_code",
        "course_code",
        "trainer",
        "backup_trainer",
        "coordinator_staff_no",
        *PLAIN,
    )
    rows = (
        [held.code, *(code or "" for code in codes), *(getattr(held, name) for name in PLAIN)]
        for held, *codes in session.execute(query)
    )
    return Exported(headings, rows)


CLASSES = register(Kind("classes", COLUMNS, ("class_code",), plan_classes, export_classes))
