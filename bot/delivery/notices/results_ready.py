"""The questionnaire about a class has closed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.evaluation import class_results, closing
from bot.i18n import Percent, _
from bot.screens import Button, Screen, Style
from bot.training import catalogue


@notice("results_ready")
def results_ready(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Say how many answered, and offer the report."""
    class_id = items[0].params["class"]
    if not closing.results_are_open(ctx.session, class_id):
        return Drop("the questionnaire is open again")
    held = catalogue.card(ctx, class_id)
    rate = class_results.rate(ctx, class_id)
    return Screen(
        title=_("The questionnaire has closed"),
        body=(
            _("{course}, class {code}", course=held.title, code=held.code),
            _(
                "Answered: {answered} of {asked} ({share}).",
                answered=rate.answered,
                asked=rate.asked,
                share=Percent(rate.share),
            ),
        ),
        rows=((Button(_("Make the report"), f"rep:{class_id}", style=Style.PRIMARY),),),
    )
