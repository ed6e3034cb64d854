"""What every type of question declares, and the registry of types, which refuses doubles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.events import SentFile
from bot.forms.definition import Question
from bot.forms.expression_kinds import Kind
from bot.forms.expressions import Value
from bot.i18n import Text, Words


class OfferKind(StrEnum):
    """How a question is put to a person in a chat."""

    BUTTONS = "buttons"
    SCALE = "scale"
    MULTI = "multi"
    TYPED = "typed"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    SEARCH = "search"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to press: `code` is what the press states, `label` what it says.

    `number` is what may be typed instead: the place in the list, or the code itself where
    the codes are numbers, "" where a number would mean another one. A screen that numbers
    its options must show this number.
    """

    code: str
    label: Words
    number: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """How a question is offered; `source` names live data to search, if it is not the options."""

    kind: OfferKind
    options: tuple[Option, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A row of a workbook, what may be typed for it and becomes which value, what may not.

    `files` are what may be sent and becomes which value, for the types that take files.
    """

    row: Mapping[str, str]
    accepted: tuple[tuple[str, Value], ...] = ()
    refused: tuple[str, ...] = ()
    choices: tuple[str, ...] = field(default=())
    files: tuple[tuple[SentFile, Value], ...] = ()
    refused_files: tuple[SentFile, ...] = ()


class QuestionType:
    """One type of question. `asked` types wait for a person, the others fill themselves."""

    name: str
    kind: Kind = Kind.TEXT
    asked: bool = True
    takes_answer: bool = True
    takes_file: bool = False
    example: Example

    def offer(self, question: Question) -> Offer:
        """How the question is put; its choices are those that are open now."""
        return Offer(OfferKind.TYPED)

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        """The answer that typed words mean, or a sentence saying what to type instead."""
        raise NotImplementedError

    def take(self, value: Value, question: Question) -> Value | None:
        """The answer to store for a pressed or prefilled value, None if it is none."""
        raise NotImplementedError

    def receive(self, sent: SentFile, question: Question) -> Value | Text:
        """The answer that a file is, or a sentence saying what to do instead."""
        raise NotImplementedError

    def accepts(self, value: Value, question: Question) -> bool:
        """Whether a pressed or prefilled value is an answer to this question."""
        return self.take(value, question) is not None

    def format(self, value: Value, question: Question, language: str) -> str:
        """The answer as the reader of a summary expects it."""
        return str(value)


_TYPES: dict[str, QuestionType] = {}


def register(question_type: QuestionType) -> QuestionType:
    """Make a type known under its name; raises ValueError if the name is taken."""
    if question_type.name in _TYPES:
        raise ValueError(f"question type {question_type.name} is declared twice")
    _TYPES[question_type.name] = question_type
    return question_type


def type_of(question: Question) -> QuestionType:
    """The type of a question; raises KeyError for one nobody has declared."""
    return _TYPES[question.type]


def find_type(name: str) -> QuestionType | None:
    """The type of this name, or None."""
    return _TYPES.get(name)


def all_types() -> Iterator[QuestionType]:
    """Every type, in the order in which they were declared."""
    yield from _TYPES.values()
