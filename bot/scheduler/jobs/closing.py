"""Questionnaires whose time is over."""

from __future__ import annotations

from bot.evaluation import closing
from bot.scheduler.registry import Job, register

register(Job("closing", 15, closing.close_due, closing.next_closing))
