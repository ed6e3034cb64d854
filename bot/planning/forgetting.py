"""What is said of plans and goes where somebody who has left is to be forgotten."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlmodel import Session

from bot.models.planning import AnnualPlan, PlanComment
from bot.models.system import Blob


def forget_words(session: Session, person_id: int) -> None:
    """Empty what the person wrote about plans, and let go of the letters that they photographed:
    number and day of the letter stay.
    """
    theirs = PlanComment.by_id == person_id
    session.execute(update(PlanComment).where(theirs).values(words=""))
    own = select(Blob.id).where(Blob.owner_id == person_id)
    session.execute(
        update(AnnualPlan).where(AnnualPlan.letter_blob_id.in_(own)).values(letter_blob_id=None)
    )
