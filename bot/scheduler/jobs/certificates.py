"""Certificates that were held back and are not any more.

Once an hour, so that the time at which one is issued does not tell when its owner answered.
"""

from __future__ import annotations

from bot.scheduler.registry import Job, register
from bot.training import certificates

HOUR = 3600

register(Job("certificates", HOUR, certificates.issue_due))
