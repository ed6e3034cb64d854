"""Who is told of an outline, and when."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.planning import CourseOutline
from bot.planning.outlines import reaching

USEFUL = dt.timedelta(days=30)

REVIEW_ASKED = outbox.declare(NoticeKind("outline_review_asked", Urgency.ORDINARY, USEFUL))
REVIEWED = outbox.declare(NoticeKind("outline_reviewed", Urgency.ORDINARY, USEFUL))
SUBMITTED = outbox.declare(NoticeKind("outline_submitted", Urgency.ORDINARY, USEFUL))
DECIDED = outbox.declare(NoticeKind("outline_decided", Urgency.ORDINARY, USEFUL))
LOOK_AGAIN = outbox.declare(NoticeKind("outline_look_again", Urgency.ORDINARY, USEFUL))


def ask_expert(ctx: Ctx, row: CourseOutline, person_id: int) -> None:
    """An expert is asked for a review."""
    _tell(ctx, REVIEW_ASKED, row, person_id)


def all_reviewed(ctx: Ctx, row: CourseOutline) -> None:
    """Whoever made the outline learns that every expert has answered."""
    if row.made_by is not None:
        _tell(ctx, REVIEWED, row, row.made_by)


def submitted(ctx: Ctx, row: CourseOutline) -> None:
    """Executives of its part learn that an outline waits, but for who made it or hands it in."""
    for person_id in reaching.deciders(ctx.session, row):
        if person_id not in (row.made_by, ctx.actor.person_id):
            _tell(ctx, SUBMITTED, row, person_id)


def decided(ctx: Ctx, row: CourseOutline) -> None:
    """Whoever made the outline learns what was decided."""
    if row.made_by is not None and row.made_by != ctx.actor.person_id:
        _tell(ctx, DECIDED, row, row.made_by)


def _tell(ctx: Ctx, kind: NoticeKind, row: CourseOutline, person_id: int) -> None:
    key = f"{person_id}:{kind.name}:{row.id}:{ctx.now():%Y%m%dT%H%M%S}"
    outbox.tell(ctx, kind, person_id, {"outline": row.id, "state": row.state.value}, key=key)
