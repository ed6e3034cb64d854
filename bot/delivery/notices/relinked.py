"""To the training unit: somebody is linked from another account than before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Moment, _
from bot.people import directory
from bot.screens import Button, Screen


@notice("relinked")
def relinked(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Who it is and when, so that the unit can ask if it seems odd."""
    params = items[0].params
    card = directory.card(ctx.session, params["person"])
    at = Moment(dt.datetime.fromisoformat(params["at"]), reader.zone)
    return Screen(
        title=_("Linked from another account"),
        body=(
            _("{name}, {unit}, {moment}.", name=card.name, unit=card.unit, moment=at),
            _("The earlier account has lost its access and has been told."),
        ),
        rows=((Button(_("Show this person"), f"person:{card.id}"),),),
        protect=True,
    )
