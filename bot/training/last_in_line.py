"""Who decides about somebody where nobody of their line of supervisors is left.

That is the training unit; where it has nobody but the person themselves, the executives.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from bot.models.approvals import Approval
from bot.models.people import Grant, Person, Role
from bot.models.training import Enrolment
from bot.people import access


def deciders(session: Session, approval: Approval) -> list[int]:
    """Whom a request that is with nobody by name is put to."""
    person = _person_of(session, approval)
    return _unit(session, person) or _executives(session, person)


def asked_of(session: Session, approval: Approval) -> int | None:
    """Who is named as having a request: the approver, or an executive; None for the unit."""
    if approval.approver_id is not None:
        return approval.approver_id
    person = _person_of(session, approval)
    return None if _unit(session, person) else next(iter(_executives(session, person)), None)


def left_to(session: Session, person_id: int) -> set[int]:
    """The open approvals that wait for this person as an executive, for want of anybody else."""
    grants = select(Grant.id).where(Grant.person_id == person_id, Grant.role == Role.EXECUTIVE)
    if session.execute(grants.limit(1)).first() is None:
        return set()
    waiting = session.execute(
        select(Approval.id, Person)
        .join(Enrolment, Enrolment.id == Approval.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Approval.approver_id.is_(None), Approval.ended_at.is_(None), Person.active)
    ).all()
    offices = {person.unit_id for _number, person in waiting}
    units = {office: access.people_with(session, Role.UNIT, office) for office in offices}
    return {
        number
        for number, person in waiting
        if set(units[person.unit_id]) <= {person.id} and person_id in _executives(session, person)
    }


def _person_of(session: Session, approval: Approval) -> Person:
    return session.get_one(Person, session.get_one(Enrolment, approval.enrolment_id).person_id)


def _unit(session: Session, person: Person) -> list[int]:
    return _others_with(session, Role.UNIT, person)


def _executives(session: Session, person: Person) -> list[int]:
    return _others_with(session, Role.EXECUTIVE, person)


def _others_with(session: Session, role: Role, person: Person) -> list[int]:
    found = access.people_with(session, role, person.unit_id)
    return [person_id for person_id in found if person_id != person.id]
