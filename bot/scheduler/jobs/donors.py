"""What the training unit is reminded of in time: partners' surveys, and its own."""

from __future__ import annotations

from bot.campaigns import donor_deadlines, needs_unplanned
from bot.scheduler.registry import Job, register

register(Job("donors", 600, donor_deadlines.remind, donor_deadlines.next_reminder))
register(Job("needs_unplanned", 600, needs_unplanned.remind, needs_unplanned.next_reminder))
