"""Requests to be linked that nobody has decided for two days go to the training unit too."""

from __future__ import annotations

from bot.people import overdue_requests
from bot.scheduler.registry import Job, register

register(Job("link_requests", 600, overdue_requests.pass_on, overdue_requests.next_overdue))
