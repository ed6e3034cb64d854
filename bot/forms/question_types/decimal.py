"""A number with or without a fraction, typed with a comma or a point."""

from __future__ import annotations

from bot.forms.definition import Question
from bot.forms.expression_kinds import Kind
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, QuestionType, register
from bot.forms.question_types.reading import is_finite, number
from bot.i18n import Text, _, render


class DecimalQuestion(QuestionType):
    name = "decimal"
    kind = Kind.NUMBER
    example = Example(
        row={"type": "decimal", "name": "hours", "label": "How many hours?"},
        accepted=(("1.5", 1.5), ("1,5", 1.5), ("១,៥", 1.5), ("۱٫۵", 1.5), ("2", 2)),
        refused=("half", "1.5.5", "", "1,5,5"),
    )

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        found = number(text, language)
        if found is None:
            return _("Please type a number, for example 1.5.")
        return int(found) if found == int(found) else float(found)

    def take(self, value: Value, question: Question) -> Value | None:
        if isinstance(value, str):
            parsed = self.parse(value, question, "en")
            return None if isinstance(parsed, Text) else parsed
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return value if is_finite(value) else None

    def format(self, value: Value, question: Question, language: str) -> str:
        return render(value, language)


register(DecimalQuestion())
