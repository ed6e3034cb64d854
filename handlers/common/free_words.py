"""Words that nobody asked for and that somebody understands all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import Ctx
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Screen

Reader: TypeAlias = Callable[[Ctx, str], Screen | None]


@dataclass(frozen=True, slots=True)
class Registered:
    """What reads words, and what one has to be allowed for it."""

    read: Reader
    needs: Action


READERS: dict[str, Registered] = {}


def reads(name: str, needs: Action) -> Callable[[Reader], Reader]:
    """Register what may understand words: (ctx, words) to a screen, or None for words that mean
    nothing to it. Refuses a second reader of the name.
    """

    def keep(reader: Reader) -> Reader:
        if name in READERS:
            raise ValueError(f"reader {name} is registered twice")
        READERS[name] = Registered(reader, needs)
        return reader

    return keep


def understood(ctx: Ctx, words: str) -> Screen | None:
    """What the first of those who understand the words has to say, as far as the actor may."""
    for reader in READERS.values():
        if access.may(ctx, reader.needs):
            screen = reader.read(ctx, words)
            if screen is not None:
                return screen
    return None
