"""Groups that are not closed, or closed and never begun."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at
from bot.forms.draft import Draft, Item
from bot.forms.type_names import closes_repeat, opens_repeat
from bot.i18n import _


def check(draft: Draft) -> Iterator[Fault]:
    open_items: list[Item] = []
    for item in draft.items:
        if item.is_group or opens_repeat(item.type):
            open_items.append(item)
        elif item.is_end or closes_repeat(item.type):
            if open_items:
                open_items.pop()
            else:
                yield at(
                    draft.survey,
                    item.row,
                    "type",
                    "group_not_begun",
                    _("This row closes a group that was not begun. Remove it."),
                )
    for item in open_items:
        yield at(
            draft.survey,
            item.row,
            "type",
            "group_not_closed",
            _("The group {name} is not closed. Add a row of type end group.", name=item.name),
        )
