"""Somebody is asked about the training unit's own work: a course, or a year."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import asking, one_line, tasks_of, to_ask
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import _
from bot.screens import Screen


@notice("own_work_due", line=one_line, holds=to_ask)
def own_work_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """What is to be evaluated, until when, and that the answers help the next year's plan."""
    title = _("The training unit asks for your view of its work")
    why = _("What you say helps to plan the next year.")
    return asking(title, tasks_of(ctx, items), reader, why)
