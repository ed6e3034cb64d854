"""Forms whose time is up."""

from __future__ import annotations

from bot.forms import time_up
from bot.scheduler.registry import Job, register

register(Job("time_up", 30, time_up.hand_in_due, time_up.next_end))
