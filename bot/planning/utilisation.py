"""How well rooms and beds are used, month by month: 60 to 80 % of the working days is good use.

A cohort takes one room on each of its days, from its month on; a residential one a bed for each
trainee as well. Lines without a place, a month or days cannot be counted, and are named.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select

from bot.context import Ctx
from bot.models.planning import PlanLine
from bot.people import access
from bot.people.access_table import Action
from bot.planning import cohorts, facilities, reading, workdays
from bot.planning.facilities import FacilityCard

LEAST, MOST = 0.6, 0.8


class Use(StrEnum):
    """How much of what there is is used."""

    UNUSED = "unused"
    LITTLE = "little"
    GOOD = "good"
    MUCH = "much"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Rate:
    """Days used of those there are; a share of None has nothing to be used."""

    used: float
    there: float

    @property
    def share(self) -> float | None:
        return self.used / self.there if self.there else None

    @property
    def use(self) -> Use:
        share = self.share
        if share is None:
            return Use.OVER if self.used else Use.UNUSED
        if share > 1:
            return Use.OVER
        if share > MOST:
            return Use.MUCH
        return Use.GOOD if share >= LEAST else Use.LITTLE if share else Use.UNUSED


@dataclass(frozen=True, slots=True)
class Stay:
    """Days of a line's cohorts that begin together, all of them counted, in one month at a place;
    `trainees` and `beds` are those of one cohort, 0 beds where nobody stays.
    """

    facility_id: int
    month: dt.date
    line: str
    days: float
    trainees: int
    beds: int


@dataclass(frozen=True, slots=True)
class MonthUse:
    """One place in one month."""

    month: dt.date
    rooms: Rate
    beds: Rate


@dataclass(frozen=True, slots=True)
class PlaceUse:
    """One place over the year; `crowded` are codes of lines whose cohorts have more trainees than
    there are seats, or more who stay than there are beds.
    """

    place: FacilityCard
    months: tuple[MonthUse, ...]
    crowded: tuple[str, ...] = ()

    @property
    def year(self) -> Rate:
        return Rate(
            sum(one.rooms.used for one in self.months), sum(one.rooms.there for one in self.months)
        )

    @property
    def year_beds(self) -> Rate:
        return Rate(
            sum(one.beds.used for one in self.months), sum(one.beds.there for one in self.months)
        )


@dataclass(frozen=True, slots=True)
class Utilisation:
    """Every place that is in use or planned with; `uncounted` are codes of lines that lack a
    place, a month or days.
    """

    places: tuple[PlaceUse, ...]
    uncounted: tuple[str, ...] = field(default=())


def of_plan(ctx: Ctx, plan_id: int) -> Utilisation:
    """How a plan uses the places; refuses who may not edit plans."""
    access.require(ctx, Action.EDIT_PLAN)
    plan = reading.require(ctx, plan_id)
    query = select(PlanLine).where(PlanLine.plan_id == plan_id, reading.HELD)
    lines = ctx.session.scalars(query.order_by(PlanLine.number)).all()
    worked = workdays.by_month(ctx, plan.plan_year)
    found = [stay for line in lines for stay in stays(line, plan.plan_year, worked)]
    by_place: dict[int, list[Stay]] = defaultdict(list)
    for stay in found:
        by_place[stay.facility_id].append(stay)
    places = tuple(
        _place(card, by_place.get(card.id, []), worked)
        for card in facilities.listed(ctx)
        if card.active or card.id in by_place
    )
    return Utilisation(places, tuple(line.code for line in lines if not _is_countable(line)))


def stays(line: PlanLine, plan_year: dt.date, worked: Mapping[dt.date, int]) -> Iterable[Stay]:
    """How many days of which months the cohorts of a line take; what is longer than its month goes
    on in the next, and ends with the plan year.
    """
    if not _is_countable(line):
        return
    assert line.facility_id is not None
    trainees = line.trainees or 0
    for month, times in cohorts.cohorts_by_month(line.months, line.cohorts).items():
        assert month is not None
        left = float(math.ceil(line.days or 0))
        first = cohorts.month_of_year(plan_year, month)
        for held in (one for one in worked if one >= first):
            days = min(left, float(worked[held]))
            if days <= 0:
                break
            beds = trainees if line.residential else 0
            yield Stay(line.facility_id, held, line.code, days * times, trainees, beds)
            left -= days


def _is_countable(line: PlanLine) -> bool:
    return bool(line.facility_id and line.months and line.days)


def _place(card: FacilityCard, found: Sequence[Stay], worked: Mapping[dt.date, int]) -> PlaceUse:
    rooms, beds = dict.fromkeys(worked, 0.0), dict.fromkeys(worked, 0.0)
    for one in found:
        rooms[one.month] += one.days
        beds[one.month] += one.days * one.beds
    months = tuple(
        MonthUse(month, Rate(rooms[month], card.rooms * days), Rate(beds[month], card.beds * days))
        for month, days in worked.items()
    )
    crowded = dict.fromkeys(one.line for one in found if _is_crowded(card, one))
    return PlaceUse(card, months, tuple(crowded))


def _is_crowded(card: FacilityCard, stay: Stay) -> bool:
    return 0 < card.seats < stay.trainees or stay.beds > card.beds
