"""Bugs reach the operator: told to the chat that `ROLLCALL_ALERT_CHAT` names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency

OPERATOR_ALERT = outbox.declare(NoticeKind("operator_alert", Urgency.NOW, merge="operator"))


def raise_alarm(ctx: Ctx, params: Mapping[str, str], *, key: str | None = None) -> None:
    """Tell the operator, once for each `key`: the `reason` an update was set aside, or the
    `part` of Rollcall that hit a bug.
    """
    chat = ctx.settings.alert_chat
    if chat is not None:
        outbox.tell_account(ctx, OPERATOR_ALERT, chat, params, key=key)


def part_failed(ctx: Ctx, part: str) -> None:
    """A part of Rollcall, named in code, hit a bug; told once a day."""
    raise_alarm(ctx, {"part": part}, key=f"alarm:{part}:{ctx.now():%Y-%m-%d}")
