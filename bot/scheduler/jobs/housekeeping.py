"""Rows that have done their duty: updates dealt with, updates set aside, old files."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete

from bot.context import Ctx
from bot.models.inbound import BegunUpdate, SeenUpdate, SetAside
from bot.scheduler.registry import Job, register

SEEN_FOR = dt.timedelta(hours=48)
ASIDE_FOR = dt.timedelta(days=14)


def run(ctx: Ctx) -> None:
    """Delete what can no longer be of use."""
    ctx.session.execute(delete(SeenUpdate).where(SeenUpdate.at < ctx.now() - SEEN_FOR))
    ctx.session.execute(delete(BegunUpdate).where(BegunUpdate.at < ctx.now() - SEEN_FOR))
    ctx.session.execute(delete(SetAside).where(SetAside.at < ctx.now() - ASIDE_FOR))


register(Job("housekeeping", 3600, run))
