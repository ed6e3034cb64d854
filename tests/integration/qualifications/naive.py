"""Earning once more, as plainly as it can be said: every day is tried, every choice of items.

For one person and one curriculum; slow, and sharing no line with what it is compared to.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

Day = dt.date
ONE = dt.timedelta(days=1)
ALIAS = {"X": "A"}
"""Courses that count as another one."""


@dataclass
class Rules:
    """A curriculum's settings; items are course codes, `?` marks the optional ones."""

    items: dict[str, tuple[str, ...]]
    needed: dict[str, int | None]
    renewed_by: dict[str, str | None]
    rule: str = "completion"
    months: int | None = 12
    fixed_day: str = "12-31"
    least: int = 0
    window: int = 90
    grace: int = 0


@dataclass(frozen=True)
class Row:
    """Something earned, `through` the curriculum of this code."""

    earned_on: Day
    through: str
    expires_on: Day | None
    window_on: Day | None
    grace: int


@dataclass
class Person:
    """What was completed, course and day, and what stands because of it, the oldest first."""

    done: list[tuple[str, Day]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def earn(self, rules: Rules, today: Day) -> None:
        """Add what follows from what stands, as long as anything does."""
        while (row := self._next(rules, today)) is not None:
            self.rows.append(row)

    def settle(self, rules: Rules, today: Day, used: list[set[tuple[str, Day]]]) -> None:
        """Take away what is not borne out, given what each row was earned with; then earn."""
        broken = [i for i, evidence in enumerate(used) if not evidence <= set(self.done)]
        if broken:
            rest = self.rows[broken[0] :]
            self.rows = self.rows[: broken[0]]
            while rest and _is_same(self._next(rules, today), rest[0]):
                self.rows.append(rest.pop(0))
        self.earn(rules, today)

    def _next(self, rules: Rules, today: Day) -> Row | None:
        last = self.rows[-1] if self.rows else None
        if last is None:
            ways, since = ["V"], Day.min
        elif last.window_on is None:
            return None
        else:
            ways, since = [rules.renewed_by[last.through] or last.through], last.window_on
            if today > last_of_grace(last):
                ways.append("V")
        for day in sorted({day for _course, day in self.done if day >= since}):
            for way in ways:
                if is_enough(rules, way, self.between(since, day)):
                    return made(rules, way, day, last)
        return None

    def between(self, since: Day, until: Day) -> list[tuple[str, Day]]:
        return [(course, day) for course, day in self.done if since <= day <= until]


def _is_same(found: Row | None, row: Row) -> bool:
    return found is not None and (found.earned_on, found.through) == (row.earned_on, row.through)


def is_enough(rules: Rules, way: str, completed: Iterable[tuple[str, Day]]) -> bool:
    """Whether these completions make the way: any choice of items will do."""
    courses = {course for course, _day in completed}
    courses |= {ALIAS[course] for course in courses if course in ALIAS}
    items, needed = rules.items[way], rules.needed[way]
    must = {item for item in items if not item.endswith("?")}
    if not must and needed is None:
        must = set(items)
    size = max(len(must), needed or 0)
    return any(
        must <= set(choice) and {item.rstrip("?") for item in choice} <= courses
        for choice in combinations(items, size)
    )


def made(rules: Rules, way: str, day: Day, last: Row | None) -> Row:
    """The row that a completion on this day makes."""
    until = end(rules, day, last)
    if until is None:
        return Row(day, way, None, None, rules.grace)
    opens = until - rules.window * ONE if rules.window else day
    return Row(day, way, until, max(opens, day + ONE), rules.grace)


def end(rules: Rules, day: Day, last: Row | None) -> Day | None:
    """The last day of validity by the rule, straight from its words."""
    if rules.rule == "fixed":
        return fixed_end(rules, day, last)
    if rules.months is None:
        return None
    if rules.rule == "previous" and last is not None and last.expires_on is not None:
        assert last.window_on is not None
        follows = later(last.expires_on, rules.months)
        if last.window_on <= day <= last_of_grace(last) and follows > day:
            return follows
    return later(day, rules.months)


def fixed_end(rules: Rules, day: Day, last: Row | None) -> Day:
    """The latest fixed day that is within reach and late enough, else the first late enough."""
    reach = later(day, 12 if rules.months is None else rules.months)

    def is_late_enough(one: Day) -> bool:
        after = last is None or last.expires_on is None or one > last.expires_on
        return one > day and one >= later(day, rules.least) and after

    days = [on_year(year, rules.fixed_day) for year in range(day.year - 1, day.year + 40)]
    fit = [one for one in days if is_late_enough(one)]
    last_in_reach = [one for one in days if one <= reach][-1]
    return last_in_reach if is_late_enough(last_in_reach) else fit[0]


def last_of_grace(row: Row) -> Day:
    assert row.expires_on is not None
    return row.expires_on + row.grace * ONE


def later(day: Day, months: int) -> Day:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def on_year(year: int, month_day: str) -> Day:
    month, day = (int(part) for part in month_day.split("-"))
    return Day(year, month, min(day, calendar.monthrange(year, month)[1]))
