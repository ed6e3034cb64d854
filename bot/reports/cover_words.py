"""What cover an office needs for a plan, in words: one line a month."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Joined, Texts, Words, _, _n
from bot.planning.cover import MonthCover
from bot.reports.months import month_words
from bot.shorten import cut

MOST_LINES, LONGEST = 3, 50
"""Lines of the plan that are named for each month, and letters of each that are shown."""


def lines(found: Sequence[MonthCover]) -> list[Words]:
    """How many are expected to be away in which month, and in what most of them."""
    return [_month(one) for one in found]


def _month(one: MonthCover) -> Words:
    first = sorted(one.lines, key=lambda line: -line.people)
    named: list[Words] = [
        _("{title} {count}", title=_short(line.title), count=line.people)
        for line in first[:MOST_LINES]
    ]
    if len(first) > MOST_LINES:
        named.append(_n("{count} other course", "{count} other courses", len(first) - MOST_LINES))
    return _n(
        "{month}: {count} person ({what})",
        "{month}: {count} people ({what})",
        one.people,
        month=month_words(one.month),
        what=Joined(tuple(named)),
    )


def _short(title: Words) -> Words:
    if isinstance(title, str):
        return cut(title, LONGEST)
    if isinstance(title, Texts):
        return Texts(tuple((code, cut(words, LONGEST)) for code, words in title.by_language))
    return title
