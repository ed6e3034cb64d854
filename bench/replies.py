"""How long people wait for a reply while a message goes to many, against when none does."""

from __future__ import annotations

import statistics
import time
from itertools import count
from pathlib import Path

from bench import mailing, prepared, processes, questionnaire, runs
from bench.answers import Void
from bench.courier import LOOK_SECONDS
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.processes import Stub
from bench.runs import Size

REPLIES, RUNS = 5_000, 3
QUICK_REPLIES = 500
PACE = 0.02
"""Fifty presses a second."""
RATE = 80
"""Sends a second: replies leave thirty of it to the message, all that Telegram permits."""
WARM_UP = 100
STUCK_SECONDS = 60.0


def during_a_broadcast(folder: Path, size: Size) -> None:
    """The slowest hundredth of replies of one `rollcall run` on SQLite, with and without."""
    replies = REPLIES if size is runs.FULL else QUICK_REPLIES
    numbers = count()
    pairs = in_turns(
        lambda: slowest(folder / f"{next(numbers)}.db", replies, with_message=False),
        lambda: slowest(folder / f"{next(numbers)}.db", replies, with_message=True),
        RUNS,
    )
    say(f"Replies while a message goes to many, {replies:,} in each of {RUNS} runs")
    figure("p99 of a reply in a broadcast, against none", median_ratio(pairs), Target(most=1.5))
    say(f"    all pairs: {spread(pairs)}")
    millis = ", ".join(f"{1000 * after:.0f} ({1000 * before:.0f})" for before, after in pairs)
    say(f"    milliseconds, without in brackets: {millis}")


def slowest(path: Path, replies: int, *, with_message: bool) -> float:
    """Seconds within which ninety-nine of a hundred replies came, on a database made at `path`;
    void where the message did not go out all the time.
    """
    url = runs.sqlite(path)
    answering = (WARM_UP + replies) // questionnaire.QUESTIONS + 2 * runs.AT_ONCE
    told = int(RATE * PACE * 2 * (WARM_UP + replies)) + 20 * RATE
    prepared.make(url, answering + told)
    if with_message:
        mailing.make(url, answering + 1, answering + told)
    with processes.stub(pace=PACE) as stub, processes.rollcall(stub.url, url, RATE):
        _until(stub, "sent" if with_message else "polls", 1)
        stub.begin(prepared.first_presses(range(1, answering + 1)))
        _until(stub, "answered", WARM_UP + replies)
        took, sent = stub.took()[WARM_UP : WARM_UP + replies], int(stub.stats()["sent"])
    if with_message and not replies * PACE < sent < told:
        raise Void(f"{sent} of {told} messages went out: not all the time")
    return statistics.quantiles(took, n=100)[-1]


def _until(stub: Stub, what: str, least: int) -> None:
    """Wait; void where it does not come any nearer."""
    last, changed_at = -1, time.perf_counter()
    while (now := int(stub.stats()[what])) < least:
        if now != last:
            last, changed_at = now, time.perf_counter()
        elif time.perf_counter() - changed_at > STUCK_SECONDS:
            raise Void(f"there were never {least} {what}")
        time.sleep(LOOK_SECONDS)
