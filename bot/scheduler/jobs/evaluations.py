"""Level checks, tests, prompts and follow-ups about classes: asked when they are due."""

from __future__ import annotations

from bot.campaigns import evaluations
from bot.scheduler.registry import Job, register

register(Job("evaluations", 30, evaluations.arrange, evaluations.next_due))
