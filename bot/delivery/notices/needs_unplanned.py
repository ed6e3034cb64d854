"""The next survey of needs should open soon, and nobody has planned it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.needs import rounds, years
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Screen, Style


@notice("needs_unplanned")
def needs_unplanned(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """From when until when by the settings, and the way to plan it."""
    first = dt.date.fromisoformat(items[0].params["plan_year"])
    if rounds.of_plan_year(ctx.session, first) is not None or first <= ctx.today():
        return Drop("planned since")
    if not access.may(ctx, Action.RUN_NEEDS):
        return Drop("does not run the survey any more")
    opens, closes = rounds.suggested(ctx)
    asked = _("By the settings it is from {first} to {last}.", first=opens, last=closes)
    return Screen(
        title=_("The survey of needs for {year} is not planned yet", year=years.label(first)),
        body=(asked, _("Nobody is asked before it is planned.")),
        rows=((Button(_("Plan it"), "nrplan", style=Style.PRIMARY),),),
    )
