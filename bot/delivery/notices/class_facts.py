"""What notices to those who hold a class have in common: whether it stands, and its page."""

from __future__ import annotations

from bot.context import Ctx
from bot.delivery.notices.registry import Item
from bot.i18n import _
from bot.models.training import TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Style
from bot.training.schedule import start_of


def held_of(ctx: Ctx, item: Item) -> TrainingClass:
    """The class that an item is about."""
    return ctx.session.get_one(TrainingClass, item.params["class"])


def is_to_come(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether it is still to be held, and has not begun."""
    starts_at = start_of(held, ctx.settings.timezone)
    return held.cancelled_at is None and starts_at is not None and ctx.now() < starts_at


def begins_as_told(ctx: Ctx, item: Item) -> bool:
    """Whether it is to come, and on the day that the item is about."""
    held = held_of(ctx, item)
    told = item.params["starts_on"]
    return is_to_come(ctx, held) and str(held.starts_on) == told


def open_button(ctx: Ctx, held: TrainingClass, *, named: bool) -> tuple[Button, ...]:
    """The class's page: the unit's for its members, else that of who holds it."""
    prefix = "class" if access.may(ctx, Action.EDIT_CLASSES) else "myclass"
    label = _("Show class {code}", code=held.code) if named else _("Show the class")
    return (Button(label, f"{prefix}:{held.id}", style=Style.PRIMARY),)
