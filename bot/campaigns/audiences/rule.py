"""The rule of an audience as a frozen tree, and how it is written down. Pure.

`unit "Poipet" and not (holds VAL or staff 1011, 1012)`; `grammar` reads it, `clauses` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.models.training import EnrolmentState
from bot.training.rule_reading import YEAR

SOON_DAYS = 90
"""What “expiring” means where no days are named."""
MARKS = '();,="'
PLAIN = re.compile(rf"[^\s{re.escape(MARKS)}]+")


class What(StrEnum):
    """What of a person is compared with a list of names."""

    UNIT = "unit"
    POSITION = "position"
    GRADE = "grade"
    GENDER = "gender"
    LANGUAGE = "language"
    STAFF = "staff"


class How(StrEnum):
    """How a person stands to a qualification."""

    HOLDS = "holds"
    LACKS = "lacks"
    EXPIRING = "expiring"


KEYWORDS = frozenset(
    {"and", "or", "not", "within", "in", "class", "everybody", "completed", "meets", "answered"}
    | {"audience", *What, *How}
)
PLAINLY = frozenset({What.LANGUAGE, What.STAFF})
"""Values that are single words stand without quotation marks."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """All officers."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these values; a unit stands for all that belongs to it."""

    what: What
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Qualified:
    """A qualification held, not held, or ending within so many `days` (EXPIRING only)."""

    how: How
    code: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Completed:
    """A course completed, `months` ago at most (0: ever)."""

    code: str
    months: int = 0


@dataclass(frozen=True, slots=True)
class Meets:
    """What the course of a class asks for is met on the day the class begins."""

    class_code: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A form was answered by name; with `question`, that question with this `code`."""

    form: str
    question: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class InClass:
    """On the list of a class in this state; None: in any by which a place is held."""

    class_code: str
    state: EnrolmentState | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Whom another audience means that was saved under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Rule


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part, two at least."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part at least, of two or more."""

    parts: tuple[Rule, ...]


Leaf: TypeAlias = Everybody | OneOf | Qualified | Completed | Meets | Answered | InClass | Saved
Rule: TypeAlias = Leaf | Not | AllOf | AnyOf


def joined(kind: type[AllOf] | type[AnyOf], parts: list[Rule]) -> Rule:
    """One rule of several; brackets around a rule of the same kind make no difference."""
    flat: list[Rule] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return kind(tuple(flat)) if len(flat) > 1 else flat[0]


def negated(rule: Rule) -> Rule:
    """Everybody else; what is said twice not is said."""
    return rule.part if isinstance(rule, Not) else Not(rule)


def leaves(rule: Rule) -> Iterator[Leaf]:
    """The conditions of a rule, from the left."""
    match rule:
        case Not(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for one in parts:
                yield from leaves(one)
        case _:
            yield rule


def replaced(rule: Rule, by: Callable[[Leaf], Rule]) -> Rule:
    """The rule with each of its conditions given anew."""
    match rule:
        case Not(part):
            return negated(replaced(part, by))
        case AllOf(parts):
            return joined(AllOf, [replaced(part, by) for part in parts])
        case AnyOf(parts):
            return joined(AnyOf, [replaced(part, by) for part in parts])
        case _:
            return by(rule)


def write(rule: Rule) -> str:
    """The rule as `grammar.parse` reads it."""
    return _written(rule, "")


def _written(rule: Rule, within: str) -> str:
    match rule:
        case Not(part):
            return f"not {_written(part, 'not')}"
        case AllOf(parts):
            said = " and ".join(_written(part, "and") for part in parts)
            return f"({said})" if within == "not" else said
        case AnyOf(parts):
            said = " or ".join(_written(part, "or") for part in parts)
            return f"({said})" if within in ("and", "not") else said
        case _:
            return _leaf(rule)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Everybody():
            return "everybody"
        case OneOf(what, values):
            word = _word if what in PLAINLY else quoted
            return f"{what} {', '.join(map(word, values))}"
        case Qualified(how, code, days):
            return f"{how} {_word(code)}" + (f" within {_counted(days, 'day')}" if days else "")
        case Completed(code, months):
            return f"completed {_word(code)}" + (f" within {_time(months)}" if months else "")
        case Saved(name):
            return f"audience {quoted(name)}"
        case _:
            return _of_class_or_form(leaf)


def _of_class_or_form(leaf: Meets | InClass | Answered) -> str:
    match leaf:
        case Meets(code):
            return f"meets {_word(code)}"
        case InClass(code, state):
            return f"in class {_word(code)}" + (f" {state}" if state else "")
        case Answered(form, question, code):
            asked = f" {_word(question)} = {_word(code)}" if question else ""
            return f"answered {_word(form)}{asked}"


def quoted(text: str) -> str:
    """Words between quotation marks; one within them is doubled."""
    return '"' + text.replace('"', '""') + '"'


def _word(text: str) -> str:
    is_plain = PLAIN.fullmatch(text) is not None and text.casefold() not in KEYWORDS
    return text if is_plain else quoted(text)


def _time(months: int) -> str:
    return _counted(months, "month") if months % YEAR else _counted(months // YEAR, "year")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
