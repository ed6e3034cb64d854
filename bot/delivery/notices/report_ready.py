"""A report that somebody asked for: its words, and each of its files."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.reports.registry import REPORTS
from bot.screens import Attachment, FileKind, Screen


@notice("report_ready")
def report_ready(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """One part of the words, read again now, so that none of them wait in the outbox."""
    params = items[0].params
    report = REPORTS[params["report"]]
    try:
        parts = report.screens(report.read(ctx, params["params"]))
    except Refusal:
        return Drop("the report cannot be read any more")
    number = params["part"]
    return parts[number] if number < len(parts) else Drop("nothing left to say")


@notice("report_file")
def report_file(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """A picture or a workbook of the report."""
    params = items[0].params
    return Screen(attachment=Attachment(params["blob"], FileKind(params["kind"])))
