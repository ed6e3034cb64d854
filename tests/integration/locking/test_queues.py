"""Two couriers, two workers: what one of them has taken, the other leaves alone."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.context import SYSTEM, Ctx
from bot.delivery import outbox
from bot.delivery.claim import BATCH, claim
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.models.work import WorkItem, WorkState
from bot.work import queue
from bot.work.queue import WORKERS, Job, Workshop
from bot.work.runner import run_next
from tests.integration.delivery.conftest import Invent
from tests.integration.locking.conftest import Process

MANY = 2 * BATCH + 7


def at_once(*works: Callable[[], object]) -> None:
    """Each on a thread of its own, all begun together."""
    begin = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        begin.wait()
        work()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def system(process: Process, session: object) -> Ctx:
    return Ctx(session, process.clock, SYSTEM, process.settings)  # type: ignore[arg-type]


@pytest.fixture
def queued(two: tuple[Process, Process], invent: Invent) -> list[int]:
    """The ids of what is to be told to Dara."""
    kind = invent("n", Urgency.NOW)
    with two[0].database.transaction() as session:
        for _item in range(MANY):
            outbox.tell(system(two[0], session), kind, two[0].ids["dara"], {})
    return two[0].all(select(OutboxItem.id).where(OutboxItem.notice == "n"))


def test_couriers__claiming_at_once__no_item_is_taken_twice(
    two: tuple[Process, Process], queued: list[int]
) -> None:
    taken: list[int] = []

    def deliver(process: Process) -> None:
        while True:
            with process.database.transaction() as session:
                claimed = claim(system(process, session))
            if not claimed:
                return
            taken.extend(item for message in claimed for item in message.item_ids)

    at_once(*(lambda process=process: deliver(process) for process in two))  # type: ignore[misc]
    assert sorted(taken) == sorted(queued)
    assert len(two[0].all(select(Message))) == MANY
    states = two[0].all(select(OutboxItem.state).where(OutboxItem.id.in_(queued)))
    assert set(states) == {ItemState.CLAIMED}


@pytest.mark.postgres
@pytest.mark.parametrize("settled", ["postgresql"], indirect=True)
def test_courier__while_another_has_not_committed__takes_the_next_ones(
    two: tuple[Process, Process], queued: list[int]
) -> None:
    with two[0].database.transaction() as first, two[1].database.transaction() as second:
        firsts = [item for one in claim(system(two[0], first)) for item in one.item_ids]
        seconds = [item for one in claim(system(two[1], second)) for item in one.item_ids]
    assert firsts + seconds == sorted(queued)[: 2 * BATCH]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of jobs that a worker has done."""
    numbers: list[int] = []
    monkeypatch.setitem(WORKERS, "count", lambda _shop, job: numbers.append(number_of(job)))
    return numbers


def number_of(job: Job) -> int:
    return int(job.params["number"])


def test_workers__at_once__each_job_is_done_by_one(
    two: tuple[Process, Process], done: list[int]
) -> None:
    with two[0].database.transaction() as session:
        for number in range(20):
            queue.queue(system(two[0], session), "count", {"number": number})
    shops = [Workshop(process.database, process.clock, process.settings) for process in two]

    def work(shop: Workshop) -> None:
        while run_next(shop):
            pass

    at_once(*(lambda shop=shop: work(shop) for shop in shops))  # type: ignore[misc]
    assert sorted(done) == list(range(20))
    items = two[0].all(select(WorkItem))
    assert {(item.state, item.attempts) for item in items} == {(WorkState.DONE, 1)}
