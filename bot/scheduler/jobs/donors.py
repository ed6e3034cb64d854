"""Deadlines of partners' surveys: the training unit is reminded in time."""

from __future__ import annotations

from bot.campaigns import donor_deadlines
from bot.scheduler.registry import Job, register

register(Job("donors", 600, donor_deadlines.remind, donor_deadlines.next_reminder))
