"""One choice out of a list, of a scale, or of live data that is searched."""

from __future__ import annotations

from bot.forms.definition import Choice, Question
from bot.forms.expressions import Value
from bot.forms.question_types.choosing import (
    find,
    is_searched,
    label_of,
    not_found,
    options,
    search_offer,
)
from bot.forms.question_types.contract import Example, Offer, OfferKind, QuestionType, register
from bot.i18n import Text, render

MAX_CODE = 64


class SelectOneQuestion(QuestionType):
    name = "select_one"
    example = Example(
        row={"type": "select_one answers", "name": "attended", "label": "Did you attend?"},
        choices=("yes", "no"),
        accepted=(("yes", "yes"), ("YES ", "yes"), ("2", "no"), ("២", "no"), ("n", "no")),
        refused=("maybe", "3", "0", ""),
    )

    def offer(self, question: Question) -> Offer:
        if is_searched(question):
            return search_offer(question)
        scale = "likert" in question.appearance
        return Offer(OfferKind.SCALE if scale else OfferKind.BUTTONS, options(question))

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        if question.source:
            return not_found(question)
        found = find(text, question, language)
        return found.code if isinstance(found, Choice) else found

    def take(self, value: Value, question: Question) -> Value | None:
        if not isinstance(value, str):
            return None
        if question.source:
            return value if 0 < len(value) <= MAX_CODE else None
        return value if question.choice(value) else None

    def format(self, value: Value, question: Question, language: str) -> str:
        choice = question.choice(str(value))
        return render(label_of(choice), language) if choice else str(value)


register(SelectOneQuestion())
