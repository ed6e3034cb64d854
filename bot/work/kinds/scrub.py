"""Wipes deleted answers from the database file, outside any transaction."""

from __future__ import annotations

from bot.evaluation import anonymous
from bot.work.queue import Job, Workshop, worker


@worker("scrub")
def scrub(workshop: Workshop, _job: Job) -> None:
    """Follow a shuffle of the anonymous answers."""
    anonymous.scrub(workshop.database.engine)
