"""Every outline in force is looked at again once a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.calendar import add_months
from bot.context import Ctx
from bot.models.planning import CourseOutline
from bot.planning.outlines import cards, reaching, states
from bot.planning.outlines.cards import OutlineCard
from bot.planning.outlines.deciding import YEARLY
from bot.planning.outlines.states import Act
from bot.planning.outlines.typed import words_in


def still_right(ctx: Ctx, outline_id: int, typed: Mapping[str, Any]) -> OutlineCard:
    """The outline stands for another year; who looked, when and what they say is kept."""
    row = reaching.require_writer(ctx, outline_id, Act.LOOK_AGAIN)
    looked = {
        "on": ctx.today().isoformat(),
        "by": ctx.actor.person_id,
        "words": words_in(typed, "words"),
    }
    row.parts = {**row.parts, "looked": [*row.parts.get("looked", []), looked]}
    row.review_on = add_months(ctx.today(), YEARLY)
    ctx.session.flush()
    audit.record(ctx, "outline.looked_again", reaching.KIND, row.id)
    return cards.read(ctx, row)


def due(ctx: Ctx, until: dt.date) -> list[CourseOutline]:
    """The outlines in force whose day has come by `until`, the longest overdue first."""
    return list(
        ctx.session.scalars(
            select(CourseOutline)
            .where(CourseOutline.state.in_(states.IN_FORCE), CourseOutline.review_on <= until)
            .order_by(CourseOutline.review_on, CourseOutline.id)
        )
    )
