"""On the first of each month every director gets one picture of the month that ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import exists, select

from bot import policy
from bot.calendar import DAY, add_months, instant, local_date
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation.month import first_of
from bot.models.chats import Chat
from bot.models.delivery import Urgency
from bot.models.people import Person, Role
from bot.people import access
from bot.people.access_table import Action

WALL = dt.time(8)
LATEST_DAYS = 10
"""After an outage the picture still comes within so many days."""
MONTH_PICTURE = outbox.declare(
    NoticeKind("month_picture", Urgency.ORDINARY, useful_for=dt.timedelta(days=LATEST_DAYS))
)


def due(ctx: Ctx) -> list[tuple[int, str]]:
    """Who is to get a picture now that nobody has told them: person and month (YYYY-MM-01)."""
    found = []
    for person in _directors(ctx):
        month, person_id = _due(ctx, person), person.id or 0
        if month is not None and not outbox.is_told(ctx, key_of(person_id, month.isoformat())):
            found.append((person_id, month.isoformat()))
    return found


def next_report(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which a picture is due."""
    moments = (
        instant(day, WALL, zone)
        for zone in {_zone(ctx, person) for person in _directors(ctx)}
        for day in _firsts(local_date(after, zone))
    )
    return min((moment for moment in moments if moment > after), default=None)


def key_of(person_id: int, month: str) -> str:
    """The outbox key of somebody's picture of a month."""
    return f"{person_id}:month:{month}"


def _due(ctx: Ctx, person: Person) -> dt.date | None:
    """The first day of the month that a picture is due of, where this person is."""
    zone = _zone(ctx, person)
    today = local_date(ctx.now(), zone)
    begins = instant(today.replace(day=1), WALL, zone)
    month = first_of(today)
    is_time = begins <= ctx.now() and today.day <= LATEST_DAYS
    return month if is_time and today.replace(day=1) - DAY >= policy.go_live(ctx.session) else None


def _firsts(today: dt.date) -> Iterator[dt.date]:
    first = today.replace(day=1)
    yield first
    yield add_months(first, 1)


def _directors(ctx: Ctx) -> list[Person]:
    """The executives who have a chat; the others could not be told."""
    ids = [
        person_id
        for person_id in access.people_with(ctx.session, Role.EXECUTIVE)
        if access.may(replace(ctx, actor=Actor(person_id=person_id)), Action.READ_REPORTS)
    ]
    return list(
        ctx.session.scalars(
            select(Person)
            .where(Person.id.in_(ids), exists().where(Chat.person_id == Person.id))
            .order_by(Person.id)
        )
    )


def _zone(ctx: Ctx, person: Person) -> str:
    return person.timezone or ctx.settings.timezone
