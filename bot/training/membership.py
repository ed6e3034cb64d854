"""Which enrolments count, and who is in a class."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlmodel import Session

from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState

TRAINEE_STATES = (
    EnrolmentState.ENROLLED,
    EnrolmentState.ATTENDED,
    EnrolmentState.PARTLY_ATTENDED,
    EnrolmentState.COMPLETED,
)
"""Who is asked about a class when it ends, and who fills a seat before."""


def trainees(session: Session, class_id: int) -> list[Person]:
    """The people who count as trainees of a class and still serve, by id."""
    return list(
        session.scalars(
            select(Person).where(Person.id.in_(trainee_ids(class_id))).order_by(Person.id)
        )
    )


def trainee_ids(class_id: int) -> Select[int]:
    """The same as a query of person ids, for use inside other queries."""
    return (
        select(Enrolment.person_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.class_id == class_id,
            Enrolment.state.in_(TRAINEE_STATES),
            Person.active,
        )
    )
