"""The time for a form was up, and its answers were handed in as they stood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.evaluation.tests import attempts, points
from bot.forms import versions
from bot.i18n import Words, _
from bot.screens import Button, Screen


@notice("time_up")
def time_up(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Say so to who was answering and did not come back, with the result of a test."""
    params = items[0].params
    form = versions.definition(ctx, params["version"])
    return Screen(
        title=_("The time is up"),
        body=(
            _("Your answers to “{form}” were handed in as they stood.", form=form.title),
            *_result(ctx, params),
        ),
        rows=((Button(_("Menu"), "menu"),),),
    )


def _result(ctx: Ctx, params: dict[str, Any]) -> tuple[Words, ...]:
    number = params.get("assignment")
    attempt = attempts.newest(ctx, number) if number is not None else None
    if attempt is None:
        return ()
    return (points.points_words(attempts.result_of(attempt)),)
