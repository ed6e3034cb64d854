"""Something in Rollcall went wrong: told to the operator's chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.screens import Screen


@notice("operator_alert")
def operator_alert(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """What happened, and where to look."""
    return Screen(
        title=_("Rollcall needs the operator"),
        body=(
            _("An update was set aside: {reason}.", reason=items[0].params["reason"]),
            _("Run “rollcall doctor” on the machine to read it."),
        ),
    )
