"""What an expression may not do: unknown functions, bad patterns, dates compared with text."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from bot.forms.expression_kinds import Kind, Kinds
from bot.forms.expression_syntax import (
    Call,
    Chain,
    Column,
    ExpressionProblem,
    Literal,
    Node,
    walk,
)
from bot.forms.functions import (
    MAX_PATTERN,
    SIGNATURES,
    day_number,
    pattern,
    unknown_date_codes,
)
from bot.forms.nearest import nearest
from bot.i18n import _, _n


def problems_of(
    node: Node, kinds: Kinds, columns: frozenset[str] | None
) -> Iterator[ExpressionProblem]:
    """Every problem of a tree; `columns` are the bare words it may use, None where none."""
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
    near = nearest(name, SIGNATURES)
    if near:
        return ExpressionProblem(
            "unknown_function",
            _("There is no function {name}. Did you mean {near}?", name=name, near=near),
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
                "{name} stands without quotation marks. Write {choice} for a choice, "
                "{question} for a question.",
                name=column.name,
                choice=f"'{column.name}'",
                question=f"${{{column.name}}}",
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
                    "A date is compared with the text {text}. Write {date} instead.",
                    text=f"'{operand.text}'",
                    date=f"date('{operand.text}')",
                ),
            )
