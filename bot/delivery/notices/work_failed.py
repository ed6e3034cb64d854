"""Long work that somebody asked for did not come to an end."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.imports.wording import unpack_text
from bot.screens import Screen


@notice("work_failed")
def work_failed(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Say that it failed, why if that is known, and whom to ask."""
    why = items[0].params.get("why")
    reason: Words = unpack_text(why) if why else _("Something in Rollcall went wrong.")
    number = items[0].params["work"]
    return Screen(
        title=_("That could not be done"),
        body=(
            reason,
            _("Nothing was changed. Give number {number} to the operator.", number=number),
        ),
    )
