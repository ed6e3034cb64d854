"""Words about needs that go where somebody who has left is to be forgotten."""

from __future__ import annotations

from sqlalchemy import or_, select, update
from sqlmodel import Session

from bot.models.needs import DonorSurvey, Need, PerformanceFigure
from bot.models.system import Blob


def forget_words(session: Session, person_id: int) -> None:
    """Empty what the person said is needed, and what others wrote about them; that something was
    needed stays, with its topic. Letters of donors that they photographed are let go of.
    """
    theirs = or_(Need.told_by == person_id, Need.person_id == person_id)
    session.execute(update(Need).where(theirs).values(words=""))
    session.execute(
        update(PerformanceFigure)
        .where(
            or_(PerformanceFigure.person_id == person_id, PerformanceFigure.noted_by == person_id)
        )
        .values(remark="")
    )
    own = select(Blob.id).where(Blob.owner_id == person_id)
    session.execute(update(DonorSurvey).where(DonorSurvey.blob_id.in_(own)).values(blob_id=None))
