"""What people wrote about training goes when they are erased; that it happened stays."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session

from bot.models.approvals import About, Approval, Deputy
from bot.models.training import Enrolment, EnrolmentChange
from bot.training.approvals import ASKED_BY
from bot.training.qualifications import kept

OF_A_LETTER = ("number", "date")


def forget_words(session: Session, person_id: int) -> None:
    """Empty reasons, questions and answers about somebody's classes and qualifications, and what
    they wrote about others'; nobody stands in for them, nor they for anybody.
    """
    own = select(Enrolment.id).where(Enrolment.person_id == person_id)
    taken = or_(EnrolmentChange.enrolment_id.in_(own), EnrolmentChange.actor_id == person_id)
    session.execute(update(EnrolmentChange).where(taken).values(reason=""))
    for approval in session.scalars(
        select(Approval).where(
            or_(
                Approval.enrolment_id.in_(own),
                Approval.decided_by == person_id,
                Approval.about == About.POSTPONEMENT,
            )
        )
    ):
        _forget_in(session, approval, person_id)
    stands_in = or_(Deputy.person_id == person_id, Deputy.deputy_id == person_id)
    session.execute(delete(Deputy).where(stands_in))
    kept.forget_words(session, person_id)
    session.flush()


def _forget_in(session: Session, approval: Approval, person_id: int) -> None:
    about = session.get_one(Enrolment, approval.enrolment_id).person_id
    writers = {about, approval.decided_by, approval.letter.get(ASKED_BY)}
    if person_id in writers:
        approval.reason = ""
        kept = {name: value for name, value in approval.letter.items() if name in OF_A_LETTER}
        approval.letter = kept
