"""To supervisors, on the last working day of a week: who of their people is in a class next."""

from __future__ import annotations

import datetime as dt

from bot.calendar import DAY, instant
from bot.campaigns import class_dates
from bot.campaigns.rules import CLASS_RULES, Audience
from bot.context import Ctx
from bot.delivery import outbox
from bot.people import own_days
from bot.training import team_weeks
from bot.training.schedule import latest_local_date

(RULE,) = (rule for rule in CLASS_RULES if rule.audience is Audience.SUPERVISORS)
LAST_MINUTE = dt.time(23, 59)
USEFUL = dt.timedelta(days=3)
"""After so many days the week has begun."""
WEEK = team_weeks.DAYS_A_WEEK * DAY


def report(ctx: Ctx) -> None:
    """Queue what is due and not yet written: one message for each supervisor and week."""
    today = latest_local_date(ctx.now())
    ends = {
        team_weeks.week_end_before(ctx, held.starts_on)
        for held in class_dates.coming(ctx, ctx.now() - USEFUL)
        if held.starts_on is not None and held.starts_on <= today + WEEK
    }
    for week_end in sorted(day for day in ends if day <= today <= day + USEFUL + DAY):
        people = team_weeks.attending(ctx, week_end + DAY, week_end + WEEK)
        for person_id in dict.fromkeys(one.told_id for one in people):
            _tell(ctx, person_id, week_end)


def next_report(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which somebody may have to be told."""
    ends = {
        team_weeks.week_end_before(ctx, held.starts_on)
        for held in class_dates.coming(ctx, after)
        if held.starts_on is not None
    }
    told = {
        one.told_id for one in team_weeks.attending(ctx, latest_local_date(after), dt.date.max)
    }
    zones = set(own_days.zones_of(ctx, told).values())
    moments = (instant(day, RULE.wall, zone) for day in ends for zone in zones)
    return min((moment for moment in moments if moment > after), default=None)


def _tell(ctx: Ctx, person_id: int, week_end: dt.date) -> None:
    zone = own_days.zone_of(ctx, person_id)
    at = instant(week_end, RULE.wall, zone)
    until = instant(week_end + USEFUL, LAST_MINUTE, zone)
    if not at <= ctx.now() < until:
        return
    outbox.tell(
        ctx,
        RULE.notice,
        person_id,
        {"week_end": week_end.isoformat()},
        key=f"team:{person_id}:{week_end.isoformat()}",
        due_at=at,
        useful_until=until,
    )
