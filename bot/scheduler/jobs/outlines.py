"""Outlines in force are looked at again once a year."""

from __future__ import annotations

from bot.campaigns import outline_years
from bot.scheduler.registry import Job, register

register(Job("outlines", 300, outline_years.remind, outline_years.next_reminder))
