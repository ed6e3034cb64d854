"""How alike two pieces of writing are: by the pieces of three signs that they share.

It needs no words, so that scripts without spaces between them are compared as well.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from math import sqrt
from typing import Generic, TypeVar

from bot.people.search import fold

Key = TypeVar("Key", bound=Hashable)
SIZE = 3
WRITTEN = "LMN"
"""Kinds of signs that make words: letters, what is put on them, digits."""


def alike(one: str, other: str) -> float:
    """From 0, nothing shared, to 1, the same; what is held in longer writing lies between."""
    first, second = pieces(one), pieces(other)
    if not first or not second:
        return 0.0
    return len(first & second) / sqrt(len(first) * len(second))


def most_alike(words: str, others: Iterable[str]) -> float:
    """How alike the words are to the nearest of the others; 0 where there are none."""
    return max((alike(words, other) for other in others), default=0.0)


@lru_cache(maxsize=20_000)
def pieces(words: str) -> frozenset[str]:
    """Every run of three signs, with what begins and ends a word marked."""
    signs = "".join(
        sign if unicodedata.category(sign)[0] in WRITTEN else " " for sign in fold(words)
    )
    joined = "_".join(signs.split())
    if not joined:
        return frozenset()
    marked = f"_{joined}_"
    return frozenset(marked[place : place + SIZE] for place in range(len(marked) - SIZE + 1))


class Likeness(Generic[Key]):
    """Many spellings of some things, to be asked again and again what words are like."""

    def __init__(self, spelt: Iterable[tuple[Key, Iterable[str]]]) -> None:
        self._keys: list[Key] = []
        self._sizes: list[int] = []
        self._holding: dict[str, list[int]] = defaultdict(list)
        for key, spellings in spelt:
            for words in spellings:
                self._add(key, pieces(words))

    def _add(self, key: Key, found: frozenset[str]) -> None:
        for piece in found:
            self._holding[piece].append(len(self._keys))
        self._keys.append(key)
        self._sizes.append(len(found))

    def to(self, words: str) -> dict[Key, float]:
        """How alike the words are to the nearest spelling of each thing, as `alike` says it;
        what shares nothing is left out.
        """
        asked = pieces(words)
        shared = Counter(place for piece in asked for place in self._holding.get(piece, ()))
        found: dict[Key, float] = {}
        for place, count in shared.items():
            likeness = count / sqrt(len(asked) * self._sizes[place])
            key = self._keys[place]
            found[key] = max(likeness, found.get(key, 0.0))
        return found
