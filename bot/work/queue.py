"""Ask for long work, and register what does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import select

from bot.clock import Clock
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database
from bot.models.work import WorkItem, WorkState


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


def queue_once(ctx: Ctx, kind: str, params: Mapping[str, Any]) -> None:
    """Ask for long work, unless the actor has asked for the same and it still waits."""
    waiting = ctx.session.scalars(
        select(WorkItem).where(
            WorkItem.kind == kind,
            WorkItem.requested_by == ctx.actor.person_id,
            WorkItem.state == WorkState.QUEUED,
        )
    )
    if not any(item.params == dict(params) for item in waiting):
        queue(ctx, kind, params)


def is_asked_for(ctx: Ctx, kind: str, params: Mapping[str, Any], *, ended: bool = False) -> bool:
    """Whether this very work waits or is under way; with `ended`, also if it was done before."""
    states = [WorkState.QUEUED, WorkState.RUNNING, *([WorkState.DONE] if ended else [])]
    found = ctx.session.scalars(
        select(WorkItem).where(WorkItem.kind == kind, WorkItem.state.in_(states))
    )
    return any(item.params == dict(params) for item in found)


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
