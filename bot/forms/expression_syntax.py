"""The grammar of form expressions: text to a tree, or a sentence saying why not.

A small part of XPath 1.0: operators, function calls, `${name}`, `.` and literals. Paths,
axes, predicates and attributes are not in the grammar and so cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from bot.forms.expression_tokens import EXAMPLE, ExpressionProblem, Token, normalise, tokens
from bot.i18n import _

MAX_LENGTH = 4000
MAX_NESTING = 32

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Number:
    digits: str


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to another question."""

    name: str


@dataclass(frozen=True, slots=True)
class Itself:
    """`.`: the answer being checked."""


@dataclass(frozen=True, slots=True)
class Column:
    """A bare word: a column of the choices sheet, in choice filters only."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one precedence joined from left to right; one operator fewer than operands."""

    operands: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Number | Literal | Reference | Itself | Column | Negative | Chain | Call

LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)

_REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


def parse(text: str) -> Node:
    """The tree of an expression; raises ExpressionProblem for what is not in the grammar."""
    if len(text) > MAX_LENGTH:
        raise ExpressionProblem(
            "expression_too_long",
            _(
                "The expression is longer than {limit} characters. Split it with a calculate row.",
                limit=MAX_LENGTH,
            ),
        )
    return _Parser(tokens(normalise(text))).whole()


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


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        if not self._tokens:
            raise ExpressionProblem("empty", _("The expression is empty."))
        node = self._chain(0)
        left = self._peek()
        if left is None:
            return node
        if left.kind == "close":
            raise _unbalanced()
        raise _unexpected(left)

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._peek()
        if token is None or token.kind != kind:
            return False
        self._at += 1
        return True

    def _chain(self, level: int) -> Node:
        if level == len(LEVELS):
            return self._signed()
        operands, operators = [self._chain(level + 1)], []
        while (token := self._peek()) is not None and self._joins(token, level):
            self._at += 1
            operators.append(token.text)
            operands.append(self._chain(level + 1))
        return Chain(tuple(operands), tuple(operators)) if operators else operands[0]

    def _joins(self, token: Token, level: int) -> bool:
        return token.kind in ("operator", "word") and token.text in LEVELS[level]

    def _signed(self) -> Node:
        token = self._peek()
        if token is not None and token.kind == "operator" and token.text == "-":
            self._at += 1
            return Negative(self._nested(self._signed))
        return self._single()

    def _single(self) -> Node:
        token = self._peek()
        if token is None:
            raise ExpressionProblem(
                "unfinished", _("The expression ends too early. Complete it or remove its end.")
            )
        self._at += 1
        return self._from(token)

    def _from(self, token: Token) -> Node:
        if token.kind == "open":
            return self._closed(self._nested(lambda: self._chain(0)))
        if token.kind == "word":
            return self._word(token.text)
        if token.kind == "reference":
            return _reference(token.text)
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "literal":
            return Literal(token.text[1:-1])
        if token.kind == "itself":
            return Itself()
        raise _unexpected(token)

    def _word(self, word: str) -> Node:
        if not self._take("open"):
            return Column(word)
        return Call(word, self._nested(self._arguments))

    def _arguments(self) -> tuple[Node, ...]:
        if self._take("close"):
            return ()
        arguments = [self._chain(0)]
        while self._take("comma"):
            arguments.append(self._chain(0))
        return self._closed(tuple(arguments))

    def _closed(self, inner: T) -> T:
        if not self._take("close"):
            token = self._peek()
            raise _unbalanced() if token is None else _unexpected(token)
        return inner

    def _nested(self, step: Callable[[], T]) -> T:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise ExpressionProblem(
                "nested_too_deep",
                _("Brackets are nested too deep. Split the expression with a calculate row."),
            )
        inner = step()
        self._depth -= 1
        return inner


def _reference(text: str) -> Reference:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise ExpressionProblem(
            "bad_reference",
            _(
                "{text} names no question. Write {example} without spaces.",
                text=text,
                example=EXAMPLE,
            ),
        )
    return Reference(match.group(1))


def _unbalanced() -> ExpressionProblem:
    return ExpressionProblem(
        "unbalanced_brackets", _("Brackets do not match. Count opening and closing brackets.")
    )


def _unexpected(token: Token) -> ExpressionProblem:
    return ExpressionProblem(
        "unexpected",
        _(
            "{found} stands where it cannot be understood. An operator, a comma or a bracket "
            "may be missing before it.",
            found=token.text,
        ),
    )


__all__ = [
    "Call", "Chain", "Column", "ExpressionProblem", "Itself", "Literal", "Negative", "Node",
    "Number", "Reference", "normalise", "parse", "walk",
]  # fmt: skip
