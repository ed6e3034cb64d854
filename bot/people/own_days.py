"""Which day it is where people live: what holds for somebody counts by their own clock, whoever
reads of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from functools import cache
from typing import TypeAlias

from sqlalchemy import select

from bot.calendar import local_date
from bot.context import Ctx
from bot.models.people import Person
from bot.people import directory

DayIn: TypeAlias = Callable[[str], dt.date]
"""The day it is now in a time zone; a blank one is the administration's."""


def zone_of(ctx: Ctx, person_id: int) -> str:
    """The time zone somebody lives in, by id."""
    return directory.zone_of(ctx.session.get(Person, person_id), ctx.settings)


def zones_of(ctx: Ctx, person_ids: Collection[int]) -> dict[int, str]:
    """The time zone each of them lives in."""
    rows = ctx.session.execute(select(Person.id, Person.timezone).where(Person.id.in_(person_ids)))
    return {person_id: zone or ctx.settings.timezone for person_id, zone in rows}


def today_of(ctx: Ctx, person_id: int) -> dt.date:
    """The day it is where somebody lives."""
    return local_date(ctx.now(), zone_of(ctx, person_id))


def by_zone(ctx: Ctx) -> DayIn:
    """The day it is in any zone, each reckoned once: for many people at one moment."""
    now, usual = ctx.now(), ctx.settings.timezone

    @cache
    def day_in(zone: str) -> dt.date:
        return local_date(now, zone or usual)

    return day_in
