"""Task books: given to newcomers on their first day, and reminders of their limits."""

from __future__ import annotations

from bot.campaigns import task_limits
from bot.evaluation.task_books import joining
from bot.scheduler.registry import Job, register

register(Job("task_books", 60, joining.welcome, joining.next_beginning))
register(Job("task_limits", 30, task_limits.remind, task_limits.next_reminder))
