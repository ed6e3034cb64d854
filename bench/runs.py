"""One run each of what is compared: a bare bot or Rollcall, polling or taking webhooks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bench import prepared, processes, questionnaire
from bench.answers import Run, Void, measure

AT_ONCE = 200
Start = Callable[[str], AbstractContextManager[list[int]]]
"""Starts a bot that talks to the server at this address."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long the measurements may take."""

    pairs: int
    answers: int
    warm_up: int
    remembered: int
    courier_seconds: int


FULL = Size(pairs=5, answers=2_400, warm_up=400, remembered=100_000, courier_seconds=600)
QUICK = Size(pairs=2, answers=1_000, warm_up=300, remembered=5_000, courier_seconds=30)


def bare(officers: Iterable[int], size: Size) -> Run:
    """A bot that stores nothing, polling."""
    with processes.stub() as stub:
        return measure(stub, processes.bare(stub.url), officers, size.warm_up, size.answers)


def bare_at_webhook(officers: Iterable[int], size: Size) -> Run:
    """The same, taking what is posted."""
    with processes.stub() as stub:
        bot = processes.bare_at_webhook(stub.url)
        return measure(stub, bot, officers, size.warm_up, size.answers, hooks=1)


def polling(url: str, officers: Iterable[int], size: Size) -> Run:
    """`rollcall run` on a prepared database."""
    return _stored(url, lambda api: processes.rollcall(api, url), officers, size, hooks=0)


def serving(
    url: str,
    officers: Iterable[int],
    size: Size,
    replicas: int = 1,
    *,
    with_courier: bool = False,
) -> Run:
    """So many `rollcall serve`, and a courier beside them if asked for."""

    def start(api: str) -> AbstractContextManager[list[int]]:
        return processes.serving(api, url, replicas, with_courier=with_courier)

    return _stored(url, start, officers, size, hooks=replicas)


def _stored(url: str, start: Start, officers: Iterable[int], size: Size, hooks: int) -> Run:
    """One run; void unless all answers that were counted are in the database."""
    before = prepared.answers_stored(url)
    with processes.stub() as stub:
        run = measure(stub, start(stub.url), officers, size.warm_up, size.answers, hooks)
    stored = prepared.answers_stored(url) - before
    if stored < size.warm_up + run.answers:
        raise Void(f"{size.warm_up + run.answers} answers were shown, {stored} stored")
    return run


def sqlite(path: Path) -> str:
    return f"sqlite:///{path}"


def copy(url: str) -> str:
    """A database to write in, as whoever made this one left it."""
    path = Path(url.removeprefix("sqlite:///"))
    return sqlite(Path(shutil.copy(path, path.with_suffix(".copy.db"))))


def officers_for(size: Size) -> int:
    """Enough officers that all places are taken until the last answer."""
    return (size.warm_up + size.answers) // questionnaire.QUESTIONS + 2 * AT_ONCE
