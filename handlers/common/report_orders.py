"""Reports that somebody asks for: made as long work, sent as a message."""

from __future__ import annotations

from bot.context import Ctx
from bot.i18n import Text, _
from bot.reports import registry
from bot.reports.registry import Params, Report
from bot.screens import Reply
from bot.work.queue import queue_once

COMING = _("The report is being made. It will come as a message.")


def order(ctx: Ctx, report: Report, params: Params) -> None:
    """Have a report made; refuses now what would only be refused once it is being made."""
    registry.check(ctx, report.name, params)
    queue_once(ctx, "report", {"report": report.name, "params": params})


def ordered(ctx: Ctx, report: Report, params: Params, toast: Text = COMING) -> Reply:
    """The same, answered over the screen that stays."""
    order(ctx, report, params)
    return Reply(toast=toast)
