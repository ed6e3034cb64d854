"""Asking for long work, from any room: a row in this transaction, done by the worker process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from bot.context import Ctx
from bot.models.work import WorkItem, WorkState


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


def queue_once(ctx: Ctx, kind: str, params: Mapping[str, Any]) -> None:
    """Ask for long work, unless the actor has asked for the same and it still waits."""
    mine = WorkItem.requested_by == ctx.actor.person_id
    if not _is_there(ctx, kind, params, mine, WorkItem.state == WorkState.QUEUED):
        queue(ctx, kind, params)


def queue_for_all(ctx: Ctx, kind: str, params: Mapping[str, Any]) -> None:
    """Ask for long work, unless anybody has asked for the same and it still waits."""
    if not _is_there(ctx, kind, params, WorkItem.state == WorkState.QUEUED):
        queue(ctx, kind, params)


def is_asked_for(ctx: Ctx, kind: str, params: Mapping[str, Any], *, ended: bool = False) -> bool:
    """Whether this very work waits or is under way; with `ended`, also if it was done before."""
    states = [WorkState.QUEUED, WorkState.RUNNING, *([WorkState.DONE] if ended else [])]
    return _is_there(ctx, kind, params, WorkItem.state.in_(states))


def _is_there(ctx: Ctx, kind: str, params: Mapping[str, Any], *which: Any) -> bool:
    found = ctx.session.scalars(select(WorkItem).where(WorkItem.kind == kind, *which))
    return any(item.params == dict(params) for item in found)
