"""Expressions of a form, compiled once and evaluated by lxml as XPath 1.0.

Compiling refuses everything that is not on the list of functions; evaluating touches no
file, no network and no clock but the moment it is given.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TypeAlias, cast
from zoneinfo import ZoneInfo

import re2
from lxml import etree

from bot.calendar import local_date
from bot.forms.expression_kinds import Kind, Kinds
from bot.forms.expression_syntax import (
    Call,
    Chain,
    Column,
    ExpressionProblem,
    Itself,
    Literal,
    Negative,
    Node,
    Reference,
    normalise,
    parse,
)
from bot.forms.expression_writer import NOW, SELF, TODAY, Writer
from bot.forms.functions import (
    EPOCH,
    EXTENSIONS,
    MAX_PATTERN,
    MAX_VALUE,
    SIGNATURES,
    Atom,
    as_number,
    as_text,
    canonical,
    day_number,
    day_of,
    pattern,
    unknown_date_codes,
)
from bot.i18n import Moment, _, _n

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
            given[variable] = (row or {}).get(name, BLANK)
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
    problems = tuple(_problems(node, kinds, columns))
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


def walk(node: Node) -> Iterator[Node]:
    """`node` and every part of it."""
    yield node
    match node:
        case Negative():
            yield from walk(node.operand)
        case Chain():
            for operand in node.operands:
                yield from walk(operand)
        case Call():
            for argument in node.arguments:
                yield from walk(argument)


def is_blank(value: Value) -> bool:
    """Whether an answer is no answer: empty text or nothing chosen."""
    return value == BLANK or (isinstance(value, (list, tuple)) and not value)


def _atom(value: Value, kind: Kind) -> Atom:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if not isinstance(value, str):
        return " ".join(value)
    if kind is Kind.DATE:
        return day_number(value)
    if kind is Kind.NUMBER and value:
        number = as_number(value)
        return number if math.isfinite(number) else value
    if kind is Kind.TRUTH and value:
        return value == "true"
    return value[:MAX_VALUE]


def _number(number: float) -> Value:
    if not math.isfinite(number):
        return BLANK
    return int(number) if number == int(number) else number


def _clock(moment: Moment) -> dict[str, Atom]:
    local = moment.at.astimezone(ZoneInfo(moment.zone))
    today = float(local_date(moment.at, moment.zone).toordinal() - EPOCH)
    passed = dt.timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    return {TODAY: today, NOW: today + passed / dt.timedelta(days=1)}


def _problems(
    node: Node, kinds: Kinds, columns: frozenset[str] | None
) -> Iterator[ExpressionProblem]:
    for part in walk(node):
        match part:
            case Call():
                yield from _call_problems(part)
            case Column():
                yield from _column_problems(part, columns)
            case Chain():
                yield from _comparison_problems(part, kinds)


def _call_problems(call: Call) -> Iterator[ExpressionProblem]:
    signature = SIGNATURES.get(call.function)
    if signature is None:
        yield _unknown_function(call.function)
        return
    count = len(call.arguments)
    if count < signature.least or (signature.most is not None and count > signature.most):
        yield ExpressionProblem(
            "wrong_arguments",
            _n(
                "The function {function} is given {count} value. Give it as many as it takes.",
                "The function {function} is given {count} values. Give it as many as it takes.",
                count,
                function=call.function,
            ),
        )
    elif call.function == "regex":
        yield from _pattern_problems(call.arguments[1])
    elif call.function == "format-date":
        yield from _layout_problems(call.arguments[1])
    elif call.function == "date":
        yield from _date_problems(call.arguments[0])


def _unknown_function(name: str) -> ExpressionProblem:
    near = get_close_matches(name.lower(), SIGNATURES, n=1, cutoff=0.75)
    if near:
        return ExpressionProblem(
            "unknown_function",
            _("There is no function {name}. Did you mean {near}?", name=name, near=near[0]),
        )
    return ExpressionProblem(
        "unknown_function",
        _("The function {name} cannot be used here. Write the condition without it.", name=name),
    )


def _pattern_problems(node: Node) -> Iterator[ExpressionProblem]:
    if not isinstance(node, Literal):
        yield ExpressionProblem(
            "pattern_not_literal", _("The pattern of regex() must stand in quotation marks.")
        )
        return
    if len(node.text) > MAX_PATTERN:
        yield ExpressionProblem(
            "bad_pattern", _("The pattern of regex() is too long. Use a simpler one.")
        )
        return
    try:
        pattern(node.text)
    except re2.error:
        yield ExpressionProblem(
            "bad_pattern",
            _(
                "The pattern {pattern} cannot be used: look-ahead, look-behind, back-references "
                "and unclosed brackets are not possible. Use a simpler pattern.",
                pattern=node.text,
            ),
        )


def _layout_problems(node: Node) -> Iterator[ExpressionProblem]:
    if not isinstance(node, Literal):
        yield ExpressionProblem(
            "layout_not_literal", _("The layout of format-date() must stand in quotation marks.")
        )
        return
    for code in unknown_date_codes(node.text):
        yield ExpressionProblem(
            "bad_layout",
            _("format-date() does not know {code}. Use %Y, %m, %d, %e, %b or %a.", code=code),
        )


def _date_problems(node: Node) -> Iterator[ExpressionProblem]:
    if isinstance(node, Literal) and node.text and day_number(node.text) == "":
        yield ExpressionProblem(
            "bad_date",
            _("{text} is no date. Write year, month and day, as in 2026-05-31.", text=node.text),
        )


def _column_problems(
    column: Column, columns: frozenset[str] | None
) -> Iterator[ExpressionProblem]:
    if columns is not None and column.name in columns:
        return
    if columns is not None:
        yield ExpressionProblem(
            "unknown_choice_column",
            _(
                "The choices sheet has no column {name} that a filter can use. Add it, or "
                "put the word in quotation marks.",
                name=column.name,
            ),
        )
    else:
        yield ExpressionProblem(
            "bare_word",
            _(
                "{name} stands without quotation marks. Write '{name}' for a choice, "
                "${{{name}}} for a question.",
                name=column.name,
            ),
        )


def _comparison_problems(chain: Chain, kinds: Kinds) -> Iterator[ExpressionProblem]:
    if chain.operators[0] not in ("=", "!=", "<", "<=", ">", ">="):
        return
    if Kind.DATE not in {kinds.of(operand) for operand in chain.operands}:
        return
    for operand in chain.operands:
        if isinstance(operand, Literal) and operand.text:
            yield ExpressionProblem(
                "date_in_quotes",
                _(
                    "A date is compared with the text '{text}'. Write date('{text}').",
                    text=operand.text,
                ),
            )


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
