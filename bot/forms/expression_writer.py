"""Writes the tree of an expression as the XPath that lxml evaluates.

Everything lxml is given is written here, piece by piece: variables, literals and calls of
known functions. No part of the author's text is passed on as it stands.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.forms.expression_kinds import Kind, Kinds
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

SELF, TODAY, NOW = "itself", "today", "now"
_NATIVE = frozenset(
    {"not", "true", "false", "contains", "starts-with", "string-length", "concat", "number"}
)
_TEXT_ARGUMENTS = frozenset(
    {"contains", "starts-with", "string-length", "concat", "selected", "count-selected", "regex"}
)
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


class Writer:
    """One expression being written; collects the variables it needs."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self.questions: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        self.clock: set[str] = set()
        self.uses_itself = False

    def write(self, node: Node) -> str:
        match node:
            case Number():
                return node.digits
            case Literal():
                return _quoted(node.text)
            case Negative():
                return f"-({self.write(node.operand)})"
            case Chain():
                return self._chain(node)
            case Call():
                return self._call(node)
            case _:
                return self._variable(node)

    def _variable(self, node: Reference | Itself | Column) -> str:
        match node:
            case Itself():
                self.uses_itself = True
                return f"${SELF}"
            case Reference():
                return "$" + self.questions.setdefault(node.name, f"q{len(self.questions)}")
            case Column():
                return "$" + self.columns.setdefault(node.name, f"c{len(self.columns)}")

    def _text(self, node: Node) -> str:
        written = self.write(node)
        return f"r-iso({written})" if self._kinds.of(node) is Kind.DATE else written

    def _chain(self, chain: Chain) -> str:
        compares = chain.operators[0] in _COMPARISONS
        write = self._compared(chain.operands) if compares else self.write
        parts = [write(chain.operands[0])]
        for operator, operand in zip(chain.operators, chain.operands[1:], strict=True):
            parts += [operator, write(operand)]
        return f"({' '.join(parts)})"

    def _compared(self, operands: tuple[Node, ...]) -> Callable[[Node], str]:
        kinds = {self._kinds.of(operand) for operand in operands}
        if Kind.DATE in kinds and Kind.TEXT in kinds:
            return self._as_day
        if kinds == {Kind.TRUTH, Kind.TEXT}:
            return lambda node: f"string({self.write(node)})"
        return self.write

    def _as_day(self, node: Node) -> str:
        written = self.write(node)
        is_text = self._kinds.of(node) is Kind.TEXT and node != Literal("")
        return f"r-day({written})" if is_text else written

    def _call(self, call: Call) -> str:
        special = getattr(self, "_call_" + call.function.replace("-", "_"), None)
        if special is not None:
            return str(special(call))
        write = self._text if call.function in _TEXT_ARGUMENTS else self.write
        arguments = [write(argument) for argument in call.arguments]
        name = call.function if call.function in _NATIVE else f"r-{call.function}"
        if name == "concat" and len(arguments) == 1:
            arguments.append("''")
        return f"{name}({', '.join(arguments)})"

    def _call_today(self, _call: Call) -> str:
        self.clock.add(TODAY)
        return f"${TODAY}"

    def _call_now(self, _call: Call) -> str:
        self.clock.add(NOW)
        return f"${NOW}"

    def _call_date(self, call: Call) -> str:
        return f"r-day({self.write(call.arguments[0])})"

    def _call_format_date(self, call: Call) -> str:
        return f"r-format-date({self.write(call.arguments[0])}, {self.write(call.arguments[1])})"

    def _call_if(self, call: Call) -> str:
        condition, then, otherwise = call.arguments
        branches = self._alike((then, otherwise))
        return f"r-if(boolean({self.write(condition)}), {', '.join(branches)})"

    def _call_coalesce(self, call: Call) -> str:
        return f"r-coalesce({', '.join(self._alike(call.arguments))})"

    def _call_once(self, call: Call) -> str:
        self.uses_itself = True
        return f"r-coalesce(${SELF}, {self.write(call.arguments[0])})"

    def _alike(self, nodes: tuple[Node, ...]) -> list[str]:
        same = self._kinds.common(nodes) is not Kind.TEXT
        return [self.write(node) if same else self._text(node) for node in nodes]


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
