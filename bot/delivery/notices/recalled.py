"""A questionnaire that was sent by mistake has been taken back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.screens import Screen
from bot.training import catalogue


@notice("recalled")
def recalled(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Tell those who got it that nothing is expected of them."""
    held = catalogue.card(ctx, items[0].params["class"])
    return Screen(
        title=_("A questionnaire was withdrawn"),
        body=(
            _("{course}, class {code}", course=held.title, code=held.code),
            _(
                "It was sent by mistake. You need not do anything."
                " Answers given to it were deleted."
            ),
        ),
    )
