"""Sheets of invites that were sent: their codes are not kept, only hashes are."""

from __future__ import annotations

from bot.context import Ctx
from bot.people import invites
from bot.scheduler.registry import Job, register


def run(ctx: Ctx) -> None:
    """Empty the files that are older than a day."""
    invites.empty_old_sheets(ctx)


register(Job("invite_sheets", 3600, run))
