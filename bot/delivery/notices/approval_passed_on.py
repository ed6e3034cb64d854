"""To a supervisor: a request that waited too long has gone to the next in line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.screens import Screen
from bot.training import approval_cards, passing_on, request_words


def still_there(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that nobody has decided since."""
    return [item for item in items if passing_on.is_with_next(ctx, **item.params)]


def one_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    return _n(
        "{count} request went to the next in line.",
        "{count} requests went to the next in line.",
        len(items),
    )


@notice("approval_passed_on", line=one_line, holds=still_there)
def approval_passed_on(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Which requests, and with whom they are now."""
    lines: list[Words] = []
    for item in items:
        line = approval_cards.line(ctx, item.params["approval"])
        name = approval_cards.with_whom(ctx, line.id)
        request = request_words.in_list(line)
        lines.append(_("{request}. It is with {name} now.", request=request, name=name))
    return Screen(
        title=_("A request has gone to the next in line"),
        body=(*lines, "", _("It had waited for some working days. You need do nothing.")),
        protect=True,
    )
