"""Troubles that the running process meets again and again: told once they have lasted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from bot.clock import monotonic
from bot.context import Hop
from bot.delivery import alarms
from bot.delivery.alarms import Alarm
from bot.errors import Retry

CONFLICT_SECONDS = 60.0


class Lasting:
    """A trouble told when it has gone on for `after` seconds, and again when it is over.

    `hop` runs a function of a system context in one transaction. A trouble that an earlier
    process told of and did not see end is ended by the first `is_over` of this one.
    """

    def __init__(
        self, alarm: Alarm, after: float, hop: Hop, tell_time: Callable[[], float] = monotonic
    ) -> None:
        self._alarm = alarm
        self._after = after
        self._hop = hop
        self._time = tell_time
        self._since: float | None = None
        self._told = False
        self._may_be_open = True

    async def goes_on(self) -> None:
        """It was met again; told once it has lasted, later if the database is down."""
        if self._since is None:
            self._since = self._time()
        if self._told or self._time() - self._since < self._after:
            return
        with suppress(Retry):
            await self._hop(lambda ctx: alarms.begins(ctx, self._alarm))
            self._told = self._may_be_open = True

    async def is_over(self) -> None:
        """It was not met; costs nothing unless it was told before."""
        self._since, self._told = None, False
        if not self._may_be_open:
            return
        with suppress(Retry):
            await self._hop(lambda ctx: alarms.ends(ctx, self._alarm))
            self._may_be_open = False


class Conflict:
    """getUpdates answers 409: another program fetches, or a webhook is set."""

    def __init__(self, hop: Hop, tell_time: Callable[[], float] = monotonic) -> None:
        self._poller = Lasting(Alarm.SECOND_POLLER, CONFLICT_SECONDS, hop, tell_time)
        self._webhook = Lasting(Alarm.WEBHOOK_SET, CONFLICT_SECONDS, hop, tell_time)

    async def met(self, description: str) -> None:
        """A poll ended so; `description` is what the server said."""
        if "webhook is active" in description:
            await self._webhook.goes_on()
        else:
            await self._poller.goes_on()

    async def is_over(self) -> None:
        """A poll came back with updates, or with none."""
        await self._poller.is_over()
        await self._webhook.is_over()
