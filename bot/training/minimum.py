"""The least number of trainees with which a class is held."""

from __future__ import annotations

from sqlmodel import Session

from bot.models.training import Course, TrainingClass
from bot.training import seats


def of(session: Session, held: TrainingClass) -> int:
    """The class's own number, else its course's; 0 for none."""
    return held.least_trainees or session.get_one(Course, held.course_id).min_seats or 0


def lacks(session: Session, held: TrainingClass) -> int:
    """How many more have to get a place for the class to be held; 0 if it has enough."""
    assert held.id is not None
    return max(0, of(session, held) - seats.taken(session, held.id))
