"""The word somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 64
"""Longer words are not compared: it would take long, and nobody mistypes them."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.75) -> str:
    """The known word most like `word` in any case, "" if none is like it (0 to 1)."""
    if len(word) > LONGEST:
        return ""
    by_folded = {one.casefold(): one for one in known if len(one) <= LONGEST}
    found = get_close_matches(word.casefold(), sorted(by_folded), n=1, cutoff=likeness)
    return by_folded[found[0]] if found else ""
