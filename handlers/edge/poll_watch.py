"""What is done when polling goes wrong for longer: the operator is told of a second poller, a
connection that hangs is made anew, a token that is refused again and again ends the process.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from bot.clock import monotonic
from bot.committer import Committer
from bot.delivery import alarms
from bot.delivery.alarms import Alarm
from bot.delivery.failures import Failure
from bot.errors import Refusal, Retry
from bot.i18n import _
from handlers.edge.session import CallFailed, LeanSession

log = logging.getLogger(__name__)

CONFLICT_SECONDS = 60.0
SILENT_SECONDS = 90.0
MOST_REFUSALS = 5
REVOKED = _("The server no longer takes this token. Put the new one into ROLLCALL_TOKEN.")


class PollWatch:
    """Told of each poll that came and of each that failed."""

    def __init__(self, session: LeanSession, committer: Committer) -> None:
        self._session = session
        self._committer = committer
        self._came_at = monotonic()
        self._conflict_since: float | None = None
        self._is_told = False
        self._is_settled = False
        self._refusals = 0

    async def came(self) -> None:
        """A poll was answered: whatever was wrong is over."""
        self._came_at = monotonic()
        self._refusals = 0
        self._conflict_since = None
        if self._is_told or not self._is_settled:
            with suppress(Retry):
                await self._committer.hop(lambda ctx: alarms.ends(ctx, Alarm.SECOND_POLLER))
                self._is_told, self._is_settled = False, True

    async def failed(self, trouble: Exception) -> None:
        """A poll failed; raises Refusal once the token has been refused too often."""
        failure = trouble.result.failure if isinstance(trouble, CallFailed) else None
        if failure is Failure.CONFLICT:
            await self._conflict()
        self._refusals = self._refusals + 1 if failure is Failure.BAD_TOKEN else 0
        if self._refusals >= MOST_REFUSALS:
            raise Refusal(REVOKED) from trouble
        if monotonic() - self._came_at > SILENT_SECONDS:
            log.warning("polling: nothing came for long, the connection is made anew")
            self._came_at = monotonic()
            await self._session.close()

    async def _conflict(self) -> None:
        """Short conflicts are restarts: the poll of the process before has not ended yet."""
        self._conflict_since = self._conflict_since or monotonic()
        if monotonic() - self._conflict_since < CONFLICT_SECONDS or self._is_told:
            return
        with suppress(Retry):
            await self._committer.hop(lambda ctx: alarms.begins(ctx, Alarm.SECOND_POLLER))
            self._is_told = True
