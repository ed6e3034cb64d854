"""To somebody who asked the training unit: closed without an answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.people import questions
from bot.screens import Button, Screen


@notice("question_closed")
def question_closed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Which question, and how to ask again."""
    card = questions.get(ctx, items[0].params["question"])
    return Screen(
        title=_("The training unit has closed your question"),
        body=(card.text, "", _("If you still need an answer, ask again.")),
        rows=((Button(_("Ask again"), "ask:new"),),),
    )
