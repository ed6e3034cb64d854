"""The courier with a real server: told to stop, throttled, cut off from the database."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
from sqlmodel import select

from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.models.system import Blob
from bot.sandbox.faults import Fault
from tests.conversations.stage import Stage
from tests.integration.delivery.conftest import Invent

REPORT_FILE = NoticeKind("report_file", Urgency.NOW)


def tell(stage: Stage, who: str, *kinds: NoticeKind, **params: object) -> None:
    with stage.database.transaction() as session:
        for kind in kinds:
            outbox.tell(stage.ctx(session), kind, stage.ids[who], params)


def states(stage: Stage) -> list[str]:
    with stage.database.transaction(readonly=True) as session:
        rows = session.exec(select(OutboxItem).order_by(OutboxItem.id))
        return [row.state.value for row in rows if row.notice != "welcome"]


async def test_throttled__in_one_round__all_arrive_once(stage: Stage, invent: Invent) -> None:
    dara, rith = await stage.join("dara"), await stage.join("rith")
    stage.server.faults.plan(Fault(method="sendMessage", code=429, times=2))
    kinds = [invent(f"n{number}", Urgency.NOW) for number in range(3)]
    tell(stage, "dara", *kinds)
    tell(stage, "rith", *kinds)
    await stage.settle()
    for actor in (dara, rith):
        texts = [message["text"] for message in actor.phone.from_bot]
        assert [texts.count(f"Notice n{number}") for number in range(3)] == [1, 1, 1]
    stage.expected_refusals = [("sendMessage", "Too Many Requests: retry after 1")] * 2


async def test_told_to_stop__what_was_not_begun_stays_queued(stage: Stage, invent: Invent) -> None:
    dara = await stage.join("dara")
    tell(stage, "dara", *(invent(f"n{number}", Urgency.NOW) for number in range(6)))
    stop = asyncio.Event()
    courier = stage.rollcall.courier
    send = stage.rollcall.duty.deliverer.send

    async def stop_after_two(*said: object, **also: object) -> object:
        result = await send(*said, **also)  # type: ignore[arg-type]  # handed on as it came
        if len([m for m in dara.phone.from_bot if m["text"].startswith("Notice")]) == 2:
            stop.set()
        return result

    stage.rollcall.duty.deliverer.send = stop_after_two  # type: ignore[method-assign]  # ends midway
    await asyncio.wait_for(courier.run(stop), 20)
    assert states(stage) == ["sent"] * 2 + ["queued"] * 4


@pytest.mark.sqlite
async def test_database__locked_while_recording__recorded_when_it_is_free(
    stage: Stage, invent: Invent
) -> None:
    dara = await stage.join("dara")
    tell(stage, "dara", invent("n", Urgency.NOW))
    path = stage.settings.sqlite_path
    assert path is not None
    with stage.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=100")
    other = sqlite3.connect(path, isolation_level=None)
    send = stage.rollcall.duty.deliverer.send

    async def lock(*said: object, **also: object) -> object:
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(1.0, other.execute, "ROLLBACK")
        return await send(*said, **also)  # type: ignore[arg-type]  # handed on as it came

    stage.rollcall.duty.deliverer.send = lock  # type: ignore[method-assign]  # busy at the worst time
    await stage.settle()
    other.close()
    assert states(stage) == ["sent"]
    assert [m["text"] for m in dara.phone.from_bot].count("Notice n") == 1


async def test_file__purged_before_it_was_sent__dropped_and_the_next_goes(
    stage: Stage, invent: Invent
) -> None:
    dara = await stage.join("dara")
    with stage.database.transaction() as session:
        empty = Blob(name="sheet.pdf", content=b"", made_at=stage.clock.now())
        session.add(empty)
        session.flush()
        blob_id = empty.id
    for blob in (blob_id, 999):
        tell(stage, "dara", REPORT_FILE, blob=blob, kind="document")
    tell(stage, "dara", invent("n", Urgency.NOW))
    await stage.settle()
    assert states(stage) == [ItemState.DROPPED, ItemState.DROPPED, ItemState.SENT]
    assert dara.phone.last["text"] == "Notice n"


async def test_refused_by_the_server__failed_with_a_message(stage: Stage, invent: Invent) -> None:
    await stage.join("dara")
    stage.server.faults.plan(Fault(method="sendMessage", code=400))
    tell(stage, "dara", invent("n", Urgency.NOW))
    await stage.settle()
    assert states(stage) == ["failed"]
    stage.expected_refusals = [("sendMessage", "Bad Request")]
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(Message).where(Message.text == "Notice n")).one().outcome == (
            ItemState.FAILED
        )
