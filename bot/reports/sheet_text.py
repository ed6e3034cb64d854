"""What a spreadsheet program accepts as text and as the name of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_CELL = 32_767
LONGEST_NAME = 31
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_RESERVED = frozenset({"history"})


def cell_text(text: str) -> str:
    """`text` without characters no workbook can hold, cut to what one cell takes."""
    clean = _FORBIDDEN.sub("", text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names as Excel allows them, in the same order, no two alike."""
    names: list[str] = []
    taken = set(_RESERVED)
    for words in wanted:
        name = _free(_NOT_IN_NAMES.sub(" ", cell_text(words)).strip(" '") or "Sheet", taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name[:LONGEST_NAME].strip(" '"), 2
    while candidate.casefold() in taken:
        suffix = f" {number}"
        candidate = name[: LONGEST_NAME - len(suffix)] + suffix
        number += 1
    return candidate
