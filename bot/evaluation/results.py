"""What the answers about a class say: pure, from a form's definition and its responses.

With a threshold above one nothing is said about fewer answers, and a question that is
withheld looks exactly like one that nobody answered.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.evaluation.suppression import groups_to_show
from bot.forms.definition import FormDefinition, Question
from bot.forms.question_types.contract import find_type
from bot.forms.question_types.sent import name_of
from bot.i18n import Texts

PRIVATE = "private"
"""The report tag of questions that no report shows."""


class Kind(StrEnum):
    """How a question's answers are summed up."""

    SCALE = "scale"
    CHOICE = "choice"
    MANY = "many"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Answered:
    """One submitted form; `key` is only used to put comments into an order of their own."""

    key: str
    gender: str
    answers: Mapping[str, Any]
    keyed_in: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many chose one code."""

    code: str
    label: Texts
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The distribution of some answers; `mean` is None where codes are no numbers."""

    n: int = 0
    counts: tuple[Count, ...] = ()
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: its figures, or withheld (`figures` empty), and by gender where safe."""

    name: str
    label: Texts
    kind: Kind
    figures: Figures
    by_gender: tuple[tuple[str, Figures], ...] = ()

    @property
    def suppressed(self) -> bool:
        return self.figures.n == 0


@dataclass(frozen=True, slots=True)
class Comments:
    """What was written to one question, or sent, in an order that means nothing; `keys` are those
    of the forms they stand in.
    """

    name: str
    label: Texts
    texts: tuple[str, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassResults:
    """All that may be known of one questionnaire about one class."""

    asked: int
    answered: int
    anonymous: bool
    shown: bool
    threshold: int
    questions: tuple[QuestionResult, ...] = ()
    comments: tuple[Comments, ...] = ()
    keyed_in: int = 0

    @property
    def rate(self) -> float:
        """The share of those asked who answered, 0 to 1."""
        return self.answered / self.asked if self.asked else 0.0


def of_class(
    form: FormDefinition,
    responses: Sequence[Answered],
    asked: int,
    threshold: int,
    *,
    anonymous: bool,
) -> ClassResults:
    """Sum up the answers; `threshold` rules an anonymous whole, and any split by gender."""
    least = threshold if anonymous else 1
    found = ClassResults(asked, len(responses), anonymous, len(responses) >= least, threshold)
    if not found.shown:
        return found
    kinds = [(question, kind_of(question)) for question in form.questions]
    return ClassResults(
        asked=asked,
        answered=len(responses),
        anonymous=anonymous,
        shown=True,
        threshold=threshold,
        questions=tuple(
            _question(question, kind, responses, least, threshold)
            for question, kind in kinds
            if kind is not None
        ),
        comments=tuple(
            comments
            for question in form.questions
            if _is_comment(question) and (comments := _comments(question, responses)).texts
        ),
        keyed_in=sum(one.keyed_in for one in responses),
    )


def kind_of(question: Question) -> Kind | None:
    """How a question is summed up; None for what is not a matter of counting."""
    if question.source:
        return None
    if question.type == "select_multiple":
        return Kind.MANY
    if question.type == "select_one":
        numeric = [choice for choice in question.choices if _number(choice.code) is not None]
        return Kind.SCALE if len(numeric) > 1 else Kind.CHOICE
    return Kind.NUMBER if question.type in ("integer", "decimal", "range") else None


def _question(
    question: Question,
    kind: Kind,
    responses: Sequence[Answered],
    least: int,
    threshold: int,
) -> QuestionResult:
    given = [one for one in responses if _codes(one.answers.get(question.name))]
    if len(given) < least:
        return QuestionResult(question.name, question.label, kind, Figures())
    return QuestionResult(
        question.name,
        question.label,
        kind,
        _figures(question, kind, given),
        _by_gender(question, kind, given, threshold),
    )


def _by_gender(
    question: Question, kind: Kind, given: Sequence[Answered], threshold: int
) -> tuple[tuple[str, Figures], ...]:
    sizes = Counter(folded(one.gender) for one in given)
    return tuple(
        (gender, _figures(question, kind, [one for one in given if folded(one.gender) == gender]))
        for gender in shown_genders(sizes, threshold)
    )


def shown_genders(sizes: Mapping[str, int], threshold: int) -> list[str]:
    """The genders whose figures may stand beside the whole, by how many of each answered."""
    return sorted(groups_to_show(sizes, threshold) - {""}) if len(sizes) > 1 else []


def folded(gender: str) -> str:
    """A gender as it is counted, however it was written."""
    return gender.strip().casefold()


def _figures(question: Question, kind: Kind, given: Sequence[Answered]) -> Figures:
    codes = Counter(code for one in given for code in _codes(one.answers[question.name]))
    known = [(choice.code, choice.label) for choice in question.choices]
    named = {code for code, _label in known}
    loose = sorted((code for code in codes if code not in named), key=_in_order)
    labels = [*known, *((code, Texts.of({"en": code})) for code in loose)]
    counts = tuple(Count(code, label, codes[code]) for code, label in labels)
    return Figures(len(given), counts, _mean(kind, codes))


def _mean(kind: Kind, codes: Counter[str]) -> float | None:
    if kind not in (Kind.SCALE, Kind.NUMBER):
        return None
    weighed = [
        (number, count) for code, count in codes.items() if (number := _number(code)) is not None
    ]
    total = sum(count for _number_, count in weighed)
    return sum(number * count for number, count in weighed) / total if total else None


def _is_comment(question: Question) -> bool:
    return (question.type == "text" or _is_sent(question)) and question.tag != PRIVATE


def _is_sent(question: Question) -> bool:
    found = find_type(question.type)
    return found is not None and found.takes_file


def _comments(question: Question, responses: Sequence[Answered]) -> Comments:
    def place(one: Answered) -> str:
        return hashlib.sha256(f"{one.key}:{question.name}".encode()).hexdigest()

    is_sent = _is_sent(question)
    said = [
        (name_of(words) if is_sent else words, one.key)
        for one in sorted(responses, key=place)
        if (words := str(one.answers.get(question.name) or "").strip())
    ]
    texts, keys = tuple(text for text, _key in said), tuple(key for _text, key in said)
    return Comments(question.name, question.label, texts, keys)


def _codes(value: Any) -> list[str]:
    """An answer as codes: several for a question that allows them, none where it is blank."""
    if value is None or value == "":
        return []
    if isinstance(value, (list, tuple)):
        return [str(code) for code in value]
    return [str(value)]


def _number(code: str) -> float | None:
    try:
        return float(code)
    except ValueError:
        return None


def _in_order(code: str) -> tuple[float, str]:
    number = _number(code)
    return (number if number is not None else float("inf"), code)
