"""Sent again to those who did not get it; never to who confirmed that they read it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.campaigns.broadcasts import cards, keeping, progress
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.feeding import CHUNK
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.broadcasts import Broadcast, BroadcastRecipient, RecipientState

NOT_GOT = (RecipientState.FAILED, RecipientState.DROPPED)
EVERYBODY_HAS_IT = _("There is nobody left to send it to again.")


def missed(ctx: Ctx, broadcast_id: int, *, with_unknown: bool) -> int:
    """How many it would be sent to again; `with_unknown` also those of whom nobody can say
    whether they got it, who may get it twice.
    """
    row = keeping.found(ctx, broadcast_id)
    return _count(ctx, row, with_unknown)


def send(ctx: Ctx, broadcast_id: int, *, with_unknown: bool) -> BroadcastCard:
    """Begin another round for them; refuses where there is nobody."""
    row = keeping.kept(ctx, broadcast_id, Act.AGAIN)
    if not _count(ctx, row, with_unknown):
        raise Refusal(EVERYBODY_HAS_IT)
    keeping.step(ctx, row, Act.AGAIN)
    row.round += 1
    row.ended_at, row.reason = None, ""
    row.counts = {**row.counts, "again": {"unknown": with_unknown, "to": 0}}
    progress.begin(ctx, row)
    return cards.of_row(ctx, row)


def take_up(ctx: Ctx, row: Broadcast) -> None:
    """Put a chunk of those who did not get it on the list again, until there is none left."""
    asked = row.counts.get("again")
    if asked is None:
        return
    chosen = ctx.session.scalars(
        select(BroadcastRecipient.id)
        .where(_did_not_get(row, asked["unknown"]), BroadcastRecipient.id > asked["to"])
        .order_by(BroadcastRecipient.id)
        .limit(CHUNK)
    ).all()
    ctx.session.execute(
        update(BroadcastRecipient)
        .where(BroadcastRecipient.id.in_(chosen))
        .values(state=RecipientState.WAITING, reason="", item_id=None, due_at=ctx.now())
    )
    row.counts = {name: value for name, value in row.counts.items() if name != "again"}
    if len(chosen) == CHUNK:
        row.counts = {**row.counts, "again": {**asked, "to": chosen[-1]}}


def _did_not_get(row: Broadcast, with_unknown: bool) -> ColumnElement[bool]:
    states = (*NOT_GOT, RecipientState.UNKNOWN) if with_unknown else NOT_GOT
    return and_(
        BroadcastRecipient.broadcast_id == row.id,
        BroadcastRecipient.state.in_(states),
        BroadcastRecipient.acknowledged_at.is_(None),
    )


def _count(ctx: Ctx, row: Broadcast, with_unknown: bool) -> int:
    query = select(func.count()).select_from(BroadcastRecipient)
    found = ctx.session.execute(query.where(_did_not_get(row, with_unknown)))
    return int(found.scalar_one())
