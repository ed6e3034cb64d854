"""To a supervisor: the training unit has decided in their place, from a signed letter."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.screens import Screen
from bot.training import approval_cards, decisions, request_words
from bot.training.decisions import ByLetter


def one_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    return _n(
        "{count} request was decided from a signed letter.",
        "{count} requests were decided from a signed letter.",
        len(items),
    )


@notice("approval_overruled", line=one_line)
def approval_overruled(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Which requests, what became of them, and from which letter."""
    lines: list[Words] = []
    for item in items:
        number = item.params["approval"]
        request = request_words.in_list(approval_cards.line(ctx, number))
        lines.append(_outcome(request, decisions.by_letter(ctx, number)))
    return Screen(
        title=_("The training unit has decided from a signed letter"),
        body=(*lines, "", _("You need do nothing.")),
        protect=True,
    )


def _outcome(request: Text, decided: ByLetter) -> Text:
    if decided.is_approved:
        return _(
            "{request}. Approved, by letter {number} of {day}.",
            request=request,
            number=decided.number,
            day=decided.day,
        )
    return _("{request}. Declined, by letter {number} of {day}.",
             request=request, number=decided.number, day=decided.day)  # fmt: skip
