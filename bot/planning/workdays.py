"""Working days of the months of a plan year: by the working week and the public holidays."""

from __future__ import annotations

import datetime as dt
from functools import reduce

from bot import policy
from bot.calendar import DAY, add_months, public_holidays, week_of
from bot.context import Ctx
from bot.planning import cohorts


def by_month(ctx: Ctx, plan_year: dt.date) -> dict[dt.date, int]:
    """How many days are worked in each month of the plan year, by its first day."""
    week = week_of(policy.value(ctx.session, "working_week"))
    country = ctx.settings.country
    years = (plan_year.year, plan_year.year + 1)
    days_off = reduce(frozenset.union, (public_holidays(country, one) for one in years))
    return {
        first: sum(
            day.weekday() in week and day not in days_off
            for day in _days(first, add_months(first, 1))
        )
        for first in cohorts.months_from(plan_year)
    }


def _days(first: dt.date, end: dt.date) -> list[dt.date]:
    return [first + place * DAY for place in range((end - first).days)]
