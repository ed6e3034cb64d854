"""What an assignment is about, in words, where it is no class: a registry by the kind of subject.

`course:3` and `course:3:year:2026` are of the kind “course”.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.context import Ctx
from bot.i18n import Words

Namer: TypeAlias = Callable[[Ctx, int], Words]
NAMERS: dict[str, Namer] = {}


def names(kind: str) -> Callable[[Namer], Namer]:
    """Register what names the subjects of a kind by their number; refuses a second one."""

    def keep(namer: Namer) -> Namer:
        if kind in NAMERS:
            raise ValueError(f"subjects of kind {kind} are named from two places")
        NAMERS[kind] = namer
        return namer

    return keep


def words(ctx: Ctx, subject: str) -> Words:
    """What a subject is called; nothing for a kind that nobody names."""
    kind, *numbers = subject.split(":")
    namer = NAMERS.get(kind)
    return namer(ctx, int(numbers[0])) if namer is not None and numbers else ""
