"""The unit has read the comments on a class and passed some on to its trainer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.training import Trainer, TrainingClass
from bot.screens import Button, Screen
from bot.training import catalogue


def still_taught(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those about classes that still are there."""
    return [
        item for item in items if ctx.session.get(TrainingClass, item.params["class"]) is not None
    ]


@notice("comments_ready", holds=still_taught)
def comments_ready(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Which classes, and the way to what was written; not for who trains them no longer."""
    own = [item.params["class"] for item in items if _leads(ctx, reader, item.params["class"])]
    if not own:
        return Drop("somebody else trains the class by now")
    lines: list[Words] = [_name(ctx, class_id) for class_id in own]
    return Screen(
        title=_("Comments of participants can be read"),
        body=tuple(lines),
        rows=((Button(_("What participants wrote"), "ownwords"),),),
    )


def _leads(ctx: Ctx, reader: Reader, class_id: int) -> bool:
    held = ctx.session.get_one(TrainingClass, class_id)
    trainer = ctx.session.get(Trainer, held.trainer_id) if held.trainer_id else None
    return trainer is not None and trainer.person_id == reader.person_id


def _name(ctx: Ctx, class_id: int) -> Words:
    held = catalogue.card(ctx, class_id)
    return _("{course}, class {code}", course=held.title, code=held.code)
