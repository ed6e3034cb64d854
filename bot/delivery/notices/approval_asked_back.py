"""To an officer: a question before the request is decided. To who decides: the answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.approval_asked import one_line, to_ask
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.i18n import _
from bot.screens import Button, Screen, Style
from bot.training import approval_cards, asking_back, request_words


@notice("approval_asked_back")
def approval_asked_back(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The question, who asks it, and about which class."""
    try:
        asked = asking_back.question(ctx, items[0].params["approval"])
    except Refusal:
        return Drop("the request has been decided")
    return Screen(
        title=_("{name} asks before deciding", name=asked.asker),
        body=(
            *request_words.class_lines(asked.held),
            "",
            asked.question,
            "",
            _("Your request stays open."),
        ),
        rows=((Button(_("Answer"), f"apanswer:{asked.id}", style=Style.PRIMARY),),),
    )


@notice("approval_answered", line=one_line, holds=to_ask)
def approval_answered(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """The request again, with question and answer."""
    card = approval_cards.card(ctx, items[0].params["approval"])
    base = f"ap:{card.id}"
    return Screen(
        title=_("{name} has answered", name=card.person.name),
        body=request_words.facts(card),
        rows=(
            (
                Button(_("Approve"), f"{base}:yes", style=Style.SUCCESS),
                Button(_("Decline"), f"{base}:no", style=Style.DANGER),
            ),
            (Button(_("Show the request"), base),),
        ),
        protect=True,
    )
