"""A test has been given out in the room."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.evaluation import assignments
from bot.i18n import Moment, _
from bot.screens import Button, Screen, Style


@notice("test_open")
def test_open(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Which test, until when, and the way to it."""
    found = assignments.still_open(ctx, [items[0].params["assignment"]])
    if not found:
        return Drop("taken or taken back already")
    task = found[0]
    return Screen(
        title=task.title,
        body=(
            task.about,
            _("Your trainer has given out the test."),
            _("Open until {moment}", moment=Moment(task.closes_at, reader.zone)),
        ),
        rows=((Button(_("To the test"), f"t:{task.assignment_id}", style=Style.PRIMARY),),),
    )
