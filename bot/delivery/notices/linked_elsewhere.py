"""To an account that has lost its access, because the person linked another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Moment, _
from bot.screens import Screen


@notice("linked_elsewhere")
def linked_elsewhere(_ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """When it happened, and what to do if it was not oneself."""
    at = dt.datetime.fromisoformat(items[0].params["at"])
    return Screen(
        title=_("This account has no access any more"),
        body=(
            _(
                "On {moment} you were linked to the training desk from another account. "
                "Everything goes there from now on.",
                moment=Moment(at, reader.zone),
            ),
            _("If that was not you, tell your supervisor or the training unit at once."),
        ),
        remove_keyboard=True,
    )
