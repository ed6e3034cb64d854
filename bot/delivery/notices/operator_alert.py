"""Something in Rollcall went wrong: told to the operator's chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.screens import Screen

MOST_LINES = 10


@notice("operator_alert")
def operator_alert(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """What happened, and where to look."""
    lines = [line for item in items[:MOST_LINES] for line in _lines(item.params)]
    return Screen(
        title=_("Rollcall needs the operator"),
        body=(*lines, _("The log on the machine says more.")),
    )


def _lines(params: Mapping[str, str]) -> tuple[Words, ...]:
    if "part" in params:
        return _("Something in Rollcall went wrong."), params["part"]
    return (_("An update was set aside: {reason}.", reason=params["reason"]),)
