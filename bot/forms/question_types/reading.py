"""Reading what people type: digits of any script, numbers with comma or point, dates, words."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal

from babel import UnknownLocaleError
from babel.numbers import get_decimal_symbol

MAX_DIGITS = 15
FIRST_YEAR, LAST_YEAR = 1900, 2199
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’٬]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_DATES = (
    re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>\d{4})"),
)


def plain_digits(text: str) -> str:
    """The text with the digits of every script written as 0 to 9."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdecimal() and not char.isascii() else char
        for char in text
    )


def clean(text: str) -> str:
    """The text without invisible signs that steer direction or control a terminal."""
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def wording(text: str) -> str:
    """Two wordings that a reader takes for the same become equal."""
    folded = unicodedata.normalize("NFKC", clean(text)).casefold()
    return " ".join(plain_digits(folded).split())


def number(text: str, language: str) -> Decimal | None:
    """The number typed, None if it is none.

    A comma and a point may each part thousands or decimals: groups of three after the
    sign that the reader's language does not use for decimals are thousands.
    """
    bare = _SPACES.sub("", plain_digits(clean(text))).replace("−", "-").replace("٫", ".")
    sign, digits = (bare[0], bare[1:]) if bare[:1] in ("-", "+") else ("", bare)
    plain = _without_groups(digits, _decimal_sign(language))
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", plain) or len(plain) > MAX_DIGITS + 1:
        return None
    return Decimal("-" + plain if sign == "-" else plain)


def _without_groups(digits: str, decimal_sign: str) -> str:
    if "," in digits and "." in digits:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
        whole, _, fraction = digits.rpartition(decimal)
        groups = _GROUPS.fullmatch(whole)
        return f"{_joined(whole)}.{fraction}" if groups and groups[1] != decimal else digits
    groups = _GROUPS.fullmatch(digits)
    if groups and (groups[1] != decimal_sign or digits.count(groups[1]) > 1):
        return _joined(digits)
    return digits.replace(",", ".")


def _joined(digits: str) -> str:
    return digits.replace(",", "").replace(".", "")


def _decimal_sign(language: str) -> str:
    try:
        symbol = get_decimal_symbol(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return "."
    return symbol if symbol in (",", ".") else "."


def date(text: str) -> dt.date | None:
    """The date typed as 2026-05-31, 31.05.2026 or 31/05/2026, None if it is none."""
    bare = plain_digits(clean(text)).replace(" ", "")
    for shape in _DATES:
        match = shape.fullmatch(bare)
        if match:
            return _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def is_finite(value: int | float) -> bool:
    """Whether a number is one that can be calculated with."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
