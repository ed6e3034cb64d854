"""The import of classes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, plan_rows, translations
from bot.models.people import Person
from bot.models.training import Course, Entry, Trainer, TrainingClass
from bot.training.imports import class_checks, references, weekdays

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
    "least_trainees",
    "cohort",
    "bring",
)
OFFER = ("donor", "country", "language_level", "paid_by")
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
    Column("seats", cells.whole_number(0, 10_000), starred=True),
    Column("trainer", cells.key, numbered=True),
    Column("backup_trainer", cells.key, numbered=True),
    Column("coordinator_staff_no", cells.key, numbered=True),
    Column("entry", cells.one_of(Entry), blank=Entry.OPEN, blank_means=_("open")),
    Column("order_no", cells.text),
    Column("enrol_by", cells.date, blank=None),
    Column("language", cells.language),
    Column("least_trainees", cells.whole_number(0, 10_000), blank=0),
    Column("cohort", cells.text),
    Column("bring", cells.text),
    *(Column(name, cells.text) for name in OFFER),
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
        "least_trainees": 0,
        "cohort": "",
        "bring": "",
        "offer": {},
        "from_class_id": None,
        "closed_at": None,
    },
    name=lambda held: str(held["code"]),
)
NO_COURSE = _("There is no course {code}. Import the course first, or correct the code.")
NO_TRAINER = _("{code} is neither a trainer's code nor a staff number.")
NO_PERSON = _("Nobody has the staff number {code}.")


def plan_classes(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; classes it does not name stay as they are."""
    session = world.session
    class_checks.check_dates(records, found)
    class_checks.check_times(records, found)
    class_checks.check_seats(session, records, found)
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
    if any(name in records for name in OFFER):
        fields["offer"] = _offers(session, records)
    plan = plan_rows(session, RULES, fields)
    plan.inserts.insert(0, trainers.inserts)
    return plan


def _offers(session: Session, records: Records) -> list[dict[str, str]]:
    """What the file says of foreign offers, over what is known; a blank cell takes it away."""
    known = dict(session.execute(select(TrainingClass.code, TrainingClass.offer)).all())
    before = [known.get(code, {}) for code in records.values["class_code"]]
    given = {name: records.values[name] for name in OFFER if name in records}
    return translations(given, len(records), before)


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
        *OFFER,
    )
    rows = (
        [
            held.code,
            *(code or "" for code in codes),
            *(getattr(held, name) for name in PLAIN),
            *(held.offer.get(name, "") for name in OFFER),
        ]
        for held, *codes in session.execute(query)
    )
    return Exported(headings, rows)


CLASSES = register(Kind("classes", COLUMNS, ("class_code",), plan_classes, export_classes))
