"""Wipes deleted answers from the database file, outside any transaction."""

from __future__ import annotations

import logging

from bot.evaluation import anonymous, wiping
from bot.work.queue import Job, Workshop, worker

log = logging.getLogger(__name__)


@worker("scrub")
def scrub(workshop: Workshop, _job: Job) -> None:
    """Follow a shuffle of the anonymous answers; what could not be wiped is asked for again."""
    try:
        wiping.scrub(workshop.database.engine)
    except wiping.NotWiped as reason:
        log.warning("deleted answers could not be wiped yet: %s", reason)
        _ask_again(workshop)
    except Exception:
        _ask_again(workshop)
        raise


def _ask_again(workshop: Workshop) -> None:
    with workshop.database.transaction() as session:
        anonymous.ask_for_wipe(session)
