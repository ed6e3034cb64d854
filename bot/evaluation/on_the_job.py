"""What was typed about learning on the job goes with a person; that it was done stays."""

from __future__ import annotations

from sqlalchemy import or_, update
from sqlmodel import Session

from bot.evaluation.task_books import keeping
from bot.models.on_the_job import CascadeDuty


def forget_words(session: Session, person_id: int) -> None:
    """Empty notes, reasons and reports that the person typed, or that others typed about them."""
    keeping.forget_words(session, person_id)
    own = CascadeDuty.person_id == person_id
    session.execute(update(CascadeDuty).where(own).values(report=""))
    doubted = or_(own, CascadeDuty.confirmed_by == person_id)
    session.execute(update(CascadeDuty).where(doubted).values(doubt=""))
