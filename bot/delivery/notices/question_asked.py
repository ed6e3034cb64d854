"""To every member of the training unit: an officer asks something."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.i18n import _
from bot.people import questions
from bot.screens import Button, Screen, Style


@notice("question_asked")
def question_asked(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The question and who asks; gone once a colleague has it."""
    try:
        card = questions.get(ctx, items[0].params["question"])
    except Refusal:
        return Drop("may not answer any more")
    if not card.waits or card.claimed_by is not None:
        return Drop("taken by a colleague")
    return Screen(
        title=_("{name}, {unit}, asks", name=card.asker.name, unit=card.asker.unit),
        body=(card.text,),
        rows=(
            (
                Button(_("Answer"), f"question:{card.id}:answer", style=Style.PRIMARY),
                Button(_("I take it"), f"question:{card.id}:take"),
            ),
        ),
        protect=True,
    )
