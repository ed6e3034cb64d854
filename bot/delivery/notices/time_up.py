"""The time for a form was up, and its answers were handed in as they stood."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.forms import versions
from bot.i18n import _
from bot.screens import Button, Screen


@notice("time_up")
def time_up(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Say so to who was answering and did not come back."""
    form = versions.definition(ctx, items[0].params["version"])
    return Screen(
        title=_("The time is up"),
        body=(_("Your answers to “{form}” were handed in as they stood.", form=form.title),),
        rows=((Button(_("Menu"), "menu"),),),
    )
