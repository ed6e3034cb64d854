"""Which day it is for reminding, zone by zone: a day counts from the hour of its reminders on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from bot.calendar import DAY, instant, local_date
from bot.context import Ctx
from bot.models.people import Person


def by_day(ctx: Ctx, wall: dt.time) -> Mapping[dt.date, list[str]]:
    """Every zone that the roster knows, by the day on which `wall` was last there."""
    found: dict[dt.date, list[str]] = defaultdict(list)
    for zone in zones(ctx.session):
        found[day_in(ctx, zone, wall)].append(zone)
    return found


def day_in(ctx: Ctx, zone: str, wall: dt.time) -> dt.date:
    """The day on which it was `wall` last in a zone; a blank one is the administration's."""
    local = zone or ctx.settings.timezone
    today = local_date(ctx.now(), local)
    return today if instant(today, wall, local) <= ctx.now() else today - DAY


def zones(session: Session) -> list[str]:
    """Every zone that the roster knows: few, however many people there are."""
    return list(each(session, Person.timezone))


def each(session: Session, column: Any, *where: Any) -> Iterator[Any]:
    """The values there are of a column, in order, each by one look into its index."""
    value = session.execute(select(func.min(column)).where(*where)).scalar()
    while value is not None:
        yield value
        value = session.execute(select(func.min(column)).where(*where, column > value)).scalar()
