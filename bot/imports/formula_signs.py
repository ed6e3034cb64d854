"""Words that a spreadsheet would take for a formula, in files that hold nothing but text."""

from __future__ import annotations

import re

MARK = "'"
_TAKEN_FOR_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def harmless(words: str) -> str:
    """The words with an apostrophe before them, if a spreadsheet would calculate them."""
    return MARK + words if _TAKEN_FOR_FORMULA.match(words) else words


def as_meant(words: str) -> str:
    """The words without the apostrophe that `harmless` put before them."""
    is_marked = words.startswith(MARK) and _TAKEN_FOR_FORMULA.match(words)
    return words[1:] if is_marked else words
