"""What kind of value each part of an expression has: text, number, truth or date.

Kinds are known before anything is answered, because questions have types; they decide how
dates travel (as day numbers) and which comparisons can never hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.forms.expression_syntax import (
    Call,
    Chain,
    Column,
    Itself,
    Literal,
    Negative,
    Node,
    Number,
    Reference,
)


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"


_RESULTS: Mapping[str, Kind] = {
    "not": Kind.TRUTH,
    "true": Kind.TRUTH,
    "false": Kind.TRUTH,
    "selected": Kind.TRUTH,
    "regex": Kind.TRUTH,
    "contains": Kind.TRUTH,
    "starts-with": Kind.TRUTH,
    "count-selected": Kind.NUMBER,
    "string-length": Kind.NUMBER,
    "number": Kind.NUMBER,
    "int": Kind.NUMBER,
    "round": Kind.NUMBER,
    "now": Kind.NUMBER,
    "today": Kind.DATE,
    "date": Kind.DATE,
    "concat": Kind.TEXT,
    "format-date": Kind.TEXT,
}
_ARITHMETIC = frozenset({"+", "-", "*", "div", "mod"})


class Kinds:
    """The kinds of the questions of a form, and of the answer an expression belongs to."""

    def __init__(self, of_questions: Mapping[str, Kind], itself: Kind = Kind.TEXT) -> None:
        self._of_questions = of_questions
        self.itself = itself

    def of_question(self, name: str) -> Kind:
        return self._of_questions.get(name, Kind.TEXT)

    def of(self, node: Node) -> Kind:
        """The kind of value that `node` gives."""
        match node:
            case Number() | Negative():
                return Kind.NUMBER
            case Literal() | Column():
                return Kind.TEXT
            case Reference():
                return self.of_question(node.name)
            case Itself():
                return self.itself
            case Chain():
                return Kind.NUMBER if node.operators[0] in _ARITHMETIC else Kind.TRUTH
            case Call():
                return self._of_call(node)

    def _of_call(self, call: Call) -> Kind:
        if call.function == "if":
            return self.common(call.arguments[1:])
        if call.function == "coalesce":
            return self.common(call.arguments)
        if call.function == "once":
            return self.common(call.arguments)
        return _RESULTS.get(call.function, Kind.TEXT)

    def common(self, nodes: tuple[Node, ...]) -> Kind:
        """The kind shared by all, where a blank literal goes with any; text where they differ."""
        kinds = {self.of(node) for node in nodes if node != Literal("")}
        return kinds.pop() if len(kinds) == 1 else Kind.TEXT
