"""What results are about, and the sections that each level of the evaluation adds to them.

Every level registers one summary, so that no figure is worked out, or printed, twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.context import Ctx
from bot.evaluation.published import Published
from bot.i18n import Percent, Words


class ScopeKind(StrEnum):
    """What a report on results can be about."""

    CLASS = "class"
    COURSE = "course"
    TRAINER = "trainer"
    UNIT = "unit"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Scope:
    """One class, or all classes of a course, a trainer, an office or a time; see `scopes`.

    `number` is the id of the class, course, trainer or office, 0 for a year; classes count that
    ended from `since` to `until`, both included, where these are given. Whoever gets one has been
    asked for: `scopes.opened` refuses readers, `scopes.classes` leaves out what is beyond them.
    """

    kind: ScopeKind
    number: int = 0
    since: dt.date | None = None
    until: dt.date | None = None


Value: TypeAlias = float | int | Percent | Words | None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is, its value, from how many answers or people, and that of before.

    A `value` of None is withheld and looks like one that nobody gave. `before` is the same of the
    earlier classes of the course, `code` what a workbook calls it.
    """

    label: Words
    value: Value
    count: int | None = None
    before: Value = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What one level has to say; `level` is Kirkpatrick's, 1 to 4. `ratings` is what pictures are
    drawn from, where its lines are averages of a scale.
    """

    level: int
    title: Words
    lines: tuple[Line, ...] = ()
    notes: tuple[Words, ...] = ()
    ratings: Published | None = None


Summary: TypeAlias = Callable[[Ctx, Scope], Section | None]
SUMMARIES: dict[str, tuple[int, Summary]] = {}


def summary(name: str, level: int) -> Callable[[Summary], Summary]:
    """Register what one level says of a scope, None where it has nothing; refuses a second one of
    the name. What was answered without names must come from `published` only.
    """

    def keep(function: Summary) -> Summary:
        if name in SUMMARIES:
            raise ValueError(f"level {name} is summed up twice")
        SUMMARIES[name] = (level, function)
        return function

    return keep


def sections(ctx: Ctx, scope: Scope) -> tuple[Section, ...]:
    """All that is to be said of a scope, in the order of the levels."""
    in_order = sorted(SUMMARIES.items(), key=lambda item: (item[1][0], item[0]))
    found = (summed_up(ctx, scope) for _name, (_level, summed_up) in in_order)
    return tuple(section for section in found if section is not None)
