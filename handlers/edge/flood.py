"""How much one stranger is answered: a token bucket for each account, in memory and bounded.

Linked people are never held back: a phone that was long without a connection sends all that
its owner has answered at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import monotonic

AT_ONCE = 5.0
SECONDS_FOR_ONE = 3.0
MOST_ACCOUNTS = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    was_told: bool = False


class Flood:
    """Strangers are answered five times at once, then once in three seconds.

    Of more than `MOST_ACCOUNTS` strangers the one heard longest ago is forgotten.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def allows(self, user_id: int, known: bool) -> bool:
        """Whether this update is answered; always so for linked people (`known`)."""
        if known:
            self._buckets.pop(user_id, None)
            return True
        bucket = self._bucket(user_id)
        if bucket.left < 1.0:
            return False
        bucket.left -= 1.0
        bucket.was_told = False
        return True

    def tells(self, user_id: int) -> bool:
        """Whether to ask this account to slow down: once, until it is answered again."""
        bucket = self._buckets.get(user_id)
        if bucket is None or bucket.was_told:
            return False
        bucket.was_told = True
        return True

    def _bucket(self, user_id: int) -> _Bucket:
        """The account's bucket as it stands now, the last to be forgotten."""
        now = self._now()
        bucket = self._buckets.pop(user_id, None) or _Bucket(AT_ONCE, now)
        bucket.left = min(AT_ONCE, bucket.left + (now - bucket.at) / SECONDS_FOR_ONE)
        bucket.at = now
        self._buckets[user_id] = bucket
        if len(self._buckets) > MOST_ACCOUNTS:
            self._buckets.popitem(last=False)
        return bucket
