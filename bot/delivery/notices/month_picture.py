"""The director's picture of a month, with the one decision that waits under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.people import access
from bot.people.access_table import Action
from bot.reports import decisions
from bot.reports.months import month_words
from bot.screens import Attachment, Button, FileKind, Screen


@notice("month_picture")
def month_picture(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The picture; what waits is looked up again, since it may have been decided by now."""
    if not access.may(ctx, Action.READ_REPORTS):
        return Drop("no longer reads reports")
    params = items[0].params
    decision = decisions.oldest(ctx)
    rows = ((decision.button,),) if decision is not None else ()
    report = (Button(_("Results of training"), "outcomes"),)
    return Screen(
        title=_("Training in {month}", month=month_words(dt.date.fromisoformat(params["month"]))),
        rows=(*rows, report),
        attachment=Attachment(params["blob"], FileKind.PHOTO),
    )
