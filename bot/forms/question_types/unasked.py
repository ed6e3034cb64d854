"""Rows nobody is asked: calculations, hidden values, and what the server knows itself."""

from __future__ import annotations

import datetime as dt

from bot.forms.definition import Question
from bot.forms.expression_kinds import Kind
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, QuestionType, register
from bot.i18n import Text, _, render

IDENTIFYING = frozenset({"start", "end", "today", "username", "deviceid"})
"""What tells who answered, or when; an anonymous form may not hold it."""


class UnaskedQuestion(QuestionType):
    asked = False
    takes_answer = False

    def __init__(self, name: str, kind: Kind, row: dict[str, str]) -> None:
        self.name, self.kind = name, kind
        self.example = Example(row={"type": name, "name": f"the_{name}", **row}, refused=("1",))

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        return _("This is filled in by itself.")

    def take(self, value: Value, question: Question) -> Value | None:
        return value

    def format(self, value: Value, question: Question, language: str) -> str:
        if isinstance(value, str) and self.kind is Kind.DATE and value:
            return render(dt.date.fromisoformat(value), language)
        return render(value, language) if isinstance(value, (int, float)) else str(value)


register(UnaskedQuestion("calculate", Kind.TEXT, {"calculation": "1 + 1"}))
register(UnaskedQuestion("hidden", Kind.TEXT, {"default": "a"}))
for _name in ("start", "end", "username", "deviceid"):
    register(UnaskedQuestion(_name, Kind.TEXT, {}))
register(UnaskedQuestion("today", Kind.DATE, {}))
