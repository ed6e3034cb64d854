"""Every act and every rule that moves an enrolment has words that people read."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from types import ModuleType

from bot import training
from bot.training import enrolling
from bot.training.states import Act
from bot.training.step_words import RULES, STEPS

ROOM = Path(training.__file__).parent


def _rules_named(path: Path) -> set[str]:
    """The values that a file gives as `rule=CONSTANT`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    given = (
        keyword.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "rule"
    )
    relative = path.relative_to(ROOM).with_suffix("")
    module = importlib.import_module(".".join((training.__name__, *relative.parts)))
    return {value for node in given if (value := _value(module, node))}


def _value(module: ModuleType, node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name) and node.id.isupper():
        return str(getattr(module, node.id))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = getattr(module, node.value.id, None)
        return str(getattr(owner, node.attr)) if node.attr.isupper() else ""
    return ""


def test_rules__that_take_a_step__have_words() -> None:
    named = set().union(*(_rules_named(path) for path in ROOM.rglob("*.py")))
    assert enrolling.STARTED in named
    assert named - set(RULES) == set()


def test_acts__all__have_words() -> None:
    assert set(Act) - set(STEPS) == set()
