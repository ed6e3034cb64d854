"""The import of enrolments: who is in which class, in which state.

It is the training unit that admits: no file puts more people in a class than it has seats, and
each change is kept in the history of its enrolment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.training.imports import enrolment_steps, references

COLUMNS = (
    Column("class_code", cells.key, starred=True),
    Column("staff_no", cells.key, starred=True, numbered=True),
    Column(
        "status",
        cells.one_of(EnrolmentState),
        blank=EnrolmentState.ENROLLED,
        blank_means=_("enrolled"),
    ),
)
NO_CLASS = _("There is no class {code}. Import the class first, or correct the code.")
NO_PERSON = _("Nobody has the staff number {code}. Import the person first, or correct it.")
DEFAULTS: Values = {
    "state": EnrolmentState.ENROLLED,
    "reason": "",
    "required": False,
    "approved_at": None,
    "charter_at": None,
    "quota_id": None,
    "rank": None,
    "reserve": False,
    "completed_on": None,
    "lot": None,
}


def plan_enrolments(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change. Enrolments of its classes that it does not name stay."""
    session = world.session
    classes = references.class_ids(session)
    people = references.people_ids(session)
    class_ids = references.starred_ids(records, "class_code", classes, NO_CLASS, found)
    person_ids = references.starred_ids(records, "staff_no", people, NO_PERSON, found)
    fields: dict[str, list[Any]] = {"class_id": class_ids, "person_id": person_ids}
    if "status" in records:
        fields["state"] = records.values["status"]
    before = enrolment_steps.known(session, set(class_ids))
    enrolment_steps.check_seats(session, records, fields, before, found)
    fields["approved_at"] = enrolment_steps.approved_at(fields, before, world.now)
    plan = plan_rows(session, _rules(world, classes, people, set(class_ids)), fields)
    plan.inserts.append(enrolment_steps.history(plan, world.now))
    return plan


def _rules(
    world: World, classes: dict[str, int], people: dict[str, int], named: set[int]
) -> RowRules:
    class_code = {class_id: code for code, class_id in classes.items()}
    staff_no = {person_id: number for number, person_id in people.items()}

    def name(values: Values) -> str:
        return f"{class_code.get(values['class_id'], '')} {staff_no.get(values['person_id'], '')}"

    return RowRules(
        table=table_of(Enrolment),
        key=("class_id", "person_id"),
        defaults=DEFAULTS,
        name=name,
        stamps={"changed_at": world.now},
        expects=lambda values: values["class_id"] in named and values["person_id"] in staff_no,
    )


def export_enrolments(session: Session) -> Exported:
    """Every enrolment in its state."""
    query = (
        select(TrainingClass.code, Person.staff_no, Enrolment.state)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(~Person.guest)
        .order_by(TrainingClass.code, Person.staff_no)
    )
    rows = ([code, staff_no, state.value] for code, staff_no, state in session.execute(query))
    return Exported(("class_code", "staff_no", "status"), rows)


ENROLMENTS = register(
    Kind("enrolments", COLUMNS, ("class_code", "staff_no"), plan_enrolments, export_enrolments)
)
