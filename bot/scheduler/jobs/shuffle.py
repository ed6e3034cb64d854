"""Anonymous answers are rewritten in random order soon after they come in."""

from __future__ import annotations

from sqlalchemy import select

from bot.context import Ctx
from bot.evaluation import anonymous
from bot.models.work import WorkItem, WorkState
from bot.scheduler.registry import Job, register
from bot.work.queue import queue

EVERY_SECONDS = 300


def run(ctx: Ctx) -> None:
    """Shuffle, and have the file wiped of what the rewriting left behind."""
    if anonymous.shuffle(ctx) and not _is_queued(ctx):
        queue(ctx, "scrub", {})


def _is_queued(ctx: Ctx) -> bool:
    """One wipe that has not begun yet is enough for all that was rewritten before it."""
    waiting = select(WorkItem.id).where(
        WorkItem.kind == "scrub", WorkItem.state == WorkState.QUEUED
    )
    return ctx.session.scalars(waiting.limit(1)).first() is not None


register(Job("shuffle", EVERY_SECONDS, run))
