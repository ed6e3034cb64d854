"""Comments of participants: the training unit reads each before the trainer may.

Nothing reaches a trainer unreviewed, and nothing at all from a class in which too few answered.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy import select

from bot.context import Ctx
from bot.evaluation.results import ClassResults, Comments
from bot.models.evaluation import CommentReview
from bot.models.training import TrainingClass
from bot.people.access_table import Action
from bot.training import class_reach, trainers

TOKEN = 12


def reads_all(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether the actor reads comments before they were reviewed: unit and executives, but for
    classes that they taught themselves.
    """
    if ctx.actor.is_system:
        return True
    person_id = ctx.actor.person_id
    if person_id is None or trainers.trains(ctx.session, person_id, held):
        return False
    within = class_reach.within(ctx, Action.READ_REPORTS)
    query = select(TrainingClass.id).where(TrainingClass.id == held.id, within)
    return ctx.session.execute(query).first() is not None


def decisions(ctx: Ctx, class_id: int) -> dict[tuple[str, str], bool]:
    """What was decided about comments of a class, by response and question."""
    rows = ctx.session.scalars(select(CommentReview).where(CommentReview.class_id == class_id))
    return {(row.response, row.question): row.shown for row in rows}


def let_through(ctx: Ctx, class_id: int, found: ClassResults) -> ClassResults:
    """The same results with those comments only that the trainer may read."""
    if found.answered < found.threshold:
        return replace(found, comments=())
    decided = decisions(ctx, class_id)
    comments = tuple(_shown(one, decided) for one in found.comments)
    return replace(found, comments=tuple(one for one in comments if one.texts))


def token(key: str, question: str) -> str:
    """What a button calls one comment by: nobody finds the answers it belongs to from it."""
    return hashlib.sha256(f"{key}:{question}".encode()).hexdigest()[:TOKEN]


def _shown(found: Comments, decided: dict[tuple[str, str], bool]) -> Comments:
    pairs = [
        (text, key)
        for text, key in zip(found.texts, found.keys, strict=True)
        if decided.get((key, found.name))
    ]
    return replace(
        found, texts=tuple(text for text, _key in pairs), keys=tuple(key for _text, key in pairs)
    )
