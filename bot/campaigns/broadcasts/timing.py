"""When a message to many goes to whom: at once, at an instant, or by each reader's own clock."""

from __future__ import annotations

import datetime as dt

from bot import policy
from bot.calendar import instant, local_date, next_allowed
from bot.context import Ctx
from bot.models.broadcasts import Broadcast, BroadcastKind

FARTHEST_EAST = "Etc/GMT-14"
"""Where a day begins first."""


def begins(day: dt.date, wall: dt.time) -> dt.datetime:
    """The first instant at which it is `wall` of `day` anywhere."""
    return instant(day, wall, FARTHEST_EAST)


def day_of(row: Broadcast) -> dt.date | None:
    """The day on whose `local_time` it goes out; None where it is no reader's own."""
    if row.local_time is None or row.send_at is None:
        return None
    return local_date(row.send_at, FARTHEST_EAST)


def is_over(ctx: Ctx, row: Broadcast) -> bool:
    """Whether the time that was chosen has passed, by the actor's clock where it is each reader's
    own hour.
    """
    day = day_of(row)
    if day is not None and row.local_time is not None:
        return instant(day, row.local_time, ctx.actor.zone) < ctx.now()
    return row.send_at is not None and row.send_at < ctx.now()


def due_for(ctx: Ctx, row: Broadcast, zone: str) -> dt.datetime:
    """When somebody in `zone` gets it at the earliest; quiet hours hold back all but an
    emergency.
    """
    day = day_of(row)
    if day is not None and row.local_time is not None:
        due = instant(day, row.local_time, zone)
    else:
        due = row.send_at or ctx.now()
    return awake(ctx, row, max(due, ctx.now()), zone)


def awake(ctx: Ctx, row: Broadcast, at: dt.datetime, zone: str) -> dt.datetime:
    """`at` itself, or the end of the reader's quiet hours that it falls into."""
    if row.kind is BroadcastKind.EMERGENCY:
        return at
    return next_allowed(at, zone, policy.quiet_hours(ctx.session))
