"""The message in its maker's chat that says how far a message to many is, and moves."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.campaigns.broadcasts.telling import BROADCAST_DONE, BROADCAST_PROGRESS
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.broadcasts import Broadcast
from bot.models.delivery import ItemState, OutboxItem

EVERY = dt.timedelta(seconds=5)
UNDER_WAY = (ItemState.QUEUED, ItemState.CLAIMED)


def sender_of(row: Broadcast) -> int | None:
    """Who is told how it goes: who sent it off."""
    person_id: int | None = row.counts.get("sent_off_by", row.made_by)
    return person_id


def show(ctx: Ctx, row: Broadcast, shown: str) -> None:
    """Let the message say how far it is, where that changed and its last edit has arrived.

    `shown` stands for what it will say: the same is not said again.
    """
    last = ctx.session.get(OutboxItem, row.progress_item_id) if row.progress_item_id else None
    if last is not None and (_is_too_soon(ctx, last) or last.params.get("shown") == shown):
        return
    edits_id = (last.message_id or last.edits_id) if last is not None else None
    _queue(ctx, row, shown, edits_id)


def begin(ctx: Ctx, row: Broadcast) -> None:
    """A new message for a new round."""
    _queue(ctx, row, "", None)


def end(ctx: Ctx, row: Broadcast) -> None:
    """Tell that nothing of it is on its way any more."""
    person_id = sender_of(row)
    if person_id is not None:
        key = f"broadcast:{row.id}:{row.state}:{row.round}:{row.corrections}"
        params = {"broadcast": row.id, "state": row.state.value}
        outbox.tell(ctx, BROADCAST_DONE, person_id, params, key=key)


def _is_too_soon(ctx: Ctx, last: OutboxItem) -> bool:
    return last.state in UNDER_WAY or ctx.now() - last.made_at < EVERY


def _queue(ctx: Ctx, row: Broadcast, shown: str, edits_id: int | None) -> None:
    person_id = sender_of(row)
    if person_id is None:
        return
    number = row.counts.get("shown", 0) + 1
    row.counts = {**row.counts, "shown": number}
    key = f"broadcast:{row.id}:progress:{number}"
    params = {"broadcast": row.id, "shown": shown}
    notice = Notice(person_id, params, key, edits_id=edits_id)
    outbox.tell_all(ctx, BROADCAST_PROGRESS, [notice])
    row.progress_item_id = ctx.session.scalars(
        select(OutboxItem.id).where(OutboxItem.unique_key == key)
    ).one()
