"""To whoever cancelled a class with a long list: everybody has been taken off it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.models.training import TrainingClass
from bot.screens import Button, Screen


@notice("class_emptied")
def class_emptied(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """That it is done; nothing where the class is held after all."""
    held = ctx.session.get(TrainingClass, items[0].params["class"])
    if held is None or held.cancelled_at is None:
        return Drop("held after all")
    return Screen(
        title=_("Class {code} is cancelled", code=held.code),
        body=(_("Everybody has been taken off its list. Each of them is told."),),
        rows=((Button(_("Show the class"), f"class:{held.id}"),),),
    )
