"""The courier under Telegram's limits: a short slice of what the bench holds for ten minutes."""

from __future__ import annotations

import pytest

from bench import courier, mailing, prepared
from bench.courier import Held
from bench.limited import OVERALL

STILL = (OVERALL - courier.RATE) / courier.RATE
"""After so many seconds of standing still what came meanwhile is over the limit by itself."""


def require_no_429(found: Held) -> None:
    """A server that stood still, because others had its time, says nothing of the courier."""
    if found.throttled and found.stood_still >= STILL:
        pytest.skip(f"the server stood still for {found.stood_still:.2f} seconds")
    assert found.throttled == 0


def test_hold__message_to_many__no_429_and_nobody_twice(postgres_url: str) -> None:
    found = courier.hold(postgres_url, 10, mailing.make)
    require_no_429(found)
    assert found.edits > 0
    assert len(found.sent_to) > courier.BEFORE
    assert len(set(found.sent_to)) == len(found.sent_to), "somebody was told twice"


def test_hold__replies_between__no_429_and_everybody_in_order(postgres_url: str) -> None:
    found = courier.hold(postgres_url, 10)
    require_no_429(found)
    assert found.edits > 0
    assert len(found.sent_to) > courier.BEFORE
    assert len(set(found.sent_to)) == len(found.sent_to), "somebody was told twice"
    first = prepared.FIRST_ACCOUNT + courier.ANSWERING + 1
    queued = range(first, first + len(found.sent_to))
    late = [place - at for at, place in enumerate(found.sent_to, first)]
    assert max(map(abs, late)) < 2 * courier.RATE, f"far from the order of {queued}"
