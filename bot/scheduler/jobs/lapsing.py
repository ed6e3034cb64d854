"""Lists of classes that have begun, and requests that came by a file."""

from __future__ import annotations

from bot.scheduler.registry import Job, register
from bot.training import lapsing

register(Job("lapsing", 30, lapsing.lapse, lapsing.next_start))
register(Job("unasked_requests", 60, lapsing.ask_unasked))
