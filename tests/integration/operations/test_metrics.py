"""Metrics as Prometheus reads them; nothing in them is of a person."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery import alarms
from bot.delivery.alarms import Alarm
from bot.errors import Retry
from bot.models.chats import Chat
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.system import Heartbeat
from bot.models.work import WorkItem
from bot.operations import metrics, readings
from bot.vitals import BOUNDS, Dealt, Durations, Vitals
from tests.cast import settle_cast

LABELS = {"kind", "outcome", "method", "state", "part", "le"}


def samples(page: bytes) -> dict[tuple[str, tuple[str, ...]], float]:
    """Values by name and label values; the page is read by Prometheus's own parser."""
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


def item(ctx: Ctx, state: ItemState) -> OutboxItem:
    return OutboxItem(
        notice="welcome", urgency=Urgency.NOW, due_at=ctx.now(), made_at=ctx.now(), state=state
    )


def vitals(seconds: float = 0.0) -> Vitals:
    made = Vitals(tell_time=lambda: seconds)
    made.dealt("press", Dealt.COMMITTED, 0.03)
    made.dealt("press", Dealt.COMMITTED, 40.0)
    made.dealt("text", Dealt.ASIDE)
    made.shown(0.2)
    made.called("sendMessage")
    made.called("sendMessage", "throttled")
    made.heard()
    made.paused_for = lambda: 4.0
    return made


def test_metrics__of_the_process(ctx: Ctx) -> None:
    found = samples(metrics.rendered(vitals(), None))
    assert found["rollcall_updates_total", ("press", "committed")] == 2
    assert found["rollcall_updates_total", ("text", "set aside")] == 1
    assert found["rollcall_api_calls_total", ("sendMessage", "throttled")] == 1
    assert found["rollcall_update_commit_seconds_bucket", ("0.025",)] == 0
    assert found["rollcall_update_commit_seconds_bucket", ("0.05",)] == 1
    assert found["rollcall_update_commit_seconds_bucket", ("+Inf",)] == 2
    assert found["rollcall_update_commit_seconds_count", ()] == 2
    assert found["rollcall_update_commit_seconds_sum", ()] == pytest.approx(40.03)
    assert found["rollcall_update_shown_seconds_count", ()] == 1
    assert found["rollcall_pause_seconds", ()] == 4
    assert found["rollcall_heard_age_seconds", ()] == 0
    assert found["rollcall_on_duty", ()] == 1
    assert found["rollcall_database_up", ()] == 0


def test_metrics__of_the_database(ctx: Ctx, clock: FixedClock) -> None:
    settle_cast(ctx)
    ctx.session.add_all([item(ctx, state) for state in ItemState])
    ctx.session.add(WorkItem(kind="report", made_at=ctx.now()))
    ctx.session.add(Heartbeat(name="scheduler", at=ctx.now()))
    ctx.session.add_all([Chat(user_id=7, person_id=1), Chat(user_id=8)])
    alarms.begins(ctx, Alarm.DISK_FULL, megabytes=1)
    clock.advance(seconds=90)
    found = samples(metrics.rendered(Vitals(), readings.read(ctx)))
    states = {name[1][0]: value for name, value in found.items() if name[0].endswith("_items")}
    assert states == {"queued": 1, "claimed": 1, "failed": 1, "unknown": 1}
    assert found["rollcall_outbox_due", ()] == 1
    assert found["rollcall_outbox_lag_seconds", ()] == 90
    assert found["rollcall_work_waiting", ()] == 1
    assert found["rollcall_work_lag_seconds", ()] == 90
    assert found["rollcall_heartbeat_age_seconds", ("scheduler",)] == 90
    assert found["rollcall_people_linked", ()] == 1
    assert found["rollcall_open_alarms", ()] == 1
    assert found["rollcall_database_bytes", ()] > 4096
    assert found["rollcall_database_up", ()] == 1


def test_outbox__by_state__reads_an_index(ctx: Ctx) -> None:
    settle_cast(ctx)
    statements: list[str] = []
    readings.read(ctx)
    plan = ctx.session.connection().exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT state, count(*) FROM outbox_item "
        "WHERE state IN ('queued', 'claimed', 'failed', 'unknown') GROUP BY state"
    )
    statements += [str(row[3]) for row in plan]
    assert any("COVERING INDEX ix_outbox_item_state_due_at" in line for line in statements)


def test_labels__hold_nothing_of_a_person(ctx: Ctx) -> None:
    ids = settle_cast(ctx)
    ctx.session.add(Chat(user_id=100_001_001, person_id=ids["dara"]))
    page = metrics.rendered(vitals(), readings.read(ctx))
    families = text_string_to_metric_families(page.decode())
    used = {name for family in families for sample in family.samples for name in sample.labels}
    assert used <= LABELS
    assert b"100001001" not in page
    assert b"Dara" not in page


async def test_page__while_the_database_is_away__still_tells_of_the_process() -> None:
    async def away(_work: Callable[[Ctx], Any]) -> Any:
        raise Retry("the database is away")

    found = samples(await metrics.page(away, vitals()))
    assert found["rollcall_database_up", ()] == 0
    assert found["rollcall_updates_total", ("press", "committed")] == 2


@pytest.mark.parametrize(("seconds", "place"), [(0, 0), (0.01, 0), (0.011, 1), (30, 10), (31, 11)])
def test_durations__at_the_ends_of_their_classes(seconds: float, place: int) -> None:
    durations = Durations()
    durations.note(seconds)
    assert durations.counts.index(1) == place
    assert len(durations.counts) == len(BOUNDS) + 1


def test_prometheus__is_not_loaded_before_somebody_scrapes() -> None:
    code = (
        "import sys; import bot.serving, bot.operations.metrics, bot.operations.health; "
        "print([name for name in sys.modules if name.startswith('prometheus_client')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
