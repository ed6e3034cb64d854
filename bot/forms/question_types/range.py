"""A number on a scale: from `start` to `end` by `step`; the number typed is the value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from bot.forms.definition import Question
from bot.forms.expression_kinds import Kind
from bot.forms.expressions import Value
from bot.forms.question_types.contract import (
    Example,
    Offer,
    OfferKind,
    Option,
    QuestionType,
    register,
)
from bot.forms.question_types.reading import number
from bot.i18n import Text, _, render

MOST_STEPS = 11
"""A scale with more values than this is typed."""

DEFAULTS = {"start": "1", "end": "10", "step": "1"}


class RangeQuestion(QuestionType):
    name = "range"
    kind = Kind.NUMBER
    example = Example(
        row={
            "type": "range",
            "name": "rating",
            "label": "How useful was it?",
            "parameters": "start=1 end=5 step=1",
        },
        accepted=(("4", 4), ("៤", 4), ("4.0", 4), (" 5 ", 5)),
        refused=("6", "0", "4.5", "good", ""),
    )

    def offer(self, question: Question) -> Offer:
        values = values_of(question.parameters)
        if len(values) > MOST_STEPS:
            return Offer(OfferKind.TYPED)
        return Offer(OfferKind.SCALE, tuple(Option(str(value), str(value)) for value in values))

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        found = number(text, language)
        taken = None if found is None else on_scale(found, question.parameters)
        if taken is not None:
            return taken
        start, end, _step = limits(question.parameters)
        return _(
            "Please type a number from {low} to {high}.",
            low=plain(min(start, end)),
            high=plain(max(start, end)),
        )

    def take(self, value: Value, question: Question) -> Value | None:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            return None
        found = number(str(value), "en")
        return None if found is None else on_scale(found, question.parameters)

    def format(self, value: Value, question: Question, language: str) -> str:
        return render(value, language)


def limits(parameters: Mapping[str, str]) -> tuple[Decimal, Decimal, Decimal]:
    """Start, end and step of a scale; raises ValueError where they are no numbers or no scale."""
    try:
        start, end, step = (Decimal(parameters.get(key, DEFAULTS[key])) for key in DEFAULTS)
    except InvalidOperation:
        raise ValueError("start, end and step are numbers") from None
    if not (start.is_finite() and end.is_finite() and step.is_finite()) or step == 0:
        raise ValueError("start, end and step are numbers, and step is not 0")
    if start == end or abs(step) > abs(end - start):
        raise ValueError("the step fits between start and end")
    return start, end, abs(step)


def values_of(parameters: Mapping[str, str], most: int = 1000) -> list[int | float]:
    """The values of a scale in their order, at most `most` of them."""
    start, end, step = limits(parameters)
    count = min(int(abs(end - start) / step) + 1, most)
    direction = 1 if end > start else -1
    return [plain(start + direction * step * place) for place in range(count)]


def on_scale(value: Decimal, parameters: Mapping[str, str]) -> int | float | None:
    """The value if the scale has it."""
    start, end, step = limits(parameters)
    inside = min(start, end) <= value <= max(start, end)
    return plain(value) if inside and (value - start) % step == 0 else None


def plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


register(RangeQuestion())
