"""Readers of single cells: each takes a cell that is not blank and gives a value, or raises
BadValue with a code and a remedy. Cells are text, numbers, dates or times, as files have them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import available_timezones

from bot.i18n import LANGUAGES, Text, _, known_language
from bot.imports import limits
from bot.imports.cleaning import UNSEEN, clean
from bot.imports.findings import BadValue

Cell: TypeAlias = str | float | int | dt.date | dt.time | dt.timedelta
Value: TypeAlias = object
Reader: TypeAlias = Callable[[Cell], Value]

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
MOST_QUOTED = 60
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
WALL_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")
SCIENTIFIC = re.compile(r"[0-9]+[.,]?[0-9]*[eE]\+[0-9]+")
SCIENTIFIC_LINE = re.compile(f"^{SCIENTIFIC.pattern}$", re.MULTILINE)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})


def text(cell: Cell) -> str:
    """Any cell as words: numbers without a needless decimal, dates as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def shown(cell: Cell) -> str:
    """A cell as a sentence quotes it: the whole of it, or its beginning."""
    words = text(cell)
    return words if len(words) <= MOST_QUOTED else f"{words[: MOST_QUOTED - 1]}…"


def name(cell: Cell) -> str:
    """Words that name somebody or something; refuses what is no name for its length."""
    found = text(cell)
    if len(found) > limits.LONGEST_NAME:
        raise BadValue("name-too-long", limits.too_long(limits.LONGEST_NAME))
    return found


def key(cell: Cell) -> str:
    """A staff number or code, exactly as written; refuses what a spreadsheet has made of it."""
    if isinstance(cell, (dt.date, dt.time, dt.timedelta)):
        raise BadValue(
            "key-is-date",
            _(
                "The spreadsheet turned this number into the date or time {value}. "
                "Format the column as text and type it again.",
                value=shown(cell),
            ),
        )
    if isinstance(cell, float) and not cell.is_integer():
        raise BadValue(
            "key-is-decimal",
            _(
                "{value} has decimals. Format the column as text and type the number again.",
                value=shown(cell),
            ),
        )
    found = text(cell)
    if len(found) > limits.LONGEST_KEY:
        raise BadValue("key-too-long", limits.too_long(limits.LONGEST_KEY))
    if SCIENTIFIC.fullmatch(found):
        raise BadValue(
            "key-is-scientific",
            _(
                "The spreadsheet shortened this number to {value}. "
                "Format the column as text and type it again.",
                value=found,
            ),
        )
    return found if found.isascii() else UNSEEN.sub("", found)


def are_keys(texts: Sequence[str]) -> bool:
    """Whether `key` would take every one of these clean texts as it is."""
    joined = "\n".join(texts)
    return not SCIENTIFIC_LINE.search(joined) and not UNSEEN.search(joined)


def date(cell: Cell) -> dt.date:
    """An Excel date, or text as YYYY-MM-DD; any other text is a bad value."""
    found = _date_in(cell)
    if found is None:
        raise BadValue(
            "bad-date",
            _(
                "“{value}” is no date. Write it like 2026-12-31, or format the cell as a date.",
                value=shown(cell),
            ),
        )
    if not EARLIEST <= found <= LATEST:
        raise BadValue(
            "date-out-of-range",
            _(
                "The year of {value} cannot be right. Write the date like 2026-12-31.",
                value=found.isoformat(),
            ),
        )
    return found


def _date_in(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    match = ISO_DATE.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        return None
    try:
        return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def time(cell: Cell) -> dt.time:
    """An Excel time, or text as HH:MM; to the minute."""
    found = _time_in(cell)
    if found is None:
        raise BadValue(
            "bad-time", _("“{value}” is no time of day. Write it like 08:30.", value=shown(cell))
        )
    return found


def _time_in(cell: Cell) -> dt.time | None:
    if isinstance(cell, (dt.datetime, dt.time)):
        return dt.time(cell.hour, cell.minute)
    if isinstance(cell, dt.timedelta):
        cell = cell / dt.timedelta(days=1)
    if isinstance(cell, (int, float)):
        minutes = round(cell * 24 * 60)
        return dt.time(*divmod(minutes, 60)) if 0 <= cell < 1 and minutes < 1440 else None
    match = WALL_TIME.fullmatch(cell) if isinstance(cell, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return dt.time(int(match[1]), int(match[2]))


def whole_number(low: int, high: int) -> Reader:
    """A reader of whole numbers from `low` to `high`."""

    def read(cell: Cell) -> int:
        found = _number_in(cell)
        if found is None or not found.is_integer() or not low <= found <= high:
            raise BadValue(
                "bad-number",
                _(
                    "Write a whole number from {low} to {high}; “{value}” is none.",
                    value=shown(cell),
                    low=low,
                    high=high,
                ),
            )
        return int(found)

    return read


def number(low: float, high: float) -> Reader:
    """A reader of numbers from `low` to `high`, with a decimal point or comma."""

    def read(cell: Cell) -> float:
        found = _number_in(cell)
        if found is None or not low <= found <= high:
            raise BadValue(
                "bad-number",
                _(
                    "Write a number from {low} to {high}; “{value}” is none.",
                    value=shown(cell),
                    low=low,
                    high=high,
                ),
            )
        return found

    return read


def _number_in(cell: Cell) -> float | None:
    if isinstance(cell, (int, float)):
        return float(cell)
    if isinstance(cell, str) and re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", cell):
        return float(cell.replace(",", "."))
    return None


def yes_no(cell: Cell) -> bool:
    """yes or no; TRUE, FALSE, 1 and 0 are understood as well."""
    word = text(cell).casefold()
    if word in YES or word in NO:
        return word in YES
    raise BadValue("bad-yes-no", _("Write yes or no; “{value}” is neither.", value=shown(cell)))


def one_of(words: Iterable[str]) -> Reader:
    """A reader of one of these words, in any case."""
    known = {word.casefold(): word for word in words}
    listed = ", ".join(known.values())

    def read(cell: Cell) -> str:
        found = known.get(text(cell).casefold().replace("_", " "))
        if found is None:
            raise BadValue("bad-choice", _not_one_of(shown(cell), listed))
        return found

    return read


def _not_one_of(value: str, listed: str) -> Text:
    return _("“{value}” is not known here. Write one of: {words}.", value=value, words=listed)


def language(cell: Cell) -> str:
    """A locale code of a language Rollcall speaks."""
    found = (
        known_language(text(cell))
        if re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)?", text(cell))
        else None
    )
    if found is None:
        raise BadValue(
            "bad-language",
            _(
                "“{value}” is no language code Rollcall knows. Write one of: {words}.",
                value=shown(cell),
                words=", ".join(LANGUAGES),
            ),
        )
    return found


@lru_cache(1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def timezone(cell: Cell) -> str:
    """The name of a time zone, such as Asia/Karachi."""
    if text(cell) not in _zones():
        raise BadValue(
            "bad-timezone",
            _(
                "“{value}” is no time zone. Write a name such as Asia/Phnom_Penh.",
                value=shown(cell),
            ),
        )
    return text(cell)


def listed(cell: Cell) -> tuple[str, ...]:
    """The parts of a list with semicolons between them."""
    parts = (clean(part) for part in text(cell).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))
