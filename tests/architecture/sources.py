"""The project's own source, read as syntax trees: what the architecture tests look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("bot", "handlers")


@dataclass(frozen=True)
class Source:
    """One Python file: `path` is relative to the project, with forward slashes."""

    path: str
    text: str
    tree: ast.Module

    def under(self, *places: str) -> bool:
        """Whether the file is one of `places`, or lies in one that ends with a slash."""
        return any(
            self.path.startswith(place) if place.endswith("/") else self.path == place
            for place in places
        )

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under `folders` of the project, in order of path."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(_read(path) for path in paths)


def product() -> tuple[Source, ...]:
    """What is shipped: bot/ and handlers/."""
    return sources(*PRODUCT)


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last word of what is called: `session.commit()` gives "commit"."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield _last_word(node.func), node


def imported(source: Source) -> Iterator[tuple[str, ast.stmt]]:
    """Every module the file imports, by full name, wherever in the file it does."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def _last_word(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
