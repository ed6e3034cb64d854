"""An anonymous form holds nothing that tells who answered, or when: no files either."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at
from bot.forms.draft import Draft, Item
from bot.forms.question_types.contract import find_type
from bot.forms.question_types.unasked import IDENTIFYING
from bot.i18n import _

BY_THE_CLOCK = ("time_limit", "closes")


def check(draft: Draft) -> Iterator[Fault]:
    if draft.is_anonymous():
        yield from _clock(draft)
        for item in draft.questions():
            yield from _type(draft, item)


def _clock(draft: Draft) -> Iterator[Fault]:
    for name in BY_THE_CLOCK:
        if draft.setting.cell(name):
            yield at(
                draft.settings,
                draft.setting,
                name,
                "clock_in_anonymous_form",
                _(
                    "An anonymous form cannot have {setting}: when it is handed in would tell "
                    "who answered. Remove it.",
                    setting=name,
                ),
            )


def _type(draft: Draft, item: Item) -> Iterator[Fault]:
    found = find_type(item.type.name)
    if found is not None and found.takes_file:
        sentence = _(
            "An anonymous form cannot take {type}: what is sent shows who sent it. Remove the "
            "row, or ask in words.",
            type=item.type.written,
        )
        yield at(draft.survey, item.row, "type", "file_in_anonymous_form", sentence)
    if item.type.name in IDENTIFYING:
        sentence = _(
            "An anonymous form cannot hold {type}: it would tell who answered. Remove the row.",
            type=item.type.written,
        )
        yield at(draft.survey, item.row, "type", "identifying_type", sentence)
