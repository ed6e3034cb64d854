"""An anonymous form holds nothing that tells who answered, or when."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at
from bot.forms.draft import Draft
from bot.forms.question_types.unasked import IDENTIFYING
from bot.i18n import _


def check(draft: Draft) -> Iterator[Fault]:
    if not draft.is_anonymous():
        return
    for item in draft.questions():
        if item.type.name in IDENTIFYING:
            yield at(
                draft.survey,
                item.row,
                "type",
                "identifying_type",
                _(
                    "An anonymous form cannot hold {type}: it would tell who answered. Remove "
                    "the row.",
                    type=item.type.written,
                ),
            )
