"""Rounds whose deadline has passed: lists stand as they are, unused seats go back."""

from __future__ import annotations

from bot.scheduler.registry import Job, register
from bot.training import calls

register(Job("nominations", 60, calls.close_due, calls.next_close))
