"""To the supervisor, or to the unit: somebody says that they are a person of the roster."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.i18n import _
from bot.people import link_requests, request_cards
from bot.screens import Button, Screen, Style


@notice("link_requested")
def link_requested(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Who it is said to be and how the account is called, with both answers."""
    try:
        card = link_requests.get(ctx, items[0].params["request"])
    except Refusal:
        return Drop("may not decide any more")
    if not request_cards.is_open(card, reader.now):
        return Drop("decided already")
    return Screen(
        title=_("Is this {name}?", name=card.person.name),
        body=request_cards.facts(card, reader.zone),
        rows=(
            (
                Button(_("Confirm"), f"link:{card.id}:yes", style=Style.SUCCESS),
                Button(_("Turn down"), f"link:{card.id}:no", style=Style.DANGER),
            ),
        ),
        protect=True,
    )
