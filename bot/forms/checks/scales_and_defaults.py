"""Scales: start, end and step that make none; more steps than buttons; defaults off the scale.

Also how large a picture may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.errors import Fault
from bot.forms.assembly import choices_of, parameters_of
from bot.forms.checks.finding import at, warning
from bot.forms.compiled import is_dynamic
from bot.forms.definition import Question
from bot.forms.draft import Draft, Item, probe
from bot.forms.question_types.contract import find_type
from bot.forms.question_types.range import MOST_STEPS, limits
from bot.forms.question_types.sent import MAX_PIXELS, pixels_allowed
from bot.i18n import _


def check(draft: Draft) -> Iterator[Fault]:
    for item in draft.questions():
        if item.type.name == "range":
            yield from _scale(draft, item)
        if item.type.name == "image":
            yield from _pixels(draft, item)
        yield from _default(draft, item)


def _scale(draft: Draft, item: Item) -> Iterator[Fault]:
    try:
        start, end, step = limits(parameters_of(item.row))
    except ValueError:
        yield at(
            draft.survey,
            item.row,
            "parameters",
            "bad_scale",
            _(
                "These parameters make no scale. Write numbers as in {example}, where the step "
                "fits between start and end.",
                example="start=1 end=5 step=1",
            ),
        )
        return
    if (end - start) % step != 0:
        yield warning(
            draft.survey,
            item.row,
            "parameters",
            "end_off_scale",
            _("The steps do not reach the end {end}, which cannot be chosen.", end=end),
        )
    if abs(end - start) / step + 1 > Decimal(MOST_STEPS):
        yield warning(
            draft.survey,
            item.row,
            "parameters",
            "many_steps",
            _(
                "The scale has more than {limit} steps: it is typed as a number, without buttons.",
                limit=MOST_STEPS,
            ),
        )


def _pixels(draft: Draft, item: Item) -> Iterator[Fault]:
    said = parameters_of(item.row).get(MAX_PIXELS)
    if said is not None and not pixels_allowed(_ready(draft, item)):
        yield at(
            draft.survey,
            item.row,
            "parameters",
            "bad_max_pixels",
            _(
                "{value} is no number of pixels. Write it as in {example}.",
                value=said,
                example="max-pixels=1024",
            ),
        )


def _default(draft: Draft, item: Item) -> Iterator[Fault]:
    default = item.row.cell("default")
    found = find_type(item.type.name)
    if not default or is_dynamic(default) or found is None or not found.takes_answer:
        return
    if not found.accepts(default, _ready(draft, item)):
        yield at(
            draft.survey,
            item.row,
            "default",
            "bad_default",
            _("The default {value} is no answer to this question. Correct it.", value=default),
        )


def _ready(draft: Draft, item: Item) -> Question:
    parameters = parameters_of(item.row)
    return replace(probe(item), parameters=parameters, choices=choices_of(draft, item))
