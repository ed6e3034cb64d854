"""Mistakes in the roster: nobody there, nobody leads, nobody can join."""

from __future__ import annotations

from sqlalchemy import delete, update

from bot.models.chats import Chat
from bot.models.people import Grant, Person
from tests.integration.operations.doctor.clinic import UNKNOWN, WARNING, WRONG, Clinic


def change(clinic: Clinic, *statements: object) -> None:
    with clinic.database.transaction() as session:
        for statement in statements:
            session.execute(statement)  # type: ignore[call-overload]


async def test_roster__empty__and_what_needs_one_is_not_checked(clinic: Clinic) -> None:
    change(clinic, update(Person).values(active=False))
    await clinic.says("roster", WRONG, "rollcall import people FILE")
    for name in ("supervisors", "telephone numbers", "linked people"):
        await clinic.says(name, UNKNOWN, "nobody in the roster")


async def test_supervisors__of_nobody(clinic: Clinic) -> None:
    change(clinic, update(Person).values(supervisor_id=None))
    await clinic.says("supervisors", WRONG, "Nobody in the roster has a supervisor")


async def test_supervisors__of_too_few(clinic: Clinic) -> None:
    few = [clinic.ids[key] for key in ("dara", "bopha")]
    change(clinic, update(Person).where(Person.id.in_(few)).values(supervisor_id=None))
    await clinic.says("supervisors", WARNING, "3 of 10 people have no supervisor")


async def test_supervisors__acting_ones_count(clinic: Clinic) -> None:
    leader = clinic.ids["sokha"]
    change(clinic, update(Person).values(supervisor_id=None, acting_supervisor_id=leader))
    await clinic.is_fine("supervisors")


async def test_training_unit__of_nobody_or_of_people_who_left(clinic: Clinic) -> None:
    change(clinic, update(Person).where(Person.id == clinic.ids["unit"]).values(active=False))
    await clinic.says("training unit", WRONG, "rollcall grant unit STAFF_NO")
    change(clinic, update(Person).values(active=True), delete(Grant))
    await clinic.says("training unit", WRONG, "rollcall grant unit STAFF_NO")


async def test_training_unit__that_has_not_joined(clinic: Clinic) -> None:
    change(clinic, update(Chat).values(person_id=clinic.ids["dara"]))
    await clinic.says("training unit", WARNING, "rollcall invite STAFF_NO")


async def test_numbers__missing_for_people_who_have_not_joined(clinic: Clinic) -> None:
    without = [clinic.ids[key] for key in ("dara", "bopha")]
    change(clinic, update(Person).where(Person.id.in_(without)).values(phone=""))
    await clinic.says("telephone numbers", WARNING, "2 of 10 people")
    change(clinic, update(Chat).values(person_id=clinic.ids["dara"]))
    await clinic.is_fine("telephone numbers")


async def test_people__of_whom_nobody_joined(clinic: Clinic) -> None:
    change(clinic, delete(Chat))
    await clinic.says("linked people", WARNING, "press Start")


async def test_zones__that_this_machine_does_not_know(clinic: Clinic) -> None:
    change(clinic, update(Person).values(timezone="Asia/Atlantis"))
    await clinic.says("people's time zones", WRONG, "Asia/Atlantis")
