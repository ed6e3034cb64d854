"""GET /metrics: what this process has seen and what the database says, as Prometheus reads it.

No label holds anything of a person. The library is loaded at the first scrape only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.context import Hop
from bot.errors import Retry
from bot.operations import readings
from bot.operations.readings import Readings
from bot.vitals import BOUNDS, Durations, Vitals

if TYPE_CHECKING:
    from prometheus_client.metrics_core import HistogramMetricFamily, Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def page(hop: Hop, vitals: Vitals) -> bytes:
    """The body of /metrics; what the database says is left out while it does not answer."""
    try:
        found: Readings | None = await asyncio.wait_for(
            hop(readings.read), readings.DATABASE_SECONDS
        )
    except (Retry, TimeoutError):
        found = None
    return rendered(vitals, found)


def rendered(vitals: Vitals, found: Readings | None) -> bytes:
    """Everything in the text format of Prometheus, out of a registry of its own."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.registry import Collector

    class Seen(Collector):
        def collect(self) -> Iterable[Metric]:
            yield from _of_process(vitals)
            yield _gauge("rollcall_database_up", "1 if the database answers.", found is not None)
            if found is not None:
                yield from _of_database(found)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Seen())
    return generate_latest(registry)


def _of_process(vitals: Vitals) -> Iterator[Metric]:
    yield _counter("rollcall_updates", "Updates, by what they were and what became of them.",
                   ("kind", "outcome"), vitals.updates)  # fmt: skip
    yield _counter("rollcall_api_calls", "Calls of the Bot API, by method and outcome.",
                   ("method", "outcome"), vitals.calls)  # fmt: skip
    yield _histogram("rollcall_update_commit_seconds", "From receipt of an update to its commit.",
                     vitals.to_commit)  # fmt: skip
    yield _histogram("rollcall_update_shown_seconds", "From receipt of an update to its answer.",
                     vitals.to_shown)  # fmt: skip
    yield _gauge("rollcall_pause_seconds", "Left of a pause the server asked for.",
                 vitals.paused_for())  # fmt: skip
    yield _gauge("rollcall_on_duty", "1 if this process delivers and ticks.",
                 vitals.holds_lease())  # fmt: skip
    if vitals.heard_ago is not None:
        yield _gauge("rollcall_heard_age_seconds", "Since the last poll or webhook call.",
                     vitals.heard_ago)  # fmt: skip


def _of_database(found: Readings) -> Iterator[Metric]:
    yield _gauges("rollcall_outbox_items", "Items of the outbox that are not settled well.",
                  "state", found.outbox)  # fmt: skip
    yield _gauge("rollcall_outbox_due", "Items due and not sent.", found.due.waiting)
    yield _gauge("rollcall_outbox_lag_seconds", "Age of the oldest due item.", found.due.lag)
    yield _gauge("rollcall_work_waiting", "Long jobs not begun.", found.work.waiting)
    yield _gauge("rollcall_work_lag_seconds", "Age of the oldest such job.", found.work.lag)
    yield _gauges("rollcall_heartbeat_age_seconds", "Since a part was last seen.",
                  "part", found.heartbeats)  # fmt: skip
    yield _gauge("rollcall_open_alarms", "Troubles told and not over.", found.alarms)
    yield _gauge("rollcall_people_linked", "People linked to an account.", found.linked)
    yield _gauge("rollcall_database_bytes", "Size of the database.", found.database_bytes)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    from prometheus_client.metrics_core import GaugeMetricFamily

    return GaugeMetricFamily(name, meaning, value=float(value))


def _gauges(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    from prometheus_client.metrics_core import GaugeMetricFamily

    family = GaugeMetricFamily(name, meaning, labels=[label])
    for of, value in values.items():
        family.add_metric([of], float(value))
    return family


def _counter(
    name: str, meaning: str, labels: tuple[str, str], values: Mapping[tuple[str, str], int]
) -> Metric:
    from prometheus_client.metrics_core import CounterMetricFamily

    family = CounterMetricFamily(name, meaning, labels=labels)
    for of, value in dict(values).items():
        family.add_metric(of, float(value))
    return family


def _histogram(name: str, meaning: str, durations: Durations) -> HistogramMetricFamily:
    from prometheus_client.metrics_core import HistogramMetricFamily

    ends = [*(str(bound) for bound in BOUNDS), "+Inf"]
    buckets = list(zip(ends, map(float, accumulate(durations.counts)), strict=True))
    return HistogramMetricFamily(name, meaning, buckets=buckets, sum_value=durations.total)
