"""To somebody who has just been linked: that it worked, and the privacy notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.people import accounts, directory, privacy
from bot.screens import Button, Screen, Style


@notice("welcome")
def welcome(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """The privacy notice, or, where it was accepted on another account, a button to begin."""
    if reader.person_id is None:
        return Drop("linked to nobody any more")
    chat = accounts.of_person(ctx, reader.person_id)
    accepted = chat is not None and not privacy.is_due(chat.privacy_version)
    confirmed = items[0].params["way"] == "request"
    card = directory.card(ctx.session, reader.person_id)
    linked = _("You are linked now, {name}.", name=card.greeting)
    if accepted:
        begin = Button(_("Begin"), "home", style=Style.PRIMARY)
        ready = linked if confirmed else _("Everything is as it was on your other account.")
        return Screen(body=(ready,), rows=((begin,),))
    shown = privacy.screen()
    return replace(shown, body=(linked, "", *shown.body)) if confirmed else shown
