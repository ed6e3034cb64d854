"""The functions an expression may call, and what the ones that XPath lacks do.

Dates are day numbers (days since 1970-01-01) while an expression is evaluated, so that
they can be compared, added to and subtracted; "" is the blank answer.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

import re2

Atom: TypeAlias = str | float | bool

MAX_VALUE = 4096
MAX_PATTERN = 1000
EPOCH = dt.date(1970, 1, 1).toordinal()
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@dataclass(frozen=True, slots=True)
class Signature:
    """How many arguments a function takes; `most` is None where there is no limit."""

    least: int
    most: int | None


SIGNATURES: Mapping[str, Signature] = MappingProxyType(
    {
        "not": Signature(1, 1),
        "true": Signature(0, 0),
        "false": Signature(0, 0),
        "selected": Signature(2, 2),
        "count-selected": Signature(1, 1),
        "if": Signature(3, 3),
        "coalesce": Signature(2, 2),
        "regex": Signature(2, 2),
        "contains": Signature(2, 2),
        "starts-with": Signature(2, 2),
        "string-length": Signature(1, 1),
        "concat": Signature(1, None),
        "number": Signature(1, 1),
        "int": Signature(1, 1),
        "round": Signature(1, 2),
        "today": Signature(0, 0),
        "now": Signature(0, 0),
        "date": Signature(1, 1),
        "format-date": Signature(2, 2),
        "once": Signature(1, 1),
    }
)


def day_number(text: str) -> float | str:
    """The day number of an ISO date or date and time; "" for anything else."""
    match = ISO_DATE.match(text)
    if match is None:
        return ""
    year, month, day = (int(part) for part in match.groups())
    try:
        return float(dt.date(year, month, day).toordinal() - EPOCH)
    except ValueError:
        return ""


def day_of(number: float) -> dt.date | None:
    """The date of a day number, None outside the years 1 to 9999."""
    if not math.isfinite(number):
        return None
    ordinal = math.floor(number) + EPOCH
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def canonical(number: float) -> str:
    """A number as XPath writes it; "" where it is none."""
    if not math.isfinite(number):
        return ""
    return str(int(number)) if number == int(number) else repr(number)


def as_text(value: Atom) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return canonical(value) if isinstance(value, float) else str(value)


def as_number(value: Atom) -> float:
    """The number a value stands for; not-a-number for words and blanks."""
    if isinstance(value, (bool, float)):
        return float(value)
    try:
        return float(value) if re.fullmatch(r"\s*-?(\d+\.?\d*|\.\d+)\s*", value) else math.nan
    except ValueError:
        return math.nan


@lru_cache(maxsize=256)
def pattern(text: str) -> re2._Regexp:
    """A compiled pattern in linear time; raises re2.error for what RE2 does not know."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(text, options)


def _selected(_context: object, chosen: Atom, code: Atom) -> bool:
    return as_text(code) in as_text(chosen).split()


def _count_selected(_context: object, chosen: Atom) -> float:
    return float(len(as_text(chosen).split()))


def _if(_context: object, condition: bool, then: Atom, otherwise: Atom) -> Atom:
    return then if condition else otherwise


def _coalesce(_context: object, first: Atom, second: Atom) -> Atom:
    return second if first == "" else first


def _regex(_context: object, value: Atom, text: str) -> bool:
    return pattern(text).fullmatch(as_text(value)) is not None


def _int(_context: object, value: Atom) -> float:
    number = as_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def _round(_context: object, value: Atom, places: Atom = 0.0) -> float:
    number, digits = as_number(value), as_number(places)
    if not math.isfinite(number) or not -15 <= digits <= 15:
        return math.nan
    scale = 10.0 ** int(digits)
    return math.floor(number * scale + 0.5) / scale


def _day(_context: object, value: Atom) -> Atom:
    """Text, or a number of days, as a day number."""
    if isinstance(value, str):
        return day_number(value)
    return float(math.floor(value)) if math.isfinite(value) else ""


def _iso(_context: object, value: Atom) -> str:
    day = day_of(value) if isinstance(value, float) else None
    return day.isoformat() if day else ""


def _format_date(_context: object, value: Atom, layout: str) -> str:
    number = day_number(value) if isinstance(value, str) else value
    day = day_of(number) if isinstance(number, float) else None
    if day is None or not isinstance(number, float):
        return ""
    minutes = round((number - math.floor(number)) * 1440)
    return _DATE_CODE.sub(lambda match: _date_part(match[1], day, minutes), layout)


_DATE_CODE = re.compile(r"%(.)", re.DOTALL)
DATE_CODES = frozenset("YymnbdeHhMSa3%")


def unknown_date_codes(layout: str) -> list[str]:
    """The codes of a date format that `format-date` does not know."""
    found = _DATE_CODE.findall(layout)
    return [f"%{code}" for code in found if code not in DATE_CODES]


def _date_part(code: str, day: dt.date, minutes: int) -> str:
    hour, minute = divmod(min(minutes, 1439), 60)
    parts = {
        "Y": f"{day.year:04}", "y": f"{day.year % 100:02}",
        "m": f"{day.month:02}", "n": str(day.month), "b": MONTHS[day.month - 1],
        "d": f"{day.day:02}", "e": str(day.day), "a": WEEKDAYS[day.weekday()],
        "H": f"{hour:02}", "h": str(hour), "M": f"{minute:02}", "S": "00", "3": "000",
    }  # fmt: skip
    return parts.get(code, code)


EXTENSIONS: dict[tuple[None, str], Callable[..., Atom]] = {
    (None, "r-selected"): _selected,
    (None, "r-count-selected"): _count_selected,
    (None, "r-if"): _if,
    (None, "r-coalesce"): _coalesce,
    (None, "r-regex"): _regex,
    (None, "r-int"): _int,
    (None, "r-round"): _round,
    (None, "r-day"): _day,
    (None, "r-iso"): _iso,
    (None, "r-format-date"): _format_date,
}
