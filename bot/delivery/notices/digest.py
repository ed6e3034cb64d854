"""Several notices for one person as one message, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import NOTICES, Drop, Item, Reader
from bot.i18n import Words, _
from bot.screens import Button, Screen, Style


def digest(ctx: Ctx, by_notice: Mapping[str, Sequence[Item]], reader: Reader) -> Screen | Drop:
    """A line for each notice that still holds; one that holds alone in full; else a Drop."""
    lines: dict[str, Words] = {}
    for name, items in by_notice.items():
        line = NOTICES[name].line
        words = line(ctx, items, reader) if line is not None else None
        if words is not None:
            lines[name] = words
    if not lines:
        return Drop("no reason left")
    if len(lines) == 1:
        (name,) = lines
        return NOTICES[name].render(ctx, by_notice[name], reader)
    return Screen(
        title=_("This is waiting for you"),
        body=tuple(lines.values()),
        rows=((Button(_("Show my tasks"), "tasks", style=Style.PRIMARY),),),
    )
