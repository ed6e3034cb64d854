"""After an outage each person gets one sensible message, and none that is void."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.models.delivery import ItemState, OutboxItem
from bot.scheduler.registry import JOBS
from tests.cast import hold_class
from tests.conversations.stage import Actor, Stage

END_OF_CLASS = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def hold(stage: Stage) -> None:
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, dt.date(2026, 3, 2))


def run_jobs(stage: Stage, at: dt.datetime) -> None:
    """The scheduler alone, with nobody to deliver what it finds."""
    stage.clock.set(at)
    for job in ("class_end", "nudges", "closing"):
        with stage.database.transaction() as session:
            JOBS[job].run(stage.ctx(session))


def words(actor: Actor, since: int) -> list[str]:
    return [message["text"].splitlines()[0] for message in actor.phone.from_bot[since:]]


async def test_nothing_delivered_for_six_days__one_message(stage: Stage) -> None:
    dara = await stage.join("dara")
    hold(stage)
    before = len(dara.phone.from_bot)
    for days, hours in ((0, 0.1), (1.7, 0), (4.7, 0)):
        run_jobs(stage, END_OF_CLASS + dt.timedelta(days=days, hours=hours))
    await stage.settle()
    assert words(dara, before) == ["A class has ended: your answer is asked for"]


async def test_nothing_delivered_until_it_closed__no_message(stage: Stage) -> None:
    dara = await stage.join("dara")
    hold(stage)
    before = len(dara.phone.from_bot)
    for days in (0.01, 1.7, 4.7, 9):
        run_jobs(stage, END_OF_CLASS + dt.timedelta(days=days))
    await stage.settle()
    assert words(dara, before) == []


async def test_process_down_for_six_days__one_message(stage: Stage) -> None:
    dara = await stage.join("dara")
    hold(stage)
    before = len(dara.phone.from_bot)
    stage.clock.set(END_OF_CLASS + dt.timedelta(days=5, hours=16))
    await stage.tick()
    await stage.move(hours=20)
    assert words(dara, before) == ["A class has ended: your answer is asked for"]


async def test_first_notice_held_up_by_the_night__no_reminder_two_hours_later(
    stage: Stage,
) -> None:
    dara = await stage.join("dara")
    hold(stage)
    before = len(dara.phone.from_bot)
    run_jobs(stage, END_OF_CLASS + dt.timedelta(hours=5))
    stage.clock.set(dt.datetime(2026, 3, 4, 0, 0, 1, tzinfo=dt.UTC))
    await stage.settle()
    stage.clock.set(dt.datetime(2026, 3, 4, 2, 0, 1, tzinfo=dt.UTC))
    await stage.tick()
    assert words(dara, before) == ["A class has ended: your answer is asked for"]
    with stage.database.transaction(readonly=True) as session:
        item = session.exec(
            select(OutboxItem).where(
                OutboxItem.notice == "reaction_nudge",
                OutboxItem.person_id == stage.ids["dara"],
            )
        ).one()
    assert (item.state, item.reason) == (ItemState.DROPPED, "no reason left")
    stage.clock.set(dt.datetime(2026, 3, 7, 2, 0, 1, tzinfo=dt.UTC))
    await stage.tick()
    assert words(dara, before)[1:] == ["A reminder: a questionnaire is still open"]
