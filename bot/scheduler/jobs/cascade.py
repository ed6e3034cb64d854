"""Duties to pass on what was learned, and reminders of them."""

from __future__ import annotations

from bot.campaigns import cascade_reminders
from bot.evaluation import cascade
from bot.scheduler.registry import Job, register

register(Job("cascade", 300, cascade.arrange))
register(Job("cascade_reminders", 120, cascade_reminders.remind, cascade_reminders.next_reminder))
