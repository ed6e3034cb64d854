"""A plan as the layouts write it: its year and its lines, with titles in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.models.planning import Category, Change
from bot.planning import cohorts
from bot.planning.details import PERIOD


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as it is written; `cost` is None where nothing was reckoned."""

    code: str
    title: str
    category: Category
    section: str
    change: Change
    target: str
    cohorts: int
    trainees: int | None
    mode: str
    place: str
    months: tuple[int, ...]
    days: float | None
    hours: float | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    required: bool
    remark: str
    details: Mapping[str, str]
    cost: float | None

    @property
    def period(self) -> str:
        """How long and at what hours in the words of the plan; blank where figures say it."""
        return self.details.get(PERIOD, "")

    @property
    def seats(self) -> int | None:
        """Of all cohorts together; None for all officials."""
        return None if self.trainees is None else self.cohorts * self.trainees

    @property
    def by_month(self) -> Mapping[int | None, int]:
        """How many cohorts there are in each month."""
        return cohorts.cohorts_by_month(self.months, self.cohorts)


@dataclass(frozen=True, slots=True)
class Modification:
    """What has changed in a course since last year (case 5, 4.2)."""

    change: Change
    title: str
    said: str


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A plan with the lines that were not dropped, in order."""

    first: dt.date
    label: str
    lines: tuple[WrittenLine, ...]
    modifications: tuple[Modification, ...]

    @property
    def months(self) -> tuple[int, ...]:
        """The calendar months in the order of the plan year."""
        return tuple(first.month for first in cohorts.months_from(self.first))
