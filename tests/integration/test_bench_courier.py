"""The courier under Telegram's limits: a short slice of what the bench holds for ten minutes."""

from __future__ import annotations

from bench import courier, mailing, prepared
from bench.courier import Held

FEW = 2
"""Refusals for sending too fast; where a process knows nothing of the other's sends there are
five and more in these ten seconds.
"""


def require_rate(found: Held) -> None:
    """What is permitted is kept to. One refusal says nothing here: processes that stand still,
    because other tests have their time, send close together. The bench demands that there is none.
    """
    assert found.throttled <= FEW


def test_hold__message_to_many__at_its_rate_and_nobody_twice(postgres_url: str) -> None:
    found = courier.hold(postgres_url, 10, mailing.make)
    require_rate(found)
    assert found.edits > 0
    assert len(found.sent_to) > courier.BEFORE
    assert len(set(found.sent_to)) == len(found.sent_to), "somebody was told twice"


def test_hold__replies_between__at_its_rate_and_everybody_in_order(postgres_url: str) -> None:
    found = courier.hold(postgres_url, 10)
    require_rate(found)
    assert found.edits > 0
    assert len(found.sent_to) > courier.BEFORE
    assert len(set(found.sent_to)) == len(found.sent_to), "somebody was told twice"
    first = prepared.FIRST_ACCOUNT + courier.ANSWERING + 1
    queued = range(first, first + len(found.sent_to))
    late = [place - at for at, place in enumerate(found.sent_to, first)]
    assert max(map(abs, late)) < 2 * courier.RATE, f"far from the order of {queued}"
