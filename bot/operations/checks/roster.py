"""Checks of the people: whether there are any, who leads them, and whether they can join."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Select, func, or_, select

from bot.models.chats import Chat
from bot.models.people import Grant, Person, Role
from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
from bot.operations.patient import Patient
from bot.operations.unavailable import Unavailable

MOST_WITHOUT_SUPERVISOR = 0.2
MOST_WITHOUT_WAY_IN = 0.1
LINKED = select(Chat.person_id).where(Chat.person_id.is_not(None))


@check("roster")
def roster(patient: Patient) -> Finding:
    if _count(patient, _active()):
        return FINE
    return wrong("There is nobody in the roster: rollcall import people FILE")


@check("supervisors")
def supervisors(patient: Patient) -> Finding:
    everybody = _people(patient)
    led = or_(Person.supervisor_id.is_not(None), Person.acting_supervisor_id.is_not(None))
    without = everybody - _count(patient, _active().where(led))
    if without == everybody > 1:
        return wrong(
            "Nobody in the roster has a supervisor, so nobody is asked for consent or follow-up. "
            "Fill the column supervisor_staff_no and import people again."
        )
    if without <= max(1, everybody * MOST_WITHOUT_SUPERVISOR):
        return FINE
    return warning(
        f"{without} of {everybody} people have no supervisor. Fill the column "
        "supervisor_staff_no and import people again."
    )


@check("training unit")
def training_unit(patient: Patient) -> Finding:
    unit = (
        select(func.count(Person.id.distinct()))
        .join(Grant, Grant.person_id == Person.id)
        .where(Person.active, Grant.role == Role.UNIT)
    )
    if not _count(patient, unit):
        return wrong("Nobody belongs to the training unit: rollcall grant unit STAFF_NO")
    if not _count(patient, unit.where(Person.id.in_(LINKED))):
        return warning(
            "Nobody of the training unit has joined yet, so questions and requests reach nobody. "
            "Print them links: rollcall invite STAFF_NO"
        )
    return FINE


@check("telephone numbers")
def telephone_numbers(patient: Patient) -> Finding:
    """Who has neither a number nor an account can join only by a link."""
    everybody = _people(patient)
    out = _count(patient, _active().where(Person.phone == "", Person.id.not_in(LINKED)))
    if out <= everybody * MOST_WITHOUT_WAY_IN:
        return FINE
    return warning(
        f"{out} of {everybody} people have no telephone number in the roster and have not joined. "
        "They need a link: rollcall invite STAFF_NO, or sheets from the unit's menu."
    )


@check("linked people")
def linked_people(patient: Patient) -> Finding:
    _people(patient)
    if _count(patient, select(func.count(Chat.person_id))):
        return FINE
    return warning(
        "Nobody has joined yet. Tell people the bot's name; they press Start and share their "
        "contact."
    )


@check("people's time zones")
def peoples_time_zones(patient: Patient) -> Finding:
    zones = select(Person.timezone).where(Person.active, Person.timezone != "").distinct()
    with patient.reading() as session:
        unknown = sorted(set(session.scalars(zones)) - available_timezones())
    if not unknown:
        return FINE
    return wrong(
        f"This machine does not know these time zones of people: {', '.join(unknown[:3])}. Run "
        "`make install` again, or correct the roster."
    )


def _active() -> Select[Any]:
    return select(func.count()).select_from(Person).where(Person.active)


def _people(patient: Patient) -> int:
    """How many there are; what says something about people says nothing where there are none."""
    everybody = _count(patient, _active())
    if not everybody:
        raise Unavailable("There is nobody in the roster.")
    return everybody


def _count(patient: Patient, query: Select[Any]) -> int:
    with patient.reading() as session:
        return int(session.execute(query).scalar_one())
