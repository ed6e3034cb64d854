"""Weekdays as a clerk writes them: `Mon-Fri`, `Mon,Wed`, or both mixed; kept in one spelling."""

from __future__ import annotations

import re

from bot.i18n import _
from bot.imports.cells import Cell, shown, text
from bot.imports.findings import BadValue

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST_RUN = 3


def read(cell: Cell) -> str:
    """The days in the order of the week: three or more in a row as `Mon-Fri`, else `Mon,Wed`."""
    days: set[int] = set()
    for part in re.split(r"[,;]", text(cell)):
        first, dash, last = (word.strip() for word in part.replace("–", "-").partition("-"))
        days |= _days(first, last if dash else first, shown(cell))
    return spelled(days)


def spelled(days: set[int]) -> str:
    """Days of the week, 0 for Monday, in the one spelling in which they are kept."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}"
        if len(run) >= SHORTEST_RUN
        else ",".join(DAYS[day] for day in run)
        for run in runs
    )


def _days(first: str, last: str, whole: str) -> set[int]:
    begin, end = _number(first), _number(last)
    if begin is None or end is None:
        raise BadValue(
            "bad-weekdays",
            _("“{value}” names no weekdays. Write them like Mon-Fri or Mon,Wed.", value=whole),
        )
    return {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}


def _number(word: str) -> int | None:
    plain = word.casefold().rstrip(".")
    for number, name in enumerate(FULL):
        if plain and name.startswith(plain) and len(plain) >= 2:
            return number
    return None
