"""A check sheet is open: for an officer's own assessment, or a supervisor's evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import MOST_BUTTONS, MOST_LINES, one_line, to_ask
from bot.delivery.notices.registry import Item, Reader, notice
from bot.evaluation import assignments
from bot.i18n import Moment, Words, _, _n
from bot.long_text import and_more
from bot.screens import Button, Screen, Style


@notice("check_sheet_due", line=one_line, holds=to_ask)
def check_sheet_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """What is to be rated, about whom, by when; several make one message."""
    found = assignments.still_open(ctx, [item.params["assignment"] for item in items])
    lines: list[Words] = [
        _("{task}: {about}", task=task.title, about=task.about) for task in found[:MOST_LINES]
    ]
    lines += and_more(len(found) - MOST_LINES)
    first = min(task.closes_at for task in found)
    lines.append(_("Please answer by {closes}.", closes=Moment(first, reader.zone)))
    only = len(found) == 1
    rows = tuple(
        (
            Button(
                _("Answer now") if only else _("Answer: {about}", about=task.about),
                f"t:{task.assignment_id}",
                style=Style.PRIMARY,
            ),
        )
        for task in found[:MOST_BUTTONS]
    )
    title = _n("A check sheet is open", "{count} check sheets are open", len(found))
    return Screen(title=title, body=tuple(lines), rows=rows)
