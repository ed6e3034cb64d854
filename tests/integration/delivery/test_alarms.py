"""The operator is told once an occasion, with what to do, and again when it is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.delivery import alarms
from bot.delivery.alarms import Alarm
from bot.delivery.lasting import Conflict, Lasting
from bot.delivery.notices import registry
from bot.delivery.notices.operator_alert import BEGUN, COUNTED, OVER
from bot.delivery.notices.registry import NOTICES, Item, Reader
from bot.errors import Retry
from bot.i18n import render
from bot.models.delivery import OutboxItem
from bot.models.system import Heartbeat, Instance
from bot.models.work import WorkItem
from bot.scheduler import watched
from bot.scheduler.jobs import watch
from bot.screens import Screen

CHAT = 100_001_001
SAMPLE = {"reason": "bug a1", "part": "job nudges", "number": 7, "megabytes": 120, "minutes": 20}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"alert_chat": CHAT, "backup_recipient": "age1somebody"})


def told(ctx: Ctx) -> list[str]:
    """What the operator would read, one text an item."""
    registry.load_all()
    ctx.session.flush()
    rows = ctx.session.exec(
        select(OutboxItem).where(OutboxItem.user_id == CHAT).order_by(OutboxItem.id)
    )
    return [words_of(ctx, row.params) for row in rows]


def words_of(ctx: Ctx, *params: dict[str, Any]) -> str:
    reader = Reader(CHAT, None, "en", "Asia/Phnom_Penh", ctx.now())
    items = [Item(1, one, ctx.now()) for one in params]
    screen = NOTICES["operator_alert"].render(ctx, items, reader)
    assert isinstance(screen, Screen)
    return "\n".join(render(words, "en") for words in (screen.title, *screen.body))


@pytest.mark.parametrize("alarm", Alarm)
def test_alarm__every_one__says_what_happened_and_what_to_do(ctx: Ctx, alarm: Alarm) -> None:
    words = words_of(ctx, {"alarm": alarm, **SAMPLE})
    assert words.startswith("Rollcall needs the operator\n")
    assert "{" not in words
    assert len(words.splitlines()[1]) > 60
    assert (alarm in BEGUN) is not (alarm in COUNTED)


@pytest.mark.parametrize("alarm", OVER)
def test_alarm__over__is_good_news(ctx: Ctx, alarm: Alarm) -> None:
    words = words_of(ctx, {"alarm": alarm, "over": True})
    assert words.startswith("Rollcall is well again\n")
    assert "log" not in words


def test_alarm__over_beside_a_new_one__is_no_good_news(ctx: Ctx) -> None:
    both = words_of(ctx, {"alarm": "disk_full", "over": True}, {"alarm": "backup_old"})
    assert both.startswith("Rollcall needs the operator\n")
    assert "room on the disk again" in both


def test_events__told_once_an_occasion(ctx: Ctx, clock: FixedClock) -> None:
    for _time in range(3):
        alarms.part_failed(ctx, "job nudges")
        alarms.update_set_aside(ctx, "bug a1")
        alarms.update_set_aside(ctx, "bug b2")
        alarms.message_refused(ctx, 7, "welcome")
        alarms.backup_failed(ctx, "The disk is full.")
        alarms.paused(ctx, 301)
        alarms.database_was_down(ctx, 90)
    assert len(told(ctx)) == 6
    clock.advance(days=1)
    alarms.update_set_aside(ctx, "bug b2")
    alarms.part_failed(ctx, "job nudges")
    assert len(told(ctx)) == 8


def test_pause__of_up_to_five_minutes__is_not_told(ctx: Ctx) -> None:
    alarms.paused(ctx, 300)
    assert told(ctx) == []


def test_alarm__without_a_chat__is_open_and_told_to_nobody(ctx: Ctx) -> None:
    nobody = ctx.settings.model_copy(update={"alert_chat": None})
    silent = Ctx(ctx.session, ctx.clock, SYSTEM, nobody)
    alarms.begins(silent, Alarm.DISK_FULL, megabytes=1)
    alarms.part_failed(silent, "job nudges")
    assert told(ctx) == []
    assert [one.alarm for one in alarms.open_alarms(ctx.session)] == ["disk_full"]


def test_state__told_when_it_begins_and_when_it_is_over(ctx: Ctx, clock: FixedClock) -> None:
    alarms.ends(ctx, Alarm.OUTBOX_LATE)
    for minutes in (16, 30, 45):
        alarms.begins(ctx, Alarm.OUTBOX_LATE, minutes=minutes)
        clock.advance(minutes=15)
    alarms.ends(ctx, Alarm.OUTBOX_LATE)
    alarms.ends(ctx, Alarm.OUTBOX_LATE)
    begun, over = told(ctx)
    assert "waited for 16 minutes" in begun
    assert "on time again" in over
    assert alarms.open_alarms(ctx.session) == []


def test_watch__late_queues__told_once_and_over_when_on_time(ctx: Ctx, clock: FixedClock) -> None:
    ctx.session.add(WorkItem(kind="report", made_at=ctx.now()))
    watch.run(ctx)
    assert told(ctx) == []
    clock.advance(minutes=16)
    watch.run(ctx)
    watch.run(ctx)
    assert ["Reports and imports are late" in words for words in told(ctx)] == [True]
    for row in ctx.session.exec(select(WorkItem)):
        ctx.session.delete(row)
    watch.run(ctx)
    assert "on time again" in told(ctx)[-1]


def test_watch__outbox_late__unless_it_is_held(ctx: Ctx, clock: FixedClock) -> None:
    alarms.part_failed(ctx, "job nudges")
    clock.advance(minutes=20)
    instance = Instance(id=1, instance_id="x", held=True)
    ctx.session.add(instance)
    watch.run(ctx)
    assert len(told(ctx)) == 1
    instance.held = False
    watch.run(ctx)
    assert "Messages are late: the oldest has waited for 20 minutes" in told(ctx)[-1]


@pytest.mark.sqlite
def test_watch__disk__between_full_and_roomy_nothing_changes(
    ctx: Ctx, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = watched.free_bytes(ctx.settings)
    assert free is not None
    for full, roomy in ((free * 2, free * 4), (free // 2, free * 4), (free // 4, free // 2)):
        monkeypatch.setattr(watched, "DISK_FULL", full)
        monkeypatch.setattr(watched, "DISK_ROOMY", roomy)
        watch.run(ctx)
        watch.run(ctx)
    nearly, over = told(ctx)
    assert "The disk is nearly full" in nearly
    assert "room on the disk again" in over


def test_watch__backup__older_than_two_days(ctx: Ctx, clock: FixedClock) -> None:
    watch.run(ctx)
    ctx.session.add(Heartbeat(name=watched.BACKUP_MADE, at=ctx.now()))
    clock.advance(days=2)
    watch.run(ctx)
    assert told(ctx) == []
    clock.advance(minutes=1)
    watch.run(ctx)
    assert "no backup for two days" in told(ctx)[-1]


def test_watch__in_a_sandbox__where_the_clock_jumps__is_silent(
    ctx: Ctx, clock: FixedClock
) -> None:
    ctx.session.add(WorkItem(kind="report", made_at=ctx.now()))
    clock.advance(days=7)
    played = ctx.settings.model_copy(update={"sandbox": True})
    watch.run(Ctx(ctx.session, clock, SYSTEM, played))
    assert told(ctx) == []


class Machine:
    """A database that can be taken away, and a monotonic clock to be moved."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        self.seconds, self.is_down, self.hops = 0.0, False, 0

    async def hop(self, work: Callable[[Ctx], Any]) -> Any:
        self.hops += 1
        if self.is_down:
            raise Retry("the database is away")
        with self.database.transaction() as session:
            return work(Ctx(session, self.clock, SYSTEM, self.settings))

    def time(self) -> float:
        return self.seconds

    def told(self) -> list[str]:
        with self.database.transaction(readonly=True) as session:
            return told(Ctx(session, self.clock, SYSTEM, self.settings))


