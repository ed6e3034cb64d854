"""Conditions on qualifications: who holds one on the day it is where they live, and till when.

The same as `training.qualifications.validity` says of one person, asked of the database at once.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Exists,
    Integer,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot import policy
from bot.calendar import DAY, local_date
from bot.campaigns import local_days
from bot.context import Ctx
from bot.models.people import Person
from bot.models.qualifications import Qualification


class days_later(FunctionElement[dt.date]):  # noqa: N801  # reads as the function it is in SQL
    """A day so many days after another; each database has its own way to say it."""

    name = "days_later"
    type = Date()
    inherit_cache = True


@compiles(days_later, "sqlite")
def _on_sqlite(element: days_later, compiler: SQLCompiler, **options: Any) -> str:
    day, count = (compiler.process(part, **options) for part in element.clauses)
    return f"date({day}, '+' || ({count}) || ' days')"


@compiles(days_later, "postgresql")
def _on_postgres(element: days_later, compiler: SQLCompiler, **options: Any) -> str:
    day, count = (compiler.process(part, **options) for part in element.clauses)
    return f"({day} + {count})"


def today_there(ctx: Ctx, days: int = 0) -> ColumnElement[dt.date]:
    """The day it is where each person lives, and so many days on."""
    default = local_date(ctx.now(), ctx.settings.timezone)
    by_zone = {zone: local_date(ctx.now(), zone) for zone in local_days.zones(ctx.session) if zone}
    others = {zone: day for zone, day in by_zone.items() if day != default}
    usual = literal(default + days * DAY, Date())
    if not others:
        return usual
    shifted = {zone: literal(day + days * DAY, Date()) for zone, day in others.items()}
    return case(shifted, value=Person.timezone, else_=usual)


def held(ctx: Ctx, curriculum_id: int) -> Exists:
    """That somebody has earned it and it has not lapsed: days of grace count."""
    return _current(curriculum_id, lasts(ctx))


def expiring(ctx: Ctx, curriculum_id: int, days: int) -> Exists:
    """That somebody holds it, and its last day comes within so many days or has just passed."""
    soon = Qualification.expires_on <= today_there(ctx, days)
    return _current(curriculum_id, and_(soon, lasts(ctx)))


def lasts(ctx: Ctx) -> ColumnElement[bool]:
    """That a qualification has not lapsed, where its holder lives: `lapses_after` as SQL."""
    today = today_there(ctx)
    return_days = int(policy.value(ctx.session, "return_days"))
    last, away = Qualification.expires_on, Qualification.away_until
    grace: ColumnElement[int] = case(
        (Qualification.grace_days > return_days, Qualification.grace_days),
        else_=literal(return_days, Integer()),
    )
    return or_(
        last.is_(None),
        days_later(last, Qualification.grace_days) >= today,
        func.coalesce(Qualification.extended_until, last) >= today,
        and_(away >= last, days_later(away, grace) >= today),
    )


def _current(curriculum_id: int, which: ColumnElement[bool]) -> Exists:
    found = exists().where(
        Qualification.person_id == Person.id,
        Qualification.curriculum_id == curriculum_id,
        Qualification.current,
        which,
    )
    return found.correlate(Person)
