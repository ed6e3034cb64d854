"""Which words belong to which notice.

A notice is rendered when it is sent: from ids to a Screen, or to a `Drop` where its
reason no longer holds.
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.context import Ctx
from bot.i18n import Words
from bot.screens import Screen


@dataclass(frozen=True, slots=True)
class Item:
    """One queued row as its notice sees it."""

    id: int
    params: dict[str, Any]
    due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Who will read it: a linked person, or a bare account (`person_id` None)."""

    user_id: int
    person_id: int | None
    language: str
    zone: str
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """The reason why this is not told any more."""

    reason: str


Renderer: TypeAlias = Callable[[Ctx, Sequence[Item], Reader], Screen | Drop]
Line: TypeAlias = Callable[[Ctx, Sequence[Item], Reader], Words]
Holds: TypeAlias = Callable[[Ctx, Sequence[Item]], Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Notice:
    """`line` is one sentence for a message that joins several notices; None: never joined.

    `holds` leaves of several items those that still hold: only they are rendered and sent, the
    others are dropped. Needed where one message tells several items.
    """

    name: str
    render: Renderer
    line: Line | None = None
    holds: Holds | None = None


NOTICES: dict[str, Notice] = {}


def notice(
    name: str, line: Line | None = None, holds: Holds | None = None
) -> Callable[[Renderer], Renderer]:
    """Register the words of notice `name`; refuses a second set."""

    def keep(renderer: Renderer) -> Renderer:
        if name in NOTICES:
            raise ValueError(f"notice {name} has two sets of words")
        NOTICES[name] = Notice(name, renderer, line, holds)
        return renderer

    return keep


def load_all() -> None:
    """Import every notice file, so that each is registered."""
    package = importlib.import_module("bot.delivery.notices")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"bot.delivery.notices.{module.name}")
