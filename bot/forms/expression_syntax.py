"""The grammar of form expressions: text to a tree, or a sentence saying why not.

A small part of XPath 1.0: operators, function calls, `${name}`, `.` and literals. Paths,
axes, predicates and attributes are not in the grammar and so cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from bot.i18n import Text, _

MAX_LENGTH = 4000
MAX_TOKENS = 1000
MAX_NESTING = 32

T = TypeVar("T")

SMART_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})


class ExpressionProblem(Exception):
    """An expression that cannot be used; `code` is stable, the sentence is shown."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


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

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<foreign>==|&&|\|\||<>|!(?!=)|//|\.\.|::|[/|@\[\]{}%^&;\\])
      | (?P<reference>\$\{[^{}]*\})
      | (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<literal>"[^"]*"|'[^']*')
      | (?P<operator><=|>=|!=|[=<>+\-*])
      | (?P<open>\() | (?P<close>\)) | (?P<comma>,)
      | (?P<itself>\.)
      | (?P<word>[^\W\d](?:[\w\-]|\.(?=\w))*(?::[^\W\d][\w\-]*)?)""",
    re.VERBOSE,
)
_WORDS = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
_REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def normalise(text: str) -> str:
    """The expression with curled quotation marks made straight, a bare yes or no made a call."""
    straight = text.translate(SMART_QUOTES).strip()
    return _WORDS.get(straight.lower(), straight)


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
    return _Parser(_tokens(normalise(text))).whole()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup == "foreign":
            raise _foreign(text, position, match.group() if match else text[position])
        if match.lastgroup != "space":
            tokens.append(_Token(match.lastgroup or "", match.group()))
        position = match.end()
    if len(tokens) > MAX_TOKENS:
        raise ExpressionProblem(
            "expression_too_long",
            _("The expression has too many parts. Split it with a calculate row."),
        )
    return tokens


def _foreign(text: str, position: int, found: str) -> ExpressionProblem:
    if found in _INSTEAD:
        return ExpressionProblem(
            "foreign_operator",
            _("Write {right} instead of {wrong}.", right=_INSTEAD[found], wrong=found),
        )
    if found in "'\"":
        return ExpressionProblem(
            "open_quote", _("A quotation mark is opened and not closed. Close it.")
        )
    if found in ("//", "/", ".."):
        return ExpressionProblem(
            "path",
            _("Paths with / or .. cannot be used. Name the question as ${{name}} instead."),
        )
    if text.startswith("${", position):
        return ExpressionProblem(
            "open_reference", _("A question is named as ${{name}}; close the curly bracket.")
        )
    return ExpressionProblem(
        "foreign_sign", _("The sign {sign} cannot be used here. Remove it.", sign=found)
    )


_INSTEAD = {"==": "=", "&&": "and", "||": "or", "<>": "!=", "!": "not(…)", "&": "and", "%": "mod"}


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
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

    def _peek(self) -> _Token | None:
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

    def _joins(self, token: _Token, level: int) -> bool:
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

    def _from(self, token: _Token) -> Node:
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
            _("{text} names no question. Write ${{name}} without spaces.", text=text),
        )
    return Reference(match.group(1))


def _unbalanced() -> ExpressionProblem:
    return ExpressionProblem(
        "unbalanced_brackets", _("Brackets do not match. Count opening and closing brackets.")
    )


def _unexpected(token: _Token) -> ExpressionProblem:
    return ExpressionProblem(
        "unexpected",
        _(
            "{found} stands where it cannot be understood. An operator, a comma or a bracket "
            "may be missing before it.",
            found=token.text,
        ),
    )
