"""The ratings of a very large round added up beside the chat, and kept with the round."""

from __future__ import annotations

import datetime as dt

from bot import long_work
from bot.context import Ctx
from bot.models.needs import NeedsRound
from bot.needs import analysis
from bot.needs.analysis import RoundCard
from bot.needs.tallies import Tally
from bot.people import reach
from bot.people.access_table import Action

KIND = "needs_sums"
FRESH = dt.timedelta(hours=1)
"""Sums are added up again when somebody looks at older ones."""


def are_needed(ctx: Ctx) -> bool:
    """Whether the actor sees sums that were made before: of all people, and of very many."""
    return not analysis.is_quick(ctx) and reach.units_within(ctx, Action.READ_NEEDS) is None


def refresh(ctx: Ctx, card: RoundCard) -> None:
    """Have the sums of a round made anew where they are missing or old."""
    made = card.row.sums_at
    if made is None or ctx.now() - made >= FRESH:
        long_work.queue_for_all(ctx, KIND, {"round": card.id})


def reckon(ctx: Ctx, round_id: int) -> dict[str, list[int]]:
    """The sums by competency, as a round keeps them."""
    found = analysis.by_competency(ctx, round_id, live=True)
    return {str(competency): _listed(tally) for competency, tally in found.items()}


def keep(ctx: Ctx, round_id: int, sums: dict[str, list[int]]) -> None:
    """Keep the sums with their round, if it is still there."""
    row = ctx.session.get(NeedsRound, round_id)
    if row is not None:
        row.sums, row.sums_at = sums, ctx.now()
        ctx.session.flush()


def _listed(tally: Tally) -> list[int]:
    return [getattr(tally, name) for name in Tally.__slots__]
