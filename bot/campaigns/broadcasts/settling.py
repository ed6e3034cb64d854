"""What became of what was queued, copied from the outbox into the list of recipients."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Row, and_, delete, or_, select, update

from bot.campaigns.broadcasts import feeding, telling
from bot.campaigns.broadcasts.feeding import CHUNK
from bot.context import Ctx
from bot.models.broadcasts import Broadcast, BroadcastRecipient, RecipientState
from bot.models.delivery import ItemState, Message, OutboxItem

R = RecipientState
UNDER_WAY = (ItemState.QUEUED, ItemState.CLAIMED)
PIECE = 60
"""Recipients who are moved on in one transaction: a reply waits for no more than that."""
LOST = "its row in the outbox is gone"
PUT_OFF = dt.timedelta(minutes=1)
"""What is due so much later was put off to another day, and waits in the list instead."""


def settle(ctx: Ctx, row: Broadcast) -> int:
    """Copy final states, at most a piece; who got words that were changed meanwhile gets the
    change. How many were copied.
    """
    late = []
    changes: list[dict[str, Any]] = []
    ended = _ended(ctx, row)
    for one in ended:
        settled = _change(one) if _is_change(one) else _round(row, one)
        changes.append({"id": one.id, **settled})
        if _has_older_words(row, settled, one):
            late.append(one.id)
    if changes:
        ctx.session.execute(update(BroadcastRecipient), changes)
    held_back = [one.item for one in ended if _was_paused(one)]
    ctx.session.execute(delete(OutboxItem).where(OutboxItem.id.in_(held_back)))
    if late:
        feeding.queue_change(ctx, row, _again(ctx, late))
    _take_put_off(ctx, row)
    return len(ended)


def is_asked(ctx: Ctx, broadcast_id: int, at: dt.datetime) -> bool:
    """Whether there would be something to settle at `at`."""
    is_late = and_(
        OutboxItem.state == ItemState.QUEUED,
        OutboxItem.due_at > at + PUT_OFF,
        OutboxItem.notice.in_(telling.SENT_BY_ITSELF),
    )
    found = (
        select(BroadcastRecipient.id)
        .outerjoin(OutboxItem, OutboxItem.id == BroadcastRecipient.item_id)
        .where(
            BroadcastRecipient.broadcast_id == broadcast_id,
            BroadcastRecipient.state == R.QUEUED,
            or_(OutboxItem.id.is_(None), OutboxItem.state.not_in(UNDER_WAY), is_late),
        )
        .limit(1)
    )
    return ctx.session.execute(found).first() is not None


def _ended(ctx: Ctx, row: Broadcast) -> list[Row[Any]]:
    """The recipients whose item has ended, or is not there any more."""
    query = (
        select(
            BroadcastRecipient.id,
            BroadcastRecipient.message_id.label("has"),
            BroadcastRecipient.told_correction,
            OutboxItem.id.label("item"),
            OutboxItem.state,
            OutboxItem.reason,
            OutboxItem.notice,
            OutboxItem.params,
            OutboxItem.edits_id,
            OutboxItem.message_id,
            Message.sent_at,
        )
        .outerjoin(OutboxItem, OutboxItem.id == BroadcastRecipient.item_id)
        .outerjoin(Message, Message.id == OutboxItem.message_id)
        .where(
            BroadcastRecipient.broadcast_id == row.id,
            BroadcastRecipient.state == R.QUEUED,
            or_(OutboxItem.id.is_(None), OutboxItem.state.not_in(UNDER_WAY)),
        )
        .limit(PIECE)
    )
    return list(ctx.session.execute(query))


def _is_change(one: Row[Any]) -> bool:
    return one.notice is not None and one.notice not in telling.SENT_BY_ITSELF


def _was_paused(one: Row[Any]) -> bool:
    """Whether it was held back by a pause, and so is to be queued again."""
    return bool(one.state is ItemState.DROPPED and one.reason == telling.PAUSED)


def _round(row: Broadcast, one: Row[Any]) -> dict[str, Any]:
    """How a message that was sent, or tried, ended."""
    if one.state is None:
        return {"state": R.SENT if one.has else R.DROPPED, "reason": LOST}
    if _was_paused(one):
        return {"state": R.WAITING, "reason": "", "item_id": None}
    if one.state is not ItemState.SENT:
        return {"state": R(one.state.value), "reason": one.reason}
    changed_at = row.counts.get("changed_at")
    is_newest = changed_at is None or one.sent_at > dt.datetime.fromisoformat(changed_at)
    return {
        "state": R.SENT,
        "reason": "",
        "message_id": one.message_id,
        "told_correction": row.corrections if is_newest else one.told_correction,
    }


def _change(one: Row[Any]) -> dict[str, Any]:
    """How a change to what was sent ended; where it failed, the earlier words stand."""
    if one.state is not ItemState.SENT:
        why = f"{telling.NOT_CORRECTED}{one.reason}"
        return {"state": R.SENT if one.has else R.UNKNOWN, "reason": why}
    was_edited = one.edits_id is not None
    return {
        "state": R.SENT,
        "reason": "",
        "message_id": one.has if was_edited else one.message_id,
        "told_correction": one.params["number"],
    }


def _has_older_words(row: Broadcast, settled: dict[str, Any], one: Row[Any]) -> bool:
    """Whether it arrived, or may have, with words that have been changed since."""
    told = settled.get("told_correction", one.told_correction)
    was_refused = settled["reason"].startswith(telling.NOT_CORRECTED)
    return settled["state"] in feeding.HAVE_IT and not was_refused and told < row.corrections


def _again(ctx: Ctx, ids: list[int]) -> list[Row[Any]]:
    query = select(
        BroadcastRecipient.id, BroadcastRecipient.person_id, BroadcastRecipient.message_id
    ).where(BroadcastRecipient.id.in_(ids))
    return list(ctx.session.execute(query))


def _take_put_off(ctx: Ctx, row: Broadcast) -> None:
    """Whoever has had today's messages waits for tomorrow in the list, not in the outbox."""
    mine = (
        (BroadcastRecipient.broadcast_id == row.id)
        & (BroadcastRecipient.state == R.QUEUED)
        & (BroadcastRecipient.item_id == OutboxItem.id)
    )
    late = ctx.session.execute(
        select(BroadcastRecipient.id, OutboxItem.id.label("item"), OutboxItem.due_at)
        .where(
            mine,
            OutboxItem.state == ItemState.QUEUED,
            OutboxItem.due_at > ctx.now() + PUT_OFF,
            OutboxItem.notice.in_(telling.SENT_BY_ITSELF),
        )
        .limit(CHUNK)
        .with_for_update(of=OutboxItem)
    ).all()
    if not late:
        return
    ctx.session.execute(
        update(BroadcastRecipient),
        [
            {"id": one.id, "state": R.WAITING, "item_id": None, "due_at": one.due_at}
            for one in late
        ],
    )
    ctx.session.execute(delete(OutboxItem).where(OutboxItem.id.in_([one.item for one in late])))
