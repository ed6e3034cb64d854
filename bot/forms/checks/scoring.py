"""The columns `correct` and `score`: codes that no choice has, points for what has no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.errors import Fault
from bot.forms.assembly import choices_of
from bot.forms.checks.finding import at
from bot.forms.draft import Draft, Item, is_yes, probe
from bot.forms.nearest import nearest
from bot.forms.question_types.reading import date
from bot.forms.scoring import MARKABLE, NUMBERS, points_in, right_codes, right_number
from bot.i18n import Text, _


def check(draft: Draft) -> Iterator[Fault]:
    for item in draft.items:
        if item.row.cell("score"):
            yield from _score(draft, item)
        if item.row.cell("correct"):
            yield from _correct(draft, item)


def _at(draft: Draft, item: Item, field: str, code: str, sentence: Text) -> Fault:
    return at(draft.survey, item.row, field, code, sentence)


def _score(draft: Draft, item: Item) -> Iterator[Fault]:
    said = item.row.cell("score")
    if not item.row.cell("correct"):
        sentence = _("There are points, but the column correct does not say for which answer.")
        yield _at(draft, item, "score", "score_without_correct", sentence)
    elif points_in(said) is None:
        sentence = _("{value} is no number of points. Write one above 0.", value=said)
        yield _at(draft, item, "score", "bad_score", sentence)


def _correct(draft: Draft, item: Item) -> Iterator[Fault]:
    if item.type.name == "calculate" or is_yes(item.row.cell("read_only")):
        sentence = _("What is calculated or only shown cannot be answered correctly. Clear it.")
        yield _at(draft, item, "correct", "correct_of_calculated", sentence)
    elif item.type.name not in MARKABLE:
        sentence = _(
            "A row of type {type} has no correct answer. Clear the cell.", type=item.type.written
        )
        yield _at(draft, item, "correct", "correct_of_this_type", sentence)
    else:
        yield from _value(draft, item)


def _value(draft: Draft, item: Item) -> Iterator[Fault]:
    said = item.row.cell("correct")
    if item.type.name in NUMBERS and right_number(said) is None:
        sentence = _(
            "{value} is no number. Write one, as in {example}.", value=said, example="12.5 ± 0.5"
        )
        yield _at(draft, item, "correct", "bad_correct_number", sentence)
    if item.type.name == "date" and date(said) is None:
        sentence = _("{value} is no date. Write one as in {example}.", value=said,
                     example="2026-11-22")  # fmt: skip
        yield _at(draft, item, "correct", "bad_correct_date", sentence)
    if item.has_choices and item.type.list_name in draft.lists:
        yield from _codes(draft, item)


def _codes(draft: Draft, item: Item) -> Iterator[Fault]:
    question = replace(
        probe(item), choices=choices_of(draft, item), correct=item.row.cell("correct")
    )
    codes = [choice.code for choice in question.choices]
    for code in right_codes(question):
        if code not in codes:
            near = nearest(code, codes, 0.6)
            sentence = (
                _("{code} is the code of no choice. Did you mean {near}?", code=code, near=near)
                if near
                else _(
                    "{code} is the code of no choice. Use a code of the list {list}.",
                    code=code,
                    list=item.type.list_name,
                )
            )
            yield _at(draft, item, "correct", "unknown_correct_code", sentence)
