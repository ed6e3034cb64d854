"""Ask for long work, and register what does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.clock import Clock
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database
from bot.models.work import WorkItem


@dataclass(frozen=True, slots=True)
class Job:
    """One long job as its worker sees it; `again` if an earlier worker was killed during it."""

    id: int
    kind: str
    params: dict[str, Any]
    requested_by: int | None
    again: bool = False


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


def queue(ctx: Ctx, kind: str, params: Mapping[str, Any]) -> int:
    """Ask for long work in this transaction; its id. The result comes as a notice."""
    item = WorkItem(
        kind=kind,
        params=dict(params),
        requested_by=ctx.actor.person_id,
        made_at=ctx.now(),
    )
    ctx.session.add(item)
    ctx.session.flush()
    assert item.id is not None
    return item.id
