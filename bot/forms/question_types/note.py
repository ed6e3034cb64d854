"""Words that are shown and call for no answer."""

from __future__ import annotations

from bot.forms.definition import Question
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, Offer, OfferKind, QuestionType, register
from bot.i18n import Text, _


class NoteQuestion(QuestionType):
    name = "note"
    takes_answer = False
    example = Example(
        row={"type": "note", "name": "intro", "label": "This takes two minutes."},
        refused=("hello",),
    )

    def offer(self, question: Question) -> Offer:
        return Offer(OfferKind.NOTE)

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        return _("There is nothing to answer here. Please go on with the button.")

    def take(self, value: Value, question: Question) -> Value | None:
        return None


register(NoteQuestion())
