"""Words of the person's own, on one or more lines."""

from __future__ import annotations

from bot.forms.definition import Question
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, QuestionType, register
from bot.forms.question_types.reading import clean
from bot.i18n import Text, _

MAX_TEXT = 4000


class TextQuestion(QuestionType):
    name = "text"
    example = Example(
        row={"type": "text", "name": "comment", "label": "What should change?"},
        accepted=(("More cases", "More cases"), ("  ពាក្យ  ", "ពាក្យ")),
        refused=("   ", "x" * (MAX_TEXT + 1)),
    )

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        words = clean(text)
        if not words:
            return _("Please write a few words.")
        if len(words) > MAX_TEXT:
            return _(
                "This is too long: {length} characters. At most {limit} can be kept.",
                length=len(words),
                limit=MAX_TEXT,
            )
        return words

    def take(self, value: Value, question: Question) -> Value | None:
        words = clean(value) if isinstance(value, str) else ""
        return words if 0 < len(words) <= MAX_TEXT else None


register(TextQuestion())
