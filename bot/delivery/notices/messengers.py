"""Sheets with messages and invites for people whom the bot does not reach: to who carries them,
and to whoever had them made.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaigns import unreached
from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.models.system import Blob
from bot.screens import Attachment, Screen


@notice("messenger_sheet")
def messenger_sheet(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The sheet, whom it is for, and what is to be done with it; not of a message withdrawn."""
    params = items[0].params
    about = params.get("broadcast")
    if about is not None and unreached.is_withdrawn(ctx, about):
        return Drop("withdrawn")
    blob = ctx.session.get(Blob, params["blob"])
    if blob is None or not blob.content:
        return Drop("the sheet is no longer kept")
    message = _("Please read the message on it to each of them, and give each their own card.")
    cards = _("Please give each of them their own card: with it they link their phone.")
    return Screen(
        title=_("Please pass this on"),
        body=(
            _n(
                "{count} person of yours cannot be reached by the bot.",
                "{count} people of yours cannot be reached by the bot.",
                params["people"],
            ),
            message if params["message"] else cards,
            _("Print the sheet, cut it, and delete this message then."),
        ),
        attachment=Attachment(params["blob"]),
        protect=True,
    )


@notice("messengers_told")
def messengers_told(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """How many sheets went to how many messengers, and who was left to the reader."""
    params = items[0].params
    body: list[Words] = [
        _n(
            "{count} person cannot be reached by the bot.",
            "{count} people cannot be reached by the bot.",
            params["people"],
        ),
        _n(
            "{count} focal point or supervisor is sent a sheet for their own people.",
            "{count} focal points and supervisors are sent a sheet for their own people each.",
            params["messengers"],
        ),
    ]
    if params["alone"]:
        body.append(
            _n(
                "For {count} person there is nobody to carry it: their sheet comes to you.",
                "For {count} people there is nobody to carry it: their sheet comes to you.",
                params["alone"],
            )
        )
    return Screen(title=_("Sheets for those who cannot be reached"), body=tuple(body))
