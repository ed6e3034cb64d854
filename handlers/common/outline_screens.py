"""A course outline as it is read, page by page, by whomever it concerns."""

from __future__ import annotations

from collections.abc import Callable

from bot.context import Ctx
from bot.i18n import Text, _
from bot.planning.outlines import forms, said
from bot.planning.outlines.cards import OutlineCard
from bot.screens import Button, Screen
from handlers.common import closing
from handlers.common.paging import Rows, page_of_lines

BACK: dict[str, Text] = {
    "outl": _("The outline"),
    "outls": _("The sessions"),
    "outlone": _("The session"),
    "outlx": _("The experts"),
    "outlr": _("Outlines to review"),
    "outld": _("Outlines to approve"),
}


@closing.offer(28)
def offer_way_back(ctx: Ctx) -> Button | None:
    """Back to what a form was about, once it is taken."""
    action = forms.way_back(ctx)
    return Button(BACK[action.partition(":")[0]], action) if action is not None else None


def reading(
    ctx: Ctx, card: OutlineCard, number: int, turned: Callable[[int], str], rows: Rows
) -> Screen:
    """The whole outline, as much of it as a message holds; `turned` makes the data of pages."""
    page = page_of_lines(said.whole(card, ctx.actor.zone), number)
    return Screen(title=said.heading(card), body=page.shown, rows=(*page.rows(turned), *rows))
