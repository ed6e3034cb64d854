"""No file or function grows past what can be read at one sitting."""

from __future__ import annotations

import ast

from tests.architecture.sources import Source, product, sources

FILE_LINES = 300
FUNCTION_LINES = 40


def _everything() -> tuple[Source, ...]:
    return product() + sources("scripts", "bench", "tests")


def test_file__longer_than_the_limit__found() -> None:
    lengths = {source.path: len(source.text.splitlines()) for source in _everything()}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_function__longer_than_the_limit__found() -> None:
    long = {
        f"{source.at(node)} {node.name}": lines
        for source in product() + sources("scripts", "bench")
        for node in ast.walk(source.tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_name__says_nothing__found() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common_functions"}
    found = [
        source.path
        for source in _everything()
        if source.path.rsplit("/", 1)[-1].removesuffix(".py") in vague
    ]
    assert found == []
