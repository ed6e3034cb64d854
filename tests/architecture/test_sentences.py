"""Every sentence a person sees is made with `_` or `_n`, whole and with named placeholders."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

from tests.architecture.sources import Source, calls, product

# What is shown, by the call that makes it: positions and keywords that hold words.
SHOWN: dict[str, tuple[int, tuple[str, ...]]] = {
    "Screen": (2, ("title", "body", "share_contact")),
    "Button": (1, ("label",)),
    "Reply": (0, ("toast",)),
    "Refusal": (1, ("sentence",)),
    "Fault": (1, ("sentence",)),
}
LETTER = re.compile(r"[^\W\d_]")


def test_screens__words_without_gettext__found() -> None:
    found = [
        source.at(words)
        for source in product()
        for name, call in calls(source)
        if name in SHOWN
        for words in _bare_words(name, call)
    ]
    assert found == []


def test_gettext__words_not_written_out__found() -> None:
    found = [
        source.at(call)
        for source in product()
        for name, call in calls(source)
        if name in {"_", "_n"} and not all(_is_literal(words) for words in _msgids(name, call))
    ]
    assert found == []


def test_gettext__placeholder_without_a_value__found() -> None:
    found = [
        f"{source.at(call)} {sorted(missing)}"
        for source in product()
        for name, call in calls(source)
        if name in {"_", "_n"} and call not in _constants(source)
        if (missing := _without_value(name, call))
    ]
    assert found == []


def test_gettext__imported_under_another_name__found() -> None:
    found = [place for source in product() for place in _renamed(source)]
    assert found == []


def _bare_words(name: str, call: ast.Call) -> Iterator[ast.expr]:
    positions, keywords = SHOWN[name]
    given = [*call.args[:positions], *(k.value for k in call.keywords if k.arg in keywords)]
    for value in given:
        yield from (part for part in _parts(value) if _has_letters(part))


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, (ast.Tuple, ast.List)):
        for item in value.elts:
            yield from _parts(item)
    elif isinstance(value, ast.IfExp):
        yield from (*_parts(value.body), *_parts(value.orelse))
    elif isinstance(value, ast.BoolOp):
        for item in value.values:
            yield from _parts(item)
    else:
        yield value


def _has_letters(value: ast.expr) -> bool:
    if isinstance(value, ast.JoinedStr):
        return any(_has_letters(part) for part in value.values)
    return (
        isinstance(value, ast.Constant)
        and isinstance(value.value, str)
        and bool(LETTER.search(value.value))
    )


def _msgids(name: str, call: ast.Call) -> list[ast.expr]:
    return call.args[: 2 if name == "_n" else 1]


def _is_literal(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


@cache
def _constants(source: Source) -> set[ast.AST]:
    """What stands at the top of a file: patterns, which get their values where they are used."""
    tops = [node for node in source.tree.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    return {part for top in tops for part in ast.walk(top)}


def _without_value(name: str, call: ast.Call) -> set[str]:
    if any(keyword.arg is None for keyword in call.keywords):
        return set()
    given = {str(keyword.arg) for keyword in call.keywords}
    given |= {"count"} if name == "_n" else set()
    used: set[str] = set()
    for words in _msgids(name, call):
        if isinstance(words, ast.Constant) and isinstance(words.value, str):
            used |= {
                field for _, field, _, _ in Formatter().parse(words.value) if field is not None
            }
    return used - given


def _renamed(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "bot.i18n":
            for name in node.names:
                if name.name in {"_", "_n"} and name.asname:
                    yield source.at(node)
