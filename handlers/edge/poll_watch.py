"""What is done when polling goes wrong for longer: the operator is told of what is in its way, a
connection that hangs is made anew, a token that is refused again and again ends the process.
"""

from __future__ import annotations

import logging

from bot.clock import monotonic
from bot.committer import Committer
from bot.delivery.failures import Failure, SendResult
from bot.delivery.lasting import Conflict
from bot.errors import Refusal
from bot.i18n import _
from handlers.edge.session import CallFailed, LeanSession

log = logging.getLogger(__name__)

SILENT_SECONDS = 90.0
MOST_REFUSALS = 5
REVOKED = _("The server no longer takes this token. Put the new one into ROLLCALL_TOKEN.")


class PollWatch:
    """Told of each poll that came and of each that failed."""

    def __init__(self, session: LeanSession, committer: Committer) -> None:
        self._session = session
        self._came_at = monotonic()
        self._conflict = Conflict(committer.hop)
        self._refusals = 0

    async def came(self) -> None:
        """A poll was answered: whatever was wrong is over."""
        self._came_at = monotonic()
        self._refusals = 0
        await self._conflict.is_over()

    async def failed(self, trouble: Exception) -> None:
        """A poll failed; raises Refusal once the token has been refused too often."""
        result = trouble.result if isinstance(trouble, CallFailed) else SendResult()
        failure = result.failure
        if failure is Failure.CONFLICT:
            await self._conflict.met(result.description)
        self._refusals = self._refusals + 1 if failure is Failure.BAD_TOKEN else 0
        if self._refusals >= MOST_REFUSALS:
            raise Refusal(REVOKED) from trouble
        if monotonic() - self._came_at > SILENT_SECONDS:
            log.warning("polling: nothing came for long, the connection is made anew")
            self._came_at = monotonic()
            await self._session.close()
