"""A class was too small for an anonymous questionnaire."""

from __future__ import annotations

from collections.abc import Sequence

from bot import policy
from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _, _n
from bot.screens import Button, Screen, Style
from bot.training import catalogue


@notice("small_group")
def small_group(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Say that nobody was asked, why, and offer the interview instead."""
    held = catalogue.card(ctx, items[0].params["class"])
    least = policy.value(ctx.session, "smallest_group")
    if held.cancelled or held.trainees >= least:
        return Drop("the class is no small group any more")
    return Screen(
        title=_("{course}, class {code}: a small group", course=held.title, code=held.code),
        body=(
            _n(
                "The class has {count} trainee. Answers of so few could be recognised, so no"
                " anonymous questionnaire was sent.",
                "The class has {count} trainees. Answers of so few could be recognised, so no"
                " anonymous questionnaire was sent.",
                held.trainees,
            ),
            _("Please talk with the trainees, and record what they say as an interview."),
        ),
        rows=((Button(_("Record the interview"), f"iview:{held.id}", style=Style.PRIMARY),),),
    )
