"""The jobs there are."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import Ctx

NextDue: TypeAlias = Callable[[Ctx, dt.datetime], dt.datetime | None]


def never(_ctx: Ctx, _after: dt.datetime) -> dt.datetime | None:
    """For housekeeping that nobody waits for."""
    return None


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is idempotent and commits nothing; where it says True, more is to be done at once,
    in a transaction of its own. `next_due` is the first instant after a given one at which it
    would find something to do.
    """

    name: str
    every_seconds: float
    run: Callable[[Ctx], bool | None]
    next_due: NextDue = never


JOBS: dict[str, Job] = {}


def register(job: Job) -> Job:
    """Add a job; refuses a second one of the same name."""
    if job.name in JOBS:
        raise ValueError(f"job {job.name} is registered twice")
    JOBS[job.name] = job
    return job


def load_all() -> None:
    """Import every job file, so that each is registered."""
    package = importlib.import_module("bot.scheduler.jobs")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"bot.scheduler.jobs.{module.name}")
