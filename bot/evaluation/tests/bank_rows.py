"""A row of a table of questions, checked and turned into what the bank keeps: pure."""

from __future__ import annotations

import hashlib
import json
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.forms import scoring
from bot.forms.definition import Question
from bot.i18n import Text, _

TYPES: Mapping[str, str] = {
    "choice": "select_one",
    "choices": "select_multiple",
    "text": "text",
    "number": "decimal",
}
REFERENCE = "${"
MOST_ANSWERS = 20
LONGEST_QUESTION, LONGEST_ANSWER = 1_500, 300


class BadRow(Exception):
    """A question that cannot be taken: the column to mend, a code, and a sentence."""

    def __init__(self, column: str, code: str, sentence: Text) -> None:
        super().__init__(code)
        self.column, self.code, self.sentence = column, code, sentence


@dataclass(frozen=True, slots=True)
class Given:
    """One row as it was read; words by language, "" where none is named."""

    topic: str
    name: str
    type: str
    questions: Mapping[str, str]
    answers: Mapping[str, Sequence[str]]
    right: str
    points: str = ""
    feedback: Mapping[str, str] = field(default_factory=dict)
    answer_feedback: Sequence[str] = ()


def digest_of(given: Given) -> str:
    """What tells a question from all others: topic, kind, words and what is right."""
    said = (given.topic, given.type, given.questions.get("", ""), given.right)
    words = json.dumps([*said, list(given.answers.get("", ()))], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def stored(given: Given) -> dict[str, Any]:
    """The columns of `BankQuestion`; raises BadRow."""
    _require_words(given)
    has_choices = given.type in ("choice", "choices")
    if has_choices:
        _require_answers(given)
    correct = _right_codes(given) if has_choices else _right_cell(given)
    return {
        "topic": given.topic,
        "name": given.name,
        "type": TYPES[given.type],
        "labels": {language: words for language, words in given.questions.items() if words},
        "choices": _choices(given) if has_choices else [],
        "correct": correct,
        "points": _points(given),
        "feedback": {language: words for language, words in given.feedback.items() if words},
        "digest": digest_of(given),
    }


def code_of(place: int) -> str:
    """The code of the answer at a place, counted from 0."""
    return string.ascii_lowercase[place]


def _require_words(given: Given) -> None:
    for words in given.questions.values():
        if len(words) > LONGEST_QUESTION:
            raise BadRow("question", "too-long", _too_long(LONGEST_QUESTION))
    everything = (*given.questions.values(), *(w for said in given.answers.values() for w in said))
    if any(REFERENCE in words for words in everything):
        sentence = _("The signs {signs} have a meaning of their own here.", signs=REFERENCE)
        raise BadRow("question", "reference", sentence)


def _require_answers(given: Given) -> None:
    answers = given.answers.get("", ())
    if not 2 <= len(answers) <= MOST_ANSWERS:
        raise BadRow(
            "answers",
            "answers",
            _("Give 2 to {most} answers with | between them.", most=MOST_ANSWERS),
        )
    if not all(answers) or len(set(answers)) < len(answers):
        raise BadRow("answers", "doubled", _("Two answers are the same, or one is empty."))
    for language, words in given.answers.items():
        if words and len(words) != len(answers):
            sentence = _("In every language there must be as many answers.")
            raise BadRow(f"answers::{language}", "answers", sentence)
        if any(len(one) > LONGEST_ANSWER for one in words):
            raise BadRow("answers", "too-long", _too_long(LONGEST_ANSWER))


def _too_long(most: int) -> Text:
    return _("This is too long to be asked: at most {most} letters.", most=most)


def _right_codes(given: Given) -> str:
    """The numbers of the right answers as codes."""
    numbers = given.right.replace(",", " ").replace(";", " ").split()
    count = len(given.answers.get("", ()))
    if not numbers or not all(one.isdecimal() and 1 <= int(one) <= count for one in numbers):
        raise BadRow(
            "right",
            "right",
            _("Give the number of the right answer, from 1 to {count}; several with spaces.",
              count=count),
        )  # fmt: skip
    return " ".join(code_of(place) for place in sorted({int(one) - 1 for one in numbers}))


def _right_cell(given: Given) -> str:
    """A number with what it may be off by, or wordings with semicolons between them."""
    if given.type == "number":
        if scoring.right_number(given.right) is None:
            raise BadRow("right", "right", _("Give a number such as 12, or 12.5 ± 0.5."))
        return given.right
    question = Question("q", "text", correct=given.right)
    if not list(scoring.right_wordings(question)):
        raise BadRow("right", "right", _("Give the right wording; several with ; between them."))
    return given.right


def _points(given: Given) -> str:
    if given.points and scoring.points_in(given.points) is None:
        raise BadRow("points", "points", _("Give the points as a number above 0."))
    return given.points


def _choices(given: Given) -> list[list[Any]]:
    """[code, words by language, what is said about it] of each answer."""
    about = (*given.answer_feedback, *("" for _one in given.answers[""]))
    return [
        [
            code_of(place),
            {language: words[place] for language, words in given.answers.items() if words},
            about[place],
        ]
        for place in range(len(given.answers[""]))
    ]