@pytest.fixture
def machine(database: Database, clock: FixedClock, settings: Settings) -> Machine:
    return Machine(database, clock, settings)


async def test_lasting__short_trouble__is_not_told(machine: Machine) -> None:
    lasting = Lasting(Alarm.SECOND_POLLER, 60, machine.hop, machine.time)
    for machine.seconds in (0, 30, 59):
        await lasting.goes_on()
    await lasting.is_over()
    machine.seconds = 61
    await lasting.goes_on()
    assert machine.told() == []


async def test_lasting__over_a_minute__told_once_and_when_over(machine: Machine) -> None:
    lasting = Lasting(Alarm.SECOND_POLLER, 60, machine.hop, machine.time)
    for machine.seconds in (0, 60, 90, 400):
        await lasting.goes_on()
    assert len(machine.told()) == 1
    for _round in range(3):
        await lasting.is_over()
    hops = machine.hops
    await lasting.is_over()
    assert machine.hops == hops, "a poll that goes well costs no transaction"
    assert "No second program" in machine.told()[-1]
    assert len(machine.told()) == 2


async def test_lasting__while_the_database_is_down__told_afterwards(machine: Machine) -> None:
    lasting = Lasting(Alarm.SECOND_POLLER, 60, machine.hop, machine.time)
    machine.is_down = True
    for machine.seconds in (0, 70):
        await lasting.goes_on()
    machine.is_down = False
    await lasting.goes_on()
    assert len(machine.told()) == 1


async def test_lasting__ended_while_rollcall_was_down__is_over_at_its_start(
    machine: Machine,
) -> None:
    first = Lasting(Alarm.SECOND_POLLER, 0, machine.hop, machine.time)
    await first.goes_on()
    second = Lasting(Alarm.SECOND_POLLER, 60, machine.hop, machine.time)
    await second.is_over()
    assert len(machine.told()) == 2


async def test_conflict__a_webhook_is_told_for_what_it_is(machine: Machine) -> None:
    conflict = Conflict(machine.hop, machine.time)
    for machine.seconds in (0, 61):
        await conflict.met(
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
        )
    assert "rollcall run --take-over" in machine.told()[0]
    for machine.seconds in (100, 161):
        await conflict.met("Conflict: terminated by other getUpdates request")
    assert "A second program" in machine.told()[1]
    await conflict.is_over()
    assert len(machine.told()) == 4
