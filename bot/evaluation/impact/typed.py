"""Values of this room's forms as they are typed: each read, or refused with a remedy."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from bot.errors import Refusal
from bot.evaluation.impact.periods import month_of
from bot.i18n import _

LONGEST, LONGEST_CODE, LONGEST_TEXT = 200, 40, 1000
LARGEST = 1e15
"""More than any administration's money, and still exact in its last digit."""


def line_in(typed: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    """The words on one line, "" where there are none; refuses more than fit."""
    words = " ".join(str(typed.get(name) or "").split())
    if len(words) > longest:
        raise Refusal(_("That is too long: at most {count} characters.", count=longest))
    return words


def code_in(typed: Mapping[str, Any], name: str) -> str:
    """A code of one word; refuses none, and several."""
    code = str(typed.get(name) or "").strip()
    if not 0 < len(code) <= LONGEST_CODE or len(code.split()) != 1:
        raise Refusal(
            _("Give a code of one word, of at most {most} characters.", most=LONGEST_CODE)
        )
    return code


def number_in(typed: Mapping[str, Any], name: str) -> float | None:
    """A number, None where nothing is typed; refuses what is none, or beyond all measure."""
    value = typed.get(name)
    if value is None or str(value).strip() == "":
        return None
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not abs(number) <= LARGEST:
        raise Refusal(_("“{value}” is no number. Give one such as 12.5.", value=str(value)))
    return number


def positive_in(typed: Mapping[str, Any], name: str) -> float | None:
    """The same for what cannot be negative."""
    number = number_in(typed, name)
    if number is not None and number < 0:
        raise Refusal(_("{value} is below zero. Give 0 or more.", value=number))
    return number


def whole_in(typed: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """A whole number between these; refuses all else."""
    text = str(typed.get(name) or "0").strip()
    if not text.isdecimal() or not low <= int(text) <= high:
        raise Refusal(_("Give a whole number from {low} to {high}.", low=low, high=high))
    return int(text)


def month_in(typed: Mapping[str, Any], name: str) -> dt.date:
    """The first day of the month of the day that is typed; refuses what is no date."""
    text = str(typed.get(name) or "").strip()
    try:
        return month_of(dt.date.fromisoformat(text))
    except ValueError:
        raise Refusal(_("{text} is no date. Give one such as 2026-11-22.", text=text)) from None
