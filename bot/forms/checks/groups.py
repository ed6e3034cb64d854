"""Groups that are not closed, or closed and never begun; grids that share no list."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at
from bot.forms.draft import Draft, Item
from bot.forms.type_names import closes_repeat, opens_repeat
from bot.i18n import _


def check(draft: Draft) -> Iterator[Fault]:
    yield from _pairs(draft)
    for item in draft.items:
        if item.is_grid:
            yield from _grid(draft, item)


def _grid(draft: Draft, grid: Item) -> Iterator[Fault]:
    """All items of a grid are answered out of one list."""
    inside = (*grid.groups, grid.name)
    chosen = [item for item in draft.questions() if item.has_choices and item.groups == inside]
    for item in chosen:
        if item.type.list_name != chosen[0].type.list_name:
            yield at(
                draft.survey,
                item.row,
                "type",
                "grid_of_several_lists",
                _(
                    "All items of the grid {grid} share one list, which is {list}. Use it here "
                    "too, or move this row out of the group.",
                    grid=grid.name,
                    list=chosen[0].type.list_name,
                ),
            )


def _pairs(draft: Draft) -> Iterator[Fault]:
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
