"""To somebody who asked the training unit: the answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.people import questions
from bot.screens import Button, Screen


@notice("question_answered")
def question_answered(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Question and answer together, since days may lie between them."""
    card = questions.get(ctx, items[0].params["question"])
    if card.is_closed:
        return Drop("closed already")
    body: list[Words] = [_("You asked: {question}", question=card.text), "", card.answer]
    return Screen(
        title=_("The training unit answers"),
        body=tuple(body),
        rows=(
            (
                Button(_("That answers it"), f"ask:{card.id}:close"),
                Button(_("Ask again"), "ask:new"),
            ),
        ),
    )
