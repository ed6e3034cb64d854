"""The worker process: takes queued work, one at a time, and keeps what became of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from bot.context import SYSTEM, Ctx
from bot.delivery import alarms, outbox
from bot.errors import Refusal
from bot.i18n import Text, render
from bot.imports.wording import pack_text
from bot.models.work import WorkItem, WorkState
from bot.work.queue import WORKERS, Job, Workshop
from bot.work.telling import WORK_FAILED

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
IDLE_SECONDS = 0.5


def run_until(workshop: Workshop, stop: threading.Event) -> None:
    """Work until `stop` is set; what a killed worker left running is taken up again."""
    _take_back(workshop)
    while not stop.is_set():
        if not run_next(workshop):
            stop.wait(IDLE_SECONDS)


def run_next(workshop: Workshop) -> bool:
    """Do the oldest queued work; False if there is none."""
    job = _claim(workshop)
    if job is None:
        return False
    if job.again and _was_told(workshop, job):
        _end(workshop, job, WorkState.DONE, "")
        return True
    try:
        WORKERS[job.kind](workshop, job)
    except Refusal as refusal:
        _end(workshop, job, WorkState.FAILED, render(refusal.sentence, "en"), refusal.sentence)
    except Exception:
        log.exception("work %s of kind %s failed", job.id, job.kind)
        with _system(workshop) as ctx:
            alarms.part_failed(ctx, f"work {job.kind}")
        _end(workshop, job, WorkState.FAILED, "bug")
    else:
        _end(workshop, job, WorkState.DONE, "")
    return True


@contextmanager
def _system(workshop: Workshop) -> Iterator[Ctx]:
    with workshop.database.transaction() as session:
        yield Ctx(session, workshop.clock, SYSTEM, workshop.settings)


def _was_told(workshop: Workshop, job: Job) -> bool:
    with _system(workshop) as ctx:
        return outbox.is_told(ctx, job.key)


def _take_back(workshop: Workshop) -> None:
    with _system(workshop) as ctx:
        for item in ctx.session.scalars(
            select(WorkItem).where(WorkItem.state == WorkState.RUNNING)
        ):
            over = item.attempts >= MOST_ATTEMPTS
            item.state = WorkState.FAILED if over else WorkState.QUEUED
            if over:
                item.error = "begun three times without ending"
                _tell_failure(ctx, item)


def _claim(workshop: Workshop) -> Job | None:
    with _system(workshop) as ctx:
        item = ctx.session.scalars(
            select(WorkItem)
            .where(WorkItem.state == WorkState.QUEUED)
            .order_by(WorkItem.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if item is None or item.id is None:
            return None
        item.state = WorkState.RUNNING
        item.attempts += 1
        item.began_at = ctx.now()
        again = item.attempts > 1
        return Job(item.id, item.kind, dict(item.params), item.requested_by, again)


def _end(
    workshop: Workshop, job: Job, state: WorkState, error: str, why: Text | None = None
) -> None:
    with _system(workshop) as ctx:
        item = ctx.session.get_one(WorkItem, job.id)
        item.state = state
        item.error = error
        item.ended_at = ctx.now()
        if state is WorkState.FAILED:
            _tell_failure(ctx, item, why)


def _tell_failure(ctx: Ctx, item: WorkItem, why: Text | None = None) -> None:
    """`why` is what was refused, if it was; all else is told as a bug."""
    if item.requested_by is not None:
        params = {"work": item.id, "why": pack_text(why) if why else None}
        outbox.tell(ctx, WORK_FAILED, item.requested_by, params)
