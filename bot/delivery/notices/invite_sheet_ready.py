"""To whoever asked for it: the sheet of invites for an office."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _, _n
from bot.people import directory
from bot.screens import Attachment, Screen


@notice("invite_sheet_ready")
def invite_sheet_ready(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The file, and how to hand the codes out."""
    params = items[0].params
    office = directory.office(ctx.session, params["unit"])
    return Screen(
        title=_("Invites for {office}", office=office.name),
        body=(
            _n("{count} code to hand out.", "{count} codes to hand out.", params["count"]),
            _("Print, cut, and give each one to its person only. Delete this message then."),
        ),
        attachment=Attachment(params["blob"]),
    )
