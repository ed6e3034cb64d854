"""What became of messages, written down: items end, or stay queued where nothing was sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlalchemy import select, update

from bot.context import Ctx
from bot.delivery.claim import Claimed
from bot.delivery.failures import ENDS_CHAT, NOT_SENT, Failure, SendResult
from bot.models.chats import Chat
from bot.models.delivery import ItemState, Message, OutboxItem

log = logging.getLogger(__name__)


def record(ctx: Ctx, outcome: Sequence[tuple[Claimed, SendResult]]) -> None:
    """Settle the items of each message; what was certainly not sent leaves no message."""
    for message, result in outcome:
        state = _state(result)
        row = ctx.session.get_one(Message, message.message_id)
        _settle(ctx, message, state, result.failure or "")
        if state is ItemState.QUEUED:
            ctx.session.flush()
            ctx.session.delete(row)
        else:
            row.outcome, row.telegram_message_id = state, result.message_id
        if result.failure in ENDS_CHAT:
            ctx.session.execute(
                update(Chat).where(Chat.user_id == message.user_id).values(blocked_at=ctx.now())
            )
        if result.failure is Failure.REFUSED:
            log.error("message %s was refused: %s", message.message_id, result.description)


def give_up_claimed(ctx: Ctx) -> None:
    """What a killed courier had in hand: sent or not, nobody can say."""
    ctx.session.execute(
        update(OutboxItem)
        .where(OutboxItem.state == ItemState.CLAIMED)
        .values(
            state=ItemState.UNKNOWN,
            reason="the courier ended before the outcome was recorded",
            settled_at=ctx.now(),
        )
    )
    ctx.session.execute(
        update(Message)
        .where(Message.outcome == ItemState.CLAIMED)
        .values(outcome=ItemState.UNKNOWN)
    )


def _settle(ctx: Ctx, message: Claimed, state: ItemState, reason: str) -> None:
    for item in ctx.session.scalars(select(OutboxItem).where(OutboxItem.id.in_(message.item_ids))):
        if item.state is not ItemState.CLAIMED:
            continue
        item.state, item.reason = state, reason
        if state is ItemState.QUEUED:
            item.message_id = None
        else:
            item.settled_at = ctx.now()


def _state(result: SendResult) -> ItemState:
    if result.ok:
        return ItemState.SENT
    if result.failure in NOT_SENT:
        return ItemState.QUEUED
    if result.failure is Failure.UNKNOWN:
        return ItemState.UNKNOWN
    if result.failure is Failure.NO_FILE:
        return ItemState.DROPPED
    return ItemState.FAILED
