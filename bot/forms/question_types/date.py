"""A day, stored as YYYY-MM-DD."""

from __future__ import annotations

import datetime as dt

from bot.forms.definition import Question
from bot.forms.expression_kinds import Kind
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, QuestionType, register
from bot.forms.question_types.reading import date
from bot.i18n import Text, _, render


class DateQuestion(QuestionType):
    name = "date"
    kind = Kind.DATE
    example = Example(
        row={"type": "date", "name": "held_on", "label": "When was it held?"},
        accepted=(
            ("2026-05-31", "2026-05-31"),
            ("31.05.2026", "2026-05-31"),
            ("31/5/2026", "2026-05-31"),
            ("៣១/០៥/២០២៦", "2026-05-31"),
        ),
        refused=("yesterday", "31.02.2026", "05/31/2026", "31.05.26", ""),
    )

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        day = date(text)
        if day is None:
            return _("This is not a date. Please type one such as 2026-11-22.")
        return day.isoformat()

    def take(self, value: Value, question: Question) -> Value | None:
        day = date(value) if isinstance(value, str) else None
        return day.isoformat() if day else None

    def format(self, value: Value, question: Question, language: str) -> str:
        return render(dt.date.fromisoformat(str(value)), language)


register(DateQuestion())
