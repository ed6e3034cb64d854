"""Months as readers of each language write them, whole or as narrow as a cell."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date, format_skeleton

from bot.i18n import LANGUAGES, Texts


def month_words(day: dt.date) -> Texts:
    """Month and year, such as “March 2026”."""
    return Texts.of({code: str(format_skeleton("yMMMM", day, locale=code)) for code in LANGUAGES})


def narrow_month(day: dt.date) -> Texts:
    """Month and year in numbers, such as “03/26”."""
    return Texts.of({code: format_date(day, "MM/yy", locale=code) for code in LANGUAGES})


def month_name(number: int) -> Texts:
    """A calendar month from 1 to 12 without its year, such as “March”."""
    day = dt.date(2000, number, 1)
    return Texts.of({code: format_date(day, "LLLL", locale=code) for code in LANGUAGES})
