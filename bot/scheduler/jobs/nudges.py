"""Reminders to those who have not answered, by the rules of the campaigns."""

from __future__ import annotations

import datetime as dt

from sqlmodel import Session

from bot.campaigns import nudges
from bot.config import Settings
from bot.scheduler.registry import Job, register


def next_due(session: Session, after: dt.datetime) -> dt.datetime | None:
    """The next reminder."""
    return nudges.next_reminder(session, after, Settings().timezone)


register(Job("nudges", 60, nudges.remind, next_due))
