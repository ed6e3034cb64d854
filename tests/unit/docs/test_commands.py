"""What the guides tell people to type exists: operator commands, chat commands, settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from bot import app as root
from bot.cli import app
from bot.config import Settings
from handlers.common.routes import ROUTES, RouteKind
from tests.unit.docs.reading import DOCS, PAGES, ROOT, code, name_of

OF_BOTFATHER = {"newbot", "token"}
GUIDES = [page for page in PAGES if page.parent.name != "decisions"]


def commands() -> set[str]:
    """The operator's commands."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return set(group.commands)


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_operator_commands__in_every_guide__exist(page: Path) -> None:
    named = {
        match[1]
        for piece in code(page)
        if (match := re.match(r"(?:\.venv/bin/)?rollcall ([a-z-]+)", piece))
    }
    assert named - commands() == set()


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_chat_commands__in_every_guide__are_routed(page: Path) -> None:
    root.register_speaking()
    routed = {name for kind, name in ROUTES if kind is RouteKind.COMMAND}
    named = {match[1] for piece in code(page) if (match := re.fullmatch(r"/([a-z]+)", piece))}
    assert named - routed - OF_BOTFATHER == set()


def test_chat_commands__with_a_line_in_the_menu__stand_in_a_guide() -> None:
    root.register_speaking()
    shown = {name for (kind, name), route in ROUTES.items() if kind is RouteKind.COMMAND}
    named = {piece for page in GUIDES for piece in code(page)}
    assert {name for name in shown if f"/{name}" not in named} == set()


def test_settings__in_operations__are_those_there_are() -> None:
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `ROLLCALL_")]
    named = {name for row in rows for name in re.findall(r"`(ROLLCALL_\w+)`", row)}
    assert named == {f"ROLLCALL_{field.upper()}" for field in Settings.model_fields}


def test_make_targets__in_every_guide__exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    pieces = [piece for page in GUIDES for piece in code(page)]
    named = {target for piece in pieces for target in re.findall(r"\bmake ([a-z-]+)", piece)}
    assert named - targets == set()
