"""Any number of choices out of a list; stored as codes in the order of the list."""

from __future__ import annotations

import re

from bot.forms.definition import Choice, Question
from bot.forms.expressions import Value
from bot.forms.question_types.choosing import find, label_of, options
from bot.forms.question_types.contract import Example, Offer, OfferKind, QuestionType, register
from bot.i18n import Joined, Text, render

_BETWEEN = re.compile(r"[,;\n،؛、]+")
_PLACES = re.compile(r"\d+(\s+\d+)+")


class SelectMultipleQuestion(QuestionType):
    name = "select_multiple"
    example = Example(
        row={"type": "select_multiple topics", "name": "needs", "label": "What do you need?"},
        choices=("hs", "origin", "value"),
        accepted=(
            ("hs", ["hs"]),
            ("3, 1", ["hs", "value"]),
            ("1 2", ["hs", "origin"]),
            ("origin; value", ["origin", "value"]),
        ),
        refused=("law", "1, 9", "", "0"),
    )

    def offer(self, question: Question) -> Offer:
        return Offer(OfferKind.MULTI, options(question))

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        whole = find(text, question, language)
        if isinstance(whole, Choice):
            return [whole.code]
        between = r"\s+" if _PLACES.fullmatch(text.strip()) else _BETWEEN
        found = [
            find(part, question, language) for part in re.split(between, text) if part.strip()
        ]
        problem = next((part for part in found if isinstance(part, Text)), None)
        if problem is not None or not found:
            return problem or whole
        return in_order({part.code for part in found if isinstance(part, Choice)}, question)

    def take(self, value: Value, question: Question) -> Value | None:
        codes = value.split() if isinstance(value, str) else value
        if not isinstance(codes, (list, tuple)):
            return None
        known = {choice.code for choice in question.choices}
        return in_order(set(codes), question) if codes and set(codes) <= known else None

    def format(self, value: Value, question: Question, language: str) -> str:
        codes = value if isinstance(value, (list, tuple)) else [str(value)]
        chosen = (question.choice(code) for code in codes)
        return render(Joined(tuple(label_of(choice) for choice in chosen if choice)), language)


def in_order(codes: set[str], question: Question) -> list[str]:
    """The codes in the order in which the form lists them."""
    return [choice.code for choice in question.choices if choice.code in codes]


register(SelectMultipleQuestion())
