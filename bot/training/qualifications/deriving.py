"""What somebody has earned next, from what they completed: pure, one step at a time.

Earning only goes forward. What is completed before the window of what is held stays a record and
renews nothing; what was earned is never counted anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.models.qualifications import ExpiryRule
from bot.training.equivalence import Learned
from bot.training.qualifications import validity
from bot.training.qualifications.paths import Evidence, Met, Path, met
from bot.training.qualifications.validity import Dated, Standing, Terms


@dataclass(frozen=True, slots=True)
class Known:
    """A curriculum as earning looks at it; `renewed_by` names the next path, if another one."""

    path: Path
    terms: Terms
    renewed_by: int | None = None
    active: bool = True


class Last(Dated, Protocol):
    """What is held already."""

    @property
    def through_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Next:
    """Something earned now; `renews` if something of the same curriculum was held before."""

    earned_on: dt.date
    expires_on: dt.date | None
    window_on: dt.date | None
    grace_days: int
    rule: ExpiryRule
    through_id: int
    evidence: Evidence
    renews: bool = False
    extended_until: dt.date | None = None
    away_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Today where the person lives, and the days of grace after an absence."""

    today: dt.date
    return_days: int


def next_earned(
    curricula: Mapping[int, Known],
    curriculum_id: int,
    learned: Learned,
    last: Last | None,
    day: Day,
) -> Next | None:
    """What follows `last`, or is earned first; None where too little was completed.

    A curriculum that was retired is earned by nobody for the first time.
    """
    known = curricula[curriculum_id]
    if last is None:
        enough = met(known.path, learned) if known.active else None
    else:
        enough = _renewal(curricula, known, learned, last, day)
    if enough is None:
        return None
    dates = validity.earned(known.terms, enough.on, last, day.return_days)
    return Next(
        earned_on=dates.earned_on,
        expires_on=dates.expires_on,
        window_on=dates.window_on,
        grace_days=dates.grace_days,
        rule=known.terms.expiry_rule,
        through_id=enough.curriculum_id,
        evidence=enough.evidence,
        renews=last is not None,
    )


def renewal_paths(
    curricula: Mapping[int, Known], curriculum_id: int, last: Last, day: Day
) -> tuple[Path, ...]:
    """The ways to renew what is held: the one that follows the way it was earned by, and once it
    has lapsed the original one too; none for what never expires.
    """
    if last.window_on is None:
        return ()
    renewal = curricula[curricula[last.through_id].renewed_by or last.through_id].path
    original = curricula[curriculum_id].path
    lapsed = validity.standing(last, day.today, day.return_days) is Standing.LAPSED
    return (renewal, original) if lapsed and original != renewal else (renewal,)


def _renewal(
    curricula: Mapping[int, Known], known: Known, learned: Learned, last: Last, day: Day
) -> Met | None:
    paths = renewal_paths(curricula, known.path.curriculum_id, last, day)
    found = [one for path in paths if (one := met(path, learned, last.window_on)) is not None]
    return min(found, key=lambda one: one.on, default=None)
