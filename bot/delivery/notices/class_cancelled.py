"""To trainers and coordinator: a class is cancelled, or held after all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import class_lines
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _
from bot.models.training import TrainingClass
from bot.screens import Button, Screen, Style


def still_so(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """The last about each class, if the class stands so and the reader does not know it."""
    first: dict[int, Item] = {}
    last: dict[int, Item] = {}
    for item in sorted(items, key=lambda item: item.id):
        first.setdefault(item.params["class"], item)
        last[item.params["class"]] = item
    return [
        item
        for class_id, item in last.items()
        if item.params["cancelled"] == first[class_id].params["cancelled"]
        and item.params["cancelled"] == _is_cancelled(ctx, class_id)
    ]


@notice("class_cancelled", holds=still_so)
def class_cancelled(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Which classes, when they were to be held, and why."""
    body: list[Words] = []
    for item in items:
        held = ctx.session.get_one(TrainingClass, item.params["class"])
        if len(items) > 1:
            body.append(_title(item))
        body += [class_lines.which(ctx, held), *class_lines.when(ctx, held)]
        if item.params["reason"]:
            body.append(_("Reason: {reason}", reason=item.params["reason"]))
        body.append("")
    title = _title(items[0]) if len(items) == 1 else _("Your classes have changed")
    button = Button(_("My classes as a trainer"), "myclasses", style=Style.PRIMARY)
    return Screen(title=title, body=tuple(body), rows=((button,),))


def _title(item: Item) -> Words:
    if item.params["cancelled"]:
        return _("The class is cancelled")
    return _("The class is held after all")


def _is_cancelled(ctx: Ctx, class_id: int) -> bool:
    return ctx.session.get_one(TrainingClass, class_id).cancelled_at is not None
