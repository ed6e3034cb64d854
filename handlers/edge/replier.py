"""Shows the speaker what a unit of work decided, after its commit, and notes what was shown."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any

from bot.clock import Clock
from bot.committer import Committer
from bot.delivery import alarms
from bot.delivery.budget import PATIENCE_SECONDS, Budget
from bot.delivery.failures import ENDS_CHAT, Failure, SendResult
from bot.encoder import Encoded
from bot.errors import Retry
from handlers.edge import dispatch
from handlers.edge.middleware import Outgoing
from handlers.edge.session import CallFailed, LeanSession
from handlers.edge.shown import Shown, ShownLog

log = logging.getLogger(__name__)

TRIES = 4
FIRST_WAIT = 0.5
NOT_NOW = SendResult(failure=Failure.THROTTLED)
"""Left to the sweep that shows what was not shown."""


class Replier:
    """Edits or sends, answers presses, keeps the command menu right."""

    def __init__(
        self, session: LeanSession, budget: Budget, committer: Committer, clock: Clock
    ) -> None:
        self._session = session
        self._budget = budget
        self._committer = committer
        self._clock = clock
        self._log = ShownLog(committer, clock)

    @property
    def is_paused(self) -> bool:
        """Whether the server wants nothing at the moment."""
        return self._budget.paused_for > 0

    async def idle(self) -> None:
        """Wait until what was shown is recorded."""
        await self._log.idle()

    async def show(self, outgoing: Outgoing) -> None:
        """Everything for one update; a call that fails leaves the rest to be done."""
        screen = asyncio.ensure_future(self._screen(outgoing))
        if outgoing.press_id:
            await self._answer(outgoing)
        await screen
        if outgoing.menu is not None:
            await self._menu(outgoing.user_id, outgoing.menu)

    async def _answer(self, outgoing: Outgoing) -> None:
        payload: dict[str, Any] = {"callback_query_id": outgoing.press_id}
        if outgoing.toast:
            payload |= {"text": outgoing.toast, "show_alert": outgoing.alert}
        await self._tried("answerCallbackQuery", payload)

    async def _screen(self, outgoing: Outgoing) -> None:
        encoded = outgoing.encoded
        if encoded is None:
            return
        result, edited = await self._edit_or_send(outgoing, encoded)
        if result.ok or result.failure in ENDS_CHAT:
            self._log.note(
                Shown(
                    outgoing.user_id,
                    outgoing.revision,
                    result.message_id,
                    result.at,
                    edited,
                    encoded.asks,
                )
            )
        else:
            log.warning("chat %s: screen not shown: %s", outgoing.user_id, result.failure)

    async def _edit_or_send(self, outgoing: Outgoing, encoded: Encoded) -> tuple[SendResult, bool]:
        payload = _payload(outgoing.user_id, encoded)
        turn = self._budget.before_reply if outgoing.known else self._budget.before_stranger
        if outgoing.edit is not None:
            if not await turn():
                return NOT_NOW, True
            edit = {**payload, "message_id": outgoing.edit}
            edit.pop("protect_content", None)
            result = await self._tried("editMessageText", edit)
            if result.failure is Failure.NOT_MODIFIED:
                # An earlier try may have changed it, at a time that no answer told.
                now = int(self._clock.now().timestamp())
                return SendResult(message_id=outgoing.edit, at=now), True
            if result.failure is not Failure.NOT_EDITABLE:
                return result, True
        if not await turn():
            return NOT_NOW, False
        return await self._tried("sendMessage", payload), False

    async def _menu(self, user_id: int, menu: dispatch.CommandMenu) -> None:
        commands = [{"command": name, "description": words} for name, words in menu.commands]
        scope = {"type": "chat", "chat_id": user_id}
        result = await self._tried("setMyCommands", {"commands": commands, "scope": scope})
        if result.ok:
            await self._committer.hop(lambda ctx: dispatch.keep_menu(ctx, user_id, menu.made_for))

    async def _tried(self, method: str, payload: dict[str, Any]) -> SendResult:
        """Call until it is known what became of it; a send of unknown effect is not repeated."""
        wait = FIRST_WAIT
        result = SendResult(failure=Failure.UNREACHABLE)
        for _attempt in range(TRIES):
            try:
                return _sent(await self._session.call(method, payload))
            except CallFailed as failed:
                result = failed.result
            if result.failure is Failure.THROTTLED:
                self._budget.pause(result.retry_after)
                await self._tell_of_pause(result.retry_after)
                if self._budget.paused_for > PATIENCE_SECONDS:
                    return result
                await asyncio.sleep(self._budget.paused_for)
            elif _may_repeat(method, result):
                await asyncio.sleep(wait)
                wait *= 2
            else:
                return result
        return result

    async def _tell_of_pause(self, seconds: float) -> None:
        with suppress(Retry):
            await self._committer.hop(lambda ctx: alarms.paused(ctx, seconds))


def _may_repeat(method: str, result: SendResult) -> bool:
    if result.failure is Failure.UNREACHABLE:
        return True
    return result.failure is Failure.UNKNOWN and method != "sendMessage"


def _payload(user_id: int, encoded: Encoded) -> dict[str, Any]:
    payload: dict[str, Any] = {"chat_id": user_id, "text": encoded.text}
    if encoded.entities:
        payload["entities"] = encoded.entities
    if encoded.reply_markup is not None:
        payload["reply_markup"] = encoded.reply_markup
    if encoded.protect:
        payload["protect_content"] = True
    return payload


def _sent(result: Any) -> SendResult:
    if not isinstance(result, dict):
        return SendResult()
    when = result.get("edit_date") or result.get("date") or 0
    return SendResult(message_id=result.get("message_id"), at=when)
