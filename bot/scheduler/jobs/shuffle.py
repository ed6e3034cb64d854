"""Anonymous answers are rewritten in random order soon after they come in."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import anonymous
from bot.scheduler.registry import Job, register
from bot.work.queue import queue

EVERY_SECONDS = 300


def run(ctx: Ctx) -> None:
    """Shuffle, and have the file wiped of what the rewriting left behind."""
    if anonymous.shuffle(ctx):
        queue(ctx, "scrub", {})


register(Job("shuffle", EVERY_SECONDS, run))
