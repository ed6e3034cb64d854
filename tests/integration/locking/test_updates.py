"""Updates of one person that two processes have in hand: in order, and none is lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.models.inbound import SeenUpdate
from tests.integration.locking.conftest import Process

ROUNDS = 12
WAITS = 10.0
LOOKS = 0.2


async def test_updates__of_one_person_in_two_processes__each_has_its_revision(
    two: tuple[Process, Process],
) -> None:
    before = two[0].chat("dara").revision

    async def hear(process: Process, first: int) -> None:
        for update in range(first, first + ROUNDS):
            await process.hears("dara", update, "help")

    await asyncio.gather(hear(two[0], 1000), hear(two[1], 2000))
    assert two[0].chat("dara").revision == before + 2 * ROUNDS
    assert len(two[0].all(select(SeenUpdate))) == 2 * ROUNDS


def test_updates__in_processes_of_their_own__each_has_its_revision(
    two: tuple[Process, Process],
) -> None:
    before = two[0].chat("dara").revision
    given = [two[0].settings.database_url, str(two[0].ids["dara"]), str(ROUNDS)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.integration.locking.hearing", *given, first],
            cwd=Path(__file__).resolve().parents[3],
        )
        for first in ("1000", "2000")
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    assert two[0].chat("dara").revision == before + 2 * ROUNDS


async def test_units__of_one_person__one_begins_when_the_other_has_committed(
    two: tuple[Process, Process],
) -> None:
    said: list[str] = []
    first_is_in, second_is_in = threading.Event(), threading.Event()

    def first(_session: Session) -> None:
        first_is_in.set()
        second_is_in.wait(LOOKS)
        said.append("first")

    def second(_session: Session) -> None:
        second_is_in.set()
        said.append("second")

    async def after_it() -> None:
        await asyncio.to_thread(first_is_in.wait, WAITS)
        await two[1].committer.run(second, lambda: (7, 8))

    await asyncio.gather(two[0].committer.run(first, lambda: (8, 9)), after_it())
    assert said == ["first", "second"]


@pytest.mark.postgres
@pytest.mark.parametrize("settled", ["postgresql"], indirect=True)
async def test_units__of_two_people__do_not_wait_for_each_other(
    two: tuple[Process, Process],
) -> None:
    is_in = [threading.Event(), threading.Event()]

    def unit(at: int) -> bool:
        is_in[at].set()
        return is_in[1 - at].wait(WAITS)

    met = await asyncio.gather(
        two[0].committer.run(lambda _session: unit(0), lambda: (7,)),
        two[1].committer.run(lambda _session: unit(1), lambda: (8,)),
    )
    assert met == [True, True]
