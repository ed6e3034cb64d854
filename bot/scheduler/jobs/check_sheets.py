"""Rounds of check sheets: officers are asked as they open, supervisors after a final one."""

from __future__ import annotations

from bot.evaluation.check_sheets import opening
from bot.scheduler.registry import Job, register

register(Job("check_sheets", 120, opening.open_due, opening.next_opening))
