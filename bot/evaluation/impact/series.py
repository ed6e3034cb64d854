"""An indicator month by month, for those whom a class is about: trainees, their offices, or all.

Figures of the trainees themselves go before those of their offices, and these before those of
the whole administration. A month's value is the mean over all who are covered.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import TypeAlias

from sqlalchemy import or_, select
from sqlmodel import Session

from bot.evaluation.impact.indicators import IndicatorCard
from bot.evaluation.impact.periods import Periods
from bot.i18n import Words, _, _n
from bot.long_text import and_more
from bot.models.impact import IndicatorValue
from bot.models.people import Person, Posting
from bot.models.training import Enrolment, TrainingClass
from bot.people import directory
from bot.training import organisation
from bot.training.membership import TRAINEE_STATES
from bot.training.organisation import Organisation

Months: TypeAlias = Mapping[dt.date, float]
MOST_NAMED = 6
"""Missing figures named one by one; of more it is said how many."""


class Level(StrEnum):
    """Whose figures they are."""

    PEOPLE = "people"
    OFFICES = "offices"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Series:
    """One value a month before and after, or what is missing: then neither is there.

    `covered` of `possible` people or offices have figures.
    """

    indicator: IndicatorCard
    level: Level | None
    covered: int
    possible: int
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()
    missing: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Homes:
    """Where trainees served when their class began, in the tree of offices."""

    of_trainees: Mapping[int, int]
    tree: Organisation

    def nearest(self, unit_id: int, known: Collection[int]) -> int | None:
        """The office itself or the first above it that is known."""
        return next((one for one in self.tree.line(unit_id) if one in known), None)


def read(
    session: Session,
    held: TrainingClass,
    indicators: Sequence[IndicatorCard],
    periods: Periods,
    fewest_people: int,
) -> list[Series]:
    """The series of each indicator; of fewer than `fewest_people` people none is given."""
    values = _values(session, indicators, (*periods.before, *periods.after))
    found_homes = homes(session, held)
    return [
        _series(session, one, values[one.id], found_homes, periods, fewest_people)
        for one in indicators
    ]


def homes(session: Session, held: TrainingClass) -> Homes:
    """The offices of a class's trainees on its first day, as far as is known."""
    rows = session.execute(
        select(Person.id, Person.unit_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.class_id == held.id, Enrolment.state.in_(TRAINEE_STATES))
    )
    units = dict(rows.all())
    if held.starts_on is not None:
        posts = session.execute(
            select(Posting.person_id, Posting.unit_id).where(
                Posting.person_id.in_(units),
                Posting.from_on <= held.starts_on,
                or_(Posting.until_on.is_(None), Posting.until_on > held.starts_on),
            )
        )
        units |= dict(posts.all())
    return Homes(units, organisation.load(session))


def _values(
    session: Session, indicators: Sequence[IndicatorCard], months: Iterable[dt.date]
) -> dict[int, dict[tuple[int | None, int | None], dict[dt.date, float]]]:
    """Figures by indicator, by office and person, by month."""
    found: dict[int, dict[tuple[int | None, int | None], dict[dt.date, float]]] = {
        one.id: defaultdict(dict) for one in indicators
    }
    rows = session.execute(
        select(
            IndicatorValue.indicator_id,
            IndicatorValue.unit_id,
            IndicatorValue.person_id,
            IndicatorValue.month,
            IndicatorValue.figure,
        ).where(IndicatorValue.indicator_id.in_(found), IndicatorValue.month.in_(list(months)))
    )
    for indicator_id, unit_id, person_id, month, figure in rows:
        found[indicator_id][unit_id, person_id][month] = figure
    return found


def _series(
    session: Session,
    indicator: IndicatorCard,
    values: Mapping[tuple[int | None, int | None], Months],
    about: Homes,
    periods: Periods,
    fewest_people: int,
) -> Series:
    people = {who: months for (_u, who), months in values.items() if who in about.of_trainees}
    if people:
        return _of_people(indicator, people, len(about.of_trainees), periods, fewest_people)
    offices = {unit: months for (unit, who), months in values.items() if unit and who is None}
    nearest = {home: about.nearest(home, offices) for home in set(about.of_trainees.values())}
    covered = {unit: offices[unit] for unit in nearest.values() if unit is not None}
    if covered:
        possible = len(covered) + list(nearest.values()).count(None)
        named = {unit: directory.office(session, unit).name for unit in covered}
        lacking = _lacking(indicator, covered, named, periods)
        return _made(indicator, Level.OFFICES, covered, possible, periods, lacking)
    if (None, None) in values:
        whole = {0: values[None, None]}
        words: dict[int, Words] = {0: _("the whole administration")}
        lacking = _lacking(indicator, whole, words, periods)
        return _made(indicator, Level.ALL, whole, 1, periods, lacking)
    nothing = _("{indicator}: there are no figures of these months.", indicator=indicator.title)
    return Series(indicator, None, 0, 0, missing=(nothing,))


def _of_people(
    indicator: IndicatorCard,
    people: Mapping[int | None, Months],
    possible: int,
    periods: Periods,
    fewest: int,
) -> Series:
    """Nobody is named, and of a handful nothing is said."""
    if len(people) < fewest:
        few = _n(
            "{indicator}: fewer than {count} trainee has figures.",
            "{indicator}: fewer than {count} trainees have figures.",
            fewest,
            indicator=indicator.title,
        )
        return Series(indicator, Level.PEOPLE, len(people), possible, missing=(few,))
    lacking: list[Words] = []
    for month in (*periods.before, *periods.after):
        without = sum(month not in months for months in people.values())
        if without:
            lacking.append(
                _n(
                    "{indicator}, {month}: the figure of {count} trainee is missing.",
                    "{indicator}, {month}: the figures of {count} trainees are missing.",
                    without,
                    indicator=indicator.title,
                    month=f"{month:%Y-%m}",
                )
            )
    return _made(indicator, Level.PEOPLE, people, possible, periods, lacking)


def _lacking(
    indicator: IndicatorCard,
    covered: Mapping[int, Months],
    named: Mapping[int, Words],
    periods: Periods,
) -> list[Words]:
    return [
        _(
            "{indicator}, {month}: the figure of {who} is missing.",
            indicator=indicator.title,
            month=f"{month:%Y-%m}",
            who=named[who],
        )
        for who, months in covered.items()
        for month in (*periods.before, *periods.after)
        if month not in months
    ]


def _made(
    indicator: IndicatorCard,
    level: Level,
    covered: Mapping[int, Months] | Mapping[int | None, Months],
    possible: int,
    periods: Periods,
    lacking: Sequence[Words],
) -> Series:
    if lacking:
        return Series(indicator, level, len(covered), possible, missing=_cut(lacking))

    def monthly(months: Sequence[dt.date]) -> tuple[float, ...]:
        return tuple(fmean(one[month] for one in covered.values()) for month in months)

    before, after = monthly(periods.before), monthly(periods.after)
    return Series(indicator, level, len(covered), possible, before, after)


def _cut(lacking: Sequence[Words]) -> tuple[Words, ...]:
    return (*lacking[:MOST_NAMED], *and_more(len(lacking) - MOST_NAMED))
