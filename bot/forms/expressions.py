"""Expressions of a form, compiled once and evaluated by lxml as XPath 1.0.

Compiling refuses everything that is not on the list of functions; evaluating touches no
file, no network and no clock but the moment it is given.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast
from zoneinfo import ZoneInfo

from lxml import etree

from bot.calendar import local_date
from bot.forms.expression_kinds import Kind, Kinds
from bot.forms.expression_problems import problems_of
from bot.forms.expression_syntax import (
    Call,
    Chain,
    ExpressionProblem,
    Itself,
    Literal,
    Node,
    Reference,
    normalise,
    parse,
    walk,
)
from bot.forms.expression_tokens import UNPRINTABLE
from bot.forms.expression_writer import NOW, SELF, TODAY, Writer
from bot.forms.functions import (
    EPOCH,
    EXTENSIONS,
    MAX_VALUE,
    Atom,
    as_number,
    as_text,
    canonical,
    day_number,
    day_of,
)
from bot.i18n import Moment

Value: TypeAlias = str | int | float | bool | Sequence[str]
"""An answer as it is stored: text, a number, an ISO date, a code, or a list of codes."""

BLANK = ""
_ROOT = etree.Element("form")


class ExpressionRefused(Exception):
    """An expression with one or more problems, all found at once."""

    def __init__(self, problems: tuple[ExpressionProblem, ...]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


@dataclass(frozen=True, eq=False)
class Expression:
    """A checked expression. `names` are the questions it reads, `columns` the choice columns."""

    text: str
    node: Node
    kind: Kind
    names: frozenset[str]
    columns: frozenset[str]
    uses_itself: bool
    uses_clock: bool
    _kinds: Kinds
    _written: Writer
    _xpath: etree.XPath

    def evaluate(
        self,
        values: Mapping[str, Value],
        itself: Value,
        moment: Moment,
        row: Mapping[str, str] | None = None,
    ) -> bool | str | float:
        """The bare XPath result; a missing name is blank, dates are day numbers."""
        written, kinds = self._written, self._kinds
        given: dict[str, Atom] = {
            variable: _atom(values.get(name, BLANK), kinds.of_question(name))
            for name, variable in written.questions.items()
        }
        if self.uses_itself:
            given[SELF] = _atom(itself, kinds.itself)
        for name, variable in written.columns.items():
            given[variable] = _plain((row or {}).get(name, BLANK))
        if self.uses_clock:
            given |= _clock(moment)
        return cast("bool | str | float", self._xpath(_ROOT, **given))

    def holds(
        self,
        values: Mapping[str, Value],
        itself: Value,
        moment: Moment,
        row: Mapping[str, str] | None = None,
    ) -> bool:
        """The result as a condition: "" and not-a-number are false."""
        result = self.evaluate(values, itself, moment, row)
        if isinstance(result, float):
            return bool(result) and not math.isnan(result)
        return bool(result)

    def value(self, values: Mapping[str, Value], itself: Value, moment: Moment) -> Value:
        """The result as an answer to store: ISO date, number, "true"/"false" or bounded text."""
        result = self.evaluate(values, itself, moment)
        if self.kind is Kind.DATE:
            day = day_of(result) if isinstance(result, float) else None
            return day.isoformat() if day else BLANK
        if self.kind is Kind.NUMBER:
            return _number(as_number(result))
        return as_text(result)[:MAX_VALUE]

    @cached_property
    def comparisons(self) -> tuple[tuple[Node, str], ...]:
        """Every literal that is compared with something: (what, literal), for checking codes."""
        return tuple(_comparisons(self.node))


def compile_expression(
    text: str, kinds: Kinds, *, columns: frozenset[str] | None = None
) -> Expression:
    """The checked form of `text`; `columns` are the bare words a choice filter may use.

    Raises ExpressionRefused with every problem found.
    """
    try:
        node = parse(text)
    except ExpressionProblem as problem:
        raise ExpressionRefused((problem,)) from None
    problems = tuple(problems_of(node, kinds, columns))
    if problems:
        raise ExpressionRefused(problems)
    writer = Writer(kinds)
    written = writer.write(node)
    return Expression(
        text=normalise(text),
        node=node,
        kind=kinds.of(node),
        names=frozenset(writer.questions),
        columns=frozenset(writer.columns),
        uses_itself=writer.uses_itself,
        uses_clock=bool(writer.clock),
        _kinds=kinds,
        _written=writer,
        _xpath=etree.XPath(written, extensions=EXTENSIONS, regexp=False, smart_strings=False),
    )


def is_blank(value: Value) -> bool:
    """Whether an answer is no answer: empty text or nothing chosen."""
    return value == BLANK or (isinstance(value, (list, tuple)) and not value)


def _atom(value: Value, kind: Kind) -> Atom:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return _float(value)
    if not isinstance(value, str):
        return _plain(" ".join(value))
    if kind is Kind.DATE:
        return day_number(value)
    if kind is Kind.NUMBER and value:
        number = as_number(value)
        return number if math.isfinite(number) else _plain(value)
    if kind is Kind.TRUTH and value:
        return value == "true"
    return _plain(value)


def _plain(text: str) -> str:
    return UNPRINTABLE.sub("", text[:MAX_VALUE])


def _float(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _number(number: float) -> Value:
    if not math.isfinite(number):
        return BLANK
    return int(number) if number == int(number) else number


def _clock(moment: Moment) -> dict[str, Atom]:
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    today = float(local_date(moment.at, moment.zone).toordinal() - EPOCH)
    passed = dt.timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    return {TODAY: today, NOW: today + passed / dt.timedelta(days=1)}


def _comparisons(node: Node) -> Iterator[tuple[Node, str]]:
    for part in walk(node):
        if isinstance(part, Chain) and part.operators[0] in ("=", "!="):
            left, right = part.operands[:2]
            for one, other in ((left, right), (right, left)):
                if isinstance(other, Literal) and isinstance(one, (Reference, Itself)):
                    yield one, other.text
        elif isinstance(part, Call) and part.function == "selected":
            chosen, code = part.arguments
            if isinstance(code, Literal) and isinstance(chosen, (Reference, Itself)):
                yield chosen, code.text


__all__ = [
    "BLANK", "Expression", "ExpressionRefused", "Kind", "Kinds", "Value", "canonical",
    "compile_expression", "is_blank", "walk",
]  # fmt: skip
