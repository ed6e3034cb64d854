"""Register what does long work; what asks for it stands in a room that all can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.clock import Clock
from bot.config import Settings
from bot.db import Database
from bot.long_work import is_asked_for, queue, queue_once

__all__ = ["WORKERS", "Job", "Worker", "Workshop", "is_asked_for", "queue", "queue_once", "worker"]


@dataclass(frozen=True, slots=True)
class Job:
    """One long job as its worker sees it; `again` if an earlier worker was killed during it.

    A worker tells its result in its last transaction, the first notice of it under `key`: by
    that it is known that a worker killed right after had done the job.
    """

    id: int
    kind: str
    params: dict[str, Any]
    requested_by: int | None
    again: bool = False

    @property
    def key(self) -> str:
        return f"work:{self.id}"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a worker works with; it opens its own short transactions."""

    database: Database
    clock: Clock
    settings: Settings


Worker: TypeAlias = Callable[[Workshop, Job], None]
WORKERS: dict[str, Worker] = {}


def worker(kind: str) -> Callable[[Worker], Worker]:
    """Register what does work of this kind; refuses a second one."""

    def keep(function: Worker) -> Worker:
        if kind in WORKERS:
            raise ValueError(f"work {kind} has two workers")
        WORKERS[kind] = function
        return function

    return keep
