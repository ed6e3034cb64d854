"""A check sheet is open: for an officer's own assessment, or a supervisor's evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import asking, one_line, tasks_of, to_ask
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import _n
from bot.screens import Screen


@notice("check_sheet_due", line=one_line, holds=to_ask)
def check_sheet_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """What is to be rated, about whom, by when; several make one message."""
    found = tasks_of(ctx, items)
    title = _n("A check sheet is open", "{count} check sheets are open", len(found))
    return asking(title, found, reader)
