"""The rules of a test or of a form with a window, as its settings sheet gives them.

They belong to the structure of a form: a changed pass mark is a new version.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot import calendar
from bot.forms.definition import RULE_SETTINGS, FormDefinition

MOST_ATTEMPTS = 100
MOST_MINUTES = 7 * 24 * 60
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::00)?)?")


class ShowResult(StrEnum):
    """When whoever answers is told what was right."""

    EACH = "each"
    END = "end"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Rules:
    """`pass_mark` in percent; `shuffled` names the groups whose questions come in any order.

    `opens` and `closes` are as written: a day, or a day and a time, where who answers is.
    """

    pass_mark: int | None = None
    attempts: int | None = None
    time_limit: dt.timedelta | None = None
    show_result: ShowResult = ShowResult.NEVER
    shuffled: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""

    @property
    def is_timed(self) -> bool:
        return self.time_limit is not None or bool(self.closes)


def rules_of(form: FormDefinition) -> Rules:
    """The rules of a form; those of most forms say nothing."""
    said = {name: form.settings[name] for name in RULE_SETTINGS if name in form.settings}
    return _rules(tuple(sorted(said.items()))) if said else NO_RULES


def whole_number(cell: str, least: int, most: int) -> int | None:
    """The number in a cell, None if it is none from `least` to `most`."""
    text = cell.strip().removesuffix(".0").removesuffix("%").strip()
    number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else -1
    return number if least <= number <= most else None


def names(cell: str) -> tuple[str, ...]:
    """Names parted by spaces, commas or semicolons."""
    return tuple(name for name in re.split(r"[\s,;]+", cell) if name)


def opening(said: str, zone: str) -> dt.datetime | None:
    """The instant at which a window begins; None where the cell is no moment."""
    return _instant(said, zone, next_day=False)


def closing(said: str, zone: str) -> dt.datetime | None:
    """The instant at which a window ends: a day counts to its end."""
    return _instant(said, zone, next_day=True)


def deadline(rules: Rules, begun_at: dt.datetime, zone: str) -> dt.datetime | None:
    """When answers are handed in as they stand: the window ends, or the time limit."""
    ends = [closing(rules.closes, zone)]
    if rules.time_limit is not None:
        ends.append(begun_at + rules.time_limit)
    return min((end for end in ends if end is not None), default=None)


def _instant(said: str, zone: str, *, next_day: bool) -> dt.datetime | None:
    found = _MOMENT.fullmatch(said.strip())
    if found is None:
        return None
    try:
        day = dt.date.fromisoformat(found[1])
        wall = dt.time.fromisoformat(found[2]) if found[2] else dt.time()
        if found[2] is None and next_day:
            day += dt.timedelta(days=1)
        return calendar.instant(day, wall, zone)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=64)
def _rules(said: tuple[tuple[str, str], ...]) -> Rules:
    given: Mapping[str, str] = dict(said)
    minutes = whole_number(given.get("time_limit", ""), 1, MOST_MINUTES)
    shown = given.get("show_result", "").strip().lower()
    return Rules(
        pass_mark=whole_number(given.get("pass_mark", ""), 0, 100),
        attempts=whole_number(given.get("attempts", ""), 1, MOST_ATTEMPTS),
        time_limit=dt.timedelta(minutes=minutes) if minutes else None,
        show_result=ShowResult(shown) if shown in set(ShowResult) else ShowResult.NEVER,
        shuffled=names(given.get("shuffle_questions", "")),
        opens=given.get("opens", "").strip(),
        closes=given.get("closes", "").strip(),
    )


NO_RULES = Rules()
