"""A whole number."""

from __future__ import annotations

from bot.forms.definition import Question
from bot.forms.expression_kinds import Kind
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, QuestionType, register
from bot.forms.question_types.reading import is_finite, number
from bot.i18n import Text, _, render


class IntegerQuestion(QuestionType):
    name = "integer"
    kind = Kind.NUMBER
    example = Example(
        row={"type": "integer", "name": "cases", "label": "How many cases?"},
        accepted=(("12", 12), ("១២", 12), ("۱۲", 12), ("१२", 12), ("1,200", 1200), ("-3", -3)),
        refused=("twelve", "1.5", "", "1 or 2"),
    )

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        found = number(text, language)
        if found is None or found != int(found):
            return _("Please type a whole number, for example 12.")
        return int(found)

    def take(self, value: Value, question: Question) -> Value | None:
        if isinstance(value, str):
            parsed = self.parse(value, question, "en")
            return None if isinstance(parsed, Text) else parsed
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return int(value) if is_finite(value) and value == int(value) else None

    def format(self, value: Value, question: Question, language: str) -> str:
        return render(value, language)


register(IntegerQuestion())
