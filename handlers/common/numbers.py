"""Numbers in what a button says. Whatever a client sends, an id fits the database's columns."""

from __future__ import annotations

LARGEST = 2**31 - 1
MOST_DIGITS = 10


def number_of(text: str) -> int | None:
    """The number that `text` is, in plain digits and small enough for an id; else None."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def number_after(data: str, place: int = 1) -> int | None:
    """The number at a place of a button's data, `prefix:1:2…`; None if there is none."""
    parts = data.split(":")
    return number_of(parts[place]) if len(parts) > place else None
