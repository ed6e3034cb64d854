"""Only the discreet way of logging is set up, and every engine hides what is bound."""

from __future__ import annotations

import ast

from tests.architecture.sources import calls, product


def test_logging__set_up_outside_its_file__found() -> None:
    found = [
        source.at(node)
        for source in product()
        if not source.under("bot/logs.py", "bot/sandbox/")
        for name, node in calls(source)
        if name in {"basicConfig", "StreamHandler", "FileHandler"}
    ]
    assert found == []


def test_engine__made_without_hiding_its_parameters__found() -> None:
    found = [
        source.at(node)
        for source in product()
        for name, node in calls(source)
        if name == "create_engine" and not _hides(node)
    ]
    assert found == []


def _hides(call: ast.Call) -> bool:
    return any(
        keyword.arg == "hide_parameters"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is True
        for keyword in call.keywords
    )
