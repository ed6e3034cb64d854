"""The questionnaire about a class has closed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Item, Reader, notice
from bot.evaluation import class_results, closing
from bot.i18n import Percent, Words, _, _n
from bot.screens import Button, Screen, Style
from bot.training import catalogue

MOST_SHOWN = 8


def closed(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose questionnaire has not been opened again."""
    return [item for item in items if closing.results_are_open(ctx.session, item.params["class"])]


@notice("results_ready", holds=closed)
def results_ready(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Say how many answered, and offer the report; several classes make one message."""
    class_ids = [item.params["class"] for item in items]
    return _one(ctx, class_ids[0]) if len(class_ids) == 1 else _several(ctx, class_ids)


def _one(ctx: Ctx, class_id: int) -> Screen:
    return Screen(
        title=_("The questionnaire has closed"),
        body=(_name(ctx, class_id), _answered(ctx, class_id)),
        rows=((Button(_("Make the report"), f"rep:{class_id}", style=Style.PRIMARY),),),
    )


def _several(ctx: Ctx, class_ids: Sequence[int]) -> Screen:
    lines: list[Words] = []
    for class_id in class_ids[:MOST_SHOWN]:
        lines += [_name(ctx, class_id), _answered(ctx, class_id)]
    if (more := len(class_ids) - MOST_SHOWN) > 0:
        lines.append(_n("… and {count} more.", "… and {count} more.", more))
    buttons = [
        (Button(_("Report on {code}", code=catalogue.card(ctx, one).code), f"rep:{one}"),)
        for one in class_ids[:MOST_SHOWN]
    ]
    title = _n(
        "{count} questionnaire has closed", "{count} questionnaires have closed", len(class_ids)
    )
    return Screen(title=title, body=tuple(lines), rows=tuple(buttons))


def _name(ctx: Ctx, class_id: int) -> Words:
    held = catalogue.card(ctx, class_id)
    return _("{course}, class {code}", course=held.title, code=held.code)


def _answered(ctx: Ctx, class_id: int) -> Words:
    rate = class_results.rate(ctx, class_id)
    return _(
        "Answered: {answered} of {asked} ({share}).",
        answered=rate.answered,
        asked=rate.asked,
        share=Percent(rate.share),
    )
