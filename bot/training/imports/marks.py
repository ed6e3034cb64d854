"""The import of marks: what each trainee reached in each test, in percent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Counts, Deletes, Inserts, Plan, table_of
from bot.imports.rows import SAMPLES
from bot.models.people import Person
from bot.models.records import Mark
from bot.models.training import Enrolment, TrainingClass
from bot.training.imports import references
from bot.training.outcomes import TESTS, WHOLE
from bot.training.states import HELD

COLUMNS = (
    Column("class_code", cells.key, starred=True),
    Column("staff_no", cells.key, starred=True, numbered=True),
    Column("test", cells.one_of(TESTS), starred=True),
    Column("percent", cells.number(0, WHOLE), starred=True, blank=None),
)
NEW = ("enrolment_id", "test", "percent", "noted_at")
NOTED = (*NEW, "noted_by")
NO_CLASS = _("There is no class {code}. Correct the code.")
NO_PERSON = _("Nobody has the staff number {code}. Import the person first, or correct it.")
NOT_IN_CLASS = _("This person has no place in the class. Correct the number, or the class's list.")
CLOSED = _("The class {code} has been closed. Open it again before its marks are changed.")


def plan_marks(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; marks it does not name stay.

    Refuses people who have no place in their class, and classes that are closed.
    """
    session = world.session
    classes, people = references.class_ids(session), references.people_ids(session)
    class_ids = references.starred_ids(records, "class_code", classes, NO_CLASS, found)
    person_ids = references.starred_ids(records, "staff_no", people, NO_PERSON, found)
    _refuse_closed(session, records, class_ids, found)
    enrolments = _enrolments(session, records, class_ids, person_ids, found)
    return _Comparison(session, set(enrolments), world.now).plan(records, enrolments)


def _refuse_closed(
    session: Session, records: Records, class_ids: list[int], found: Findings
) -> None:
    closed = set(
        session.scalars(select(TrainingClass.id).where(TrainingClass.closed_at.is_not(None)))
    )
    codes = records.values["class_code"]
    for row, class_id, code in zip(records.rows, class_ids, codes, strict=True):
        if class_id in closed:
            sentence = Text(CLOSED.msgid, (("code", code),))
            found.refuse("class-closed", sentence, row, records.heading("class_code"))


def _enrolments(
    session: Session,
    records: Records,
    class_ids: list[int],
    person_ids: list[int],
    found: Findings,
) -> list[int]:
    """The enrolment of each row; 0 for a row that is refused."""
    query = select(Enrolment.class_id, Enrolment.person_id, Enrolment.id).where(
        Enrolment.class_id.in_(set(class_ids)), Enrolment.state.in_(HELD)
    )
    known = {(class_id, person_id): one for class_id, person_id, one in session.execute(query)}
    enrolments = []
    for row, *key in zip(records.rows, class_ids, person_ids, strict=True):
        enrolments.append(known.get((key[0], key[1]), 0))
        if all(key) and not enrolments[-1]:
            found.refuse("not-in-class", NOT_IN_CLASS, row, records.heading("staff_no"))
    return enrolments


class _Comparison:
    """A changed mark is taken out and put in anew, for marks have no numbers of their own."""

    def __init__(self, session: Session, enrolments: set[int], now: dt.datetime) -> None:
        self._now = now
        query = select(Mark).where(Mark.enrolment_id.in_(enrolments))
        self._known = {(mark.enrolment_id, mark.test): mark for mark in session.scalars(query)}
        self._added = Inserts(table_of(Mark), NEW)
        self._taken_out = {columns: Deletes(table_of(Mark), columns) for columns in (NEW, NOTED)}

    def plan(self, records: Records, enrolments: list[int]) -> Plan:
        """All rows of the file against what is there."""
        counts = Counts()
        samples: list[Text] = []
        names = ("class_code", "staff_no", "test", "percent")
        values = (records.values[name] for name in names)
        for enrolment_id, code, staff_no, test, percent in zip(enrolments, *values, strict=True):
            what = f"{code} {staff_no} {test}"
            line = self._take(counts, enrolment_id, test, percent, what)
            if line is not None and len(samples) < 2 * SAMPLES:
                samples.append(line)
        return Plan(
            inserts=[self._added],
            deletes=list(self._taken_out.values()),
            counts=counts,
            samples=samples,
        )

    def _take(
        self, counts: Counts, enrolment_id: int, test: str, percent: float, what: str
    ) -> Text | None:
        old = self._known.get((enrolment_id, test))
        if old is not None and old.percent == percent:
            counts.unchanged += 1
            return None
        self._added.rows.append([enrolment_id, test, percent, self._now])
        if old is None:
            counts.new += 1
            return _("New: {what}", what=what)
        counts.changed += 1
        columns = NEW if old.noted_by is None else NOTED
        self._taken_out[columns].rows.append([getattr(old, name) for name in columns])
        return _("Changed: {what} ({columns})", what=what, columns="percent")


def export_marks(session: Session) -> Exported:
    """Every mark, by class and staff number."""
    query = (
        select(TrainingClass.code, Person.staff_no, Mark.test, Mark.percent)
        .join(Enrolment, Enrolment.id == Mark.enrolment_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Person, Person.id == Enrolment.person_id)
        .order_by(TrainingClass.code, Person.staff_no, Mark.test)
    )
    rows: Any = (list(row) for row in session.execute(query))
    return Exported(tuple(column.name for column in COLUMNS), rows)


MARKS = register(
    Kind("marks", COLUMNS, ("class_code", "staff_no", "test"), plan_marks, export_marks)
)
