"""What became of messages, written down: items end, or stay queued where nothing was sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from bot.context import Ctx
from bot.delivery import alarms
from bot.delivery.claim import Claimed
from bot.delivery.failures import ENDS_CHAT, NOT_SENT, Failure, SendResult
from bot.delivery.outbox import KINDS
from bot.models.chats import Chat
from bot.models.delivery import ItemState, Message, OutboxItem

log = logging.getLogger(__name__)

MOST_UNKNOWN = 2
MOST_EDITS = 5
_MESSAGES = select(Message).where(Message.id.in_(bindparam("ids", expanding=True)))
_ITEMS = select(OutboxItem).where(
    OutboxItem.message_id.in_(bindparam("ids", expanding=True)),
    OutboxItem.state.in_([ItemState.CLAIMED, ItemState.UNKNOWN]),
)
LOST = "the courier ended before the outcome was recorded"


def record(ctx: Ctx, outcome: Sequence[tuple[Claimed, SendResult]]) -> None:
    """Settle the items of each message; what was certainly not sent leaves no message.

    A courier that lost its lease meanwhile may still say what it knows.
    """
    ids = [message.message_id for message, _result in outcome]
    rows = {row.id: row for row in ctx.session.scalars(_MESSAGES, {"ids": ids})}
    items_of = _items_of(ctx, ids)
    for message, result in outcome:
        row = rows.get(message.message_id)
        if row is None:  # its reader was erased while it was on its way
            continue
        state = _state(message, result)
        items = items_of[message.message_id]
        _settle(ctx, items, state, result.failure or "")
        if state is ItemState.QUEUED:
            ctx.session.flush()
            ctx.session.delete(row)
        else:
            row.outcome, row.telegram_message_id = state, result.message_id
        if result.failure in ENDS_CHAT:
            ctx.session.execute(
                update(Chat).where(Chat.user_id == message.user_id).values(blocked_at=ctx.now())
            )
        if result.failure is Failure.THROTTLED:
            alarms.paused(ctx, result.retry_after)
        if result.failure is Failure.REFUSED:
            log.error("message %s was refused: %s", message.message_id, result.description)
            notice = items[0].notice if items else ""
            alarms.message_refused(ctx, message.message_id, notice)


def give_up_claimed(ctx: Ctx) -> None:
    """What a killed courier had in hand: sent or not, nobody can say.

    To be called only by whoever is the one courier now.
    """
    claimed = select(OutboxItem).where(OutboxItem.state == ItemState.CLAIMED)
    _settle(ctx, ctx.session.scalars(claimed).all(), ItemState.UNKNOWN, LOST)
    ctx.session.execute(
        update(Message)
        .where(Message.outcome == ItemState.CLAIMED)
        .values(outcome=ItemState.UNKNOWN)
    )


def _items_of(ctx: Ctx, message_ids: Sequence[int]) -> dict[int, list[OutboxItem]]:
    """The items of messages whose outcome nobody has known so far."""
    found: dict[int, list[OutboxItem]] = {message_id: [] for message_id in message_ids}
    for item in ctx.session.scalars(_ITEMS, {"ids": message_ids}):
        assert item.message_id is not None, "it was asked for by it"
        found[item.message_id].append(item)
    return found


def _settle(ctx: Ctx, items: Sequence[OutboxItem], state: ItemState, reason: str) -> None:
    for item in items:
        item.reason = reason
        if state is ItemState.QUEUED:
            item.attempts -= 1
        if reason == Failure.NOT_EDITABLE:
            item.edits_id = None
        if state is ItemState.QUEUED or (state is ItemState.UNKNOWN and _goes_again(item)):
            item.state, item.message_id, item.settled_at = ItemState.QUEUED, None, None
        else:
            item.state, item.settled_at = state, ctx.now()


def _goes_again(item: OutboxItem) -> bool:
    if item.edits_id is not None:
        return item.attempts < MOST_EDITS
    kind = KINDS.get(item.notice)
    return kind is not None and kind.repeats and item.attempts < MOST_UNKNOWN


def _state(message: Claimed, result: SendResult) -> ItemState:
    if result.ok:
        return ItemState.SENT
    if result.failure in NOT_SENT:
        return ItemState.QUEUED
    if message.edits is not None and result.failure is Failure.NOT_EDITABLE:
        return ItemState.QUEUED  # once more, as a message of its own
    if result.failure is Failure.UNKNOWN:
        return ItemState.UNKNOWN
    if result.failure is Failure.NO_FILE:
        return ItemState.DROPPED
    return ItemState.FAILED
