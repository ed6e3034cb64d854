"""An observation of a trainer was recorded: the trainer is the first to know."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import _
from bot.screens import Button, Screen


@notice("trainer_observed")
def trainer_observed(_ctx: Ctx, _items: Sequence[Item], _reader: Reader) -> Screen:
    """That there is one, and the way to it."""
    return Screen(
        title=_("You were observed as a trainer"),
        body=(_("The training unit has recorded what it saw, and what you agreed."),),
        rows=((Button(_("How I was observed"), "ownseen"),),),
    )
