"""To who decides: a decision came too late, or none came before the class began."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Lines, Words, _
from bot.screens import Screen
from bot.training import approval_cards, decisions, request_words


@notice("approval_in_vain")
def approval_in_vain(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Which request, why nothing can come of it, and who has been told."""
    number = items[0].params["approval"]
    line = approval_cards.line(ctx, number)
    title = _("A request has ended without a decision")
    if decisions.was_decided(ctx, number):
        title = _("Your decision can no longer take effect")
    body: list[Words] = [request_words.in_list(line), Lines(decisions.why_in_vain(ctx, number))]
    if not line.is_postponement:
        body.append(_("The officer has been told that the request is declined."))
    return Screen(title=title, body=tuple(body), protect=True)
