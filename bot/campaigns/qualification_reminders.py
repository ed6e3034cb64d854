"""Holders are told before what they hold ends, on its last day, and once it has lapsed.

Found by the stage that was told last: what is not due is not read, however much there is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select, update

from bot import policy
from bot.calendar import DAY, instant
from bot.campaigns import local_days, team_lapses
from bot.campaigns.rules import ENDS, LAPSED
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.people import Person
from bot.models.qualifications import Qualification
from bot.training.qualifications import earning, stages, validity
from bot.training.qualifications.validity import TOLD_LAPSED

CHUNK = 300
MIDNIGHT = dt.time(0)
DATES_AT_ONCE = 4
"""At one instant it is three dates at most: a fourth one is still to come in every zone."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the unit has set, and the first date of which anything is told."""

    days: Sequence[int]
    return_days: int
    first: dt.date


class _Told(NamedTuple):
    """Rows that were told the same stage last and have the same days of grace."""

    stage: int | None
    grace: int


class _Due(NamedTuple):
    """A row of which a new stage is reached, and whether its holder is on the roster."""

    held: Qualification
    stage: int
    person: Person


def remind(ctx: Ctx) -> None:
    """Queue what is due and not yet written, at most so much at a time; idempotent."""
    terms, room = _terms(ctx), CHUNK
    told = list(_all_told(ctx))
    for today, here in local_days.by_day(ctx, ENDS.wall).items():
        for group in told:
            due = _due(ctx, terms, group, today, here, room)
            _write(ctx, terms, due)
            room -= len(due)
            if room <= 0:
                return


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which something may fall due."""
    terms = _terms(ctx)
    dates = {
        day
        for group in _all_told(ctx)
        for day in (*_ends(ctx, terms, group, after.date()), *_ends_otherwise(ctx, terms, group))
    }
    moments = (
        instant(day, ENDS.wall, zone or ctx.settings.timezone)
        for day in dates
        for zone in local_days.zones(ctx.session)
    )
    return min((moment for moment in moments if moment > after), default=None)


def key_of(held: Qualification, stage: int, occasion: dt.date) -> str:
    """The outbox key of what is told at a stage of something that ends on `occasion`."""
    return f"qualification:{held.id}:stage:{stage}:{occasion.isoformat()}"


def _terms(ctx: Ctx) -> _Terms:
    return _Terms(
        days=policy.value(ctx.session, ENDS.days),
        return_days=policy.value(ctx.session, "return_days"),
        first=policy.go_live(ctx.session),
    )


def _all_told(ctx: Ctx) -> Iterator[_Told]:
    """Every stage that was told, with every grace there is: few, however many rows there are."""
    column = Qualification.told_stage
    known = list(local_days.each(ctx.session, column, Qualification.current, column > TOLD_LAPSED))
    for stage in (None, *known):
        same = (Qualification.current, column.is_(None) if stage is None else column == stage)
        for grace in local_days.each(ctx.session, Qualification.grace_days, *same):
            yield _Told(stage, grace)


def _due(
    ctx: Ctx, terms: _Terms, told: _Told, today: dt.date, here: Sequence[str], room: int
) -> list[_Due]:
    """Rows of a group, held by people in these zones, of which a new stage is reached today."""
    rows = ctx.session.execute(
        select(Qualification, Person)
        .join(Person, Person.id == Qualification.person_id)
        .where(
            *_group(told),
            *_reached(terms, told, today),
            or_(Qualification.away_until.is_(None), Qualification.away_until < today),
            Person.timezone.in_(here),
        )
        .order_by(Qualification.expires_on, Qualification.id)
        .limit(room)
    )
    found = []
    for held, person in rows:
        stage = stages.reached(held, terms.days, today, terms.return_days)
        assert stage is not None, "only what has reached a stage is read"
        found.append(_Due(held, stage, person))
    return found


def _group(told: _Told) -> tuple[Any, ...]:
    is_told = (
        Qualification.told_stage.is_(None)
        if told.stage is None
        else Qualification.told_stage == told.stage
    )
    return Qualification.current, is_told, Qualification.grace_days == told.grace


def _reached(terms: _Terms, told: _Told, today: dt.date) -> tuple[ColumnElement[bool], ...]:
    """That a row has come to the stage after the one it was told last."""
    if told.stage != stages.LAST_DAY:
        return (Qualification.expires_on <= today + _next_days(terms, told.stage) * DAY,)
    back = today - max(told.grace, terms.return_days) * DAY
    return (
        Qualification.expires_on < today - told.grace * DAY,
        or_(Qualification.extended_until.is_(None), Qualification.extended_until < today),
        or_(
            Qualification.away_until.is_(None),
            Qualification.away_until < Qualification.expires_on,
            Qualification.away_until < back,
        ),
    )


def _next_days(terms: _Terms, stage: int | None) -> int:
    """How many days before the end the next stage comes."""
    known = (*terms.days, stages.LAST_DAY)
    return max(day for day in known if stage is None or day < stage)


def _write(ctx: Ctx, terms: _Terms, due: Sequence[_Due]) -> None:
    """Who has left, and dates before those that count, are passed over without a word; so is what
    lapses and is followed at once by what the original courses have earned meanwhile.
    """
    earning.earn(ctx, {one.held.person_id for one in due if one.stage == TOLD_LAPSED})
    due = [one for one in due if one.held.current]
    told = [one for one in due if one.person.active and not one.person.guest]
    told = [one for one in told if _occasion(one, terms) >= terms.first]
    ending = [_notice(ctx, one, terms) for one in told if one.stage != TOLD_LAPSED]
    lapsed = [one for one in told if one.stage == TOLD_LAPSED]
    outbox.tell_all(ctx, ENDS.notice, ending)
    outbox.tell_all(ctx, LAPSED.notice, [_notice(ctx, one, terms) for one in lapsed])
    team_lapses.tell_of_lapses(
        ctx, [(one.held, one.person, _occasion(one, terms)) for one in lapsed]
    )
    by_stage: dict[int, list[int | None]] = defaultdict(list)
    for one in due:
        by_stage[one.stage].append(one.held.id)
    for stage, ids in by_stage.items():
        ctx.session.execute(
            update(Qualification).where(Qualification.id.in_(ids)).values(told_stage=stage)
        )


def _notice(ctx: Ctx, due: _Due, terms: _Terms) -> Notice:
    held, zone = due.held, due.person.timezone or ctx.settings.timezone
    occasion = _occasion(due, terms)
    until = None
    if due.stage != TOLD_LAPSED:
        last_day = validity.lapses_after(held, terms.return_days)
        assert last_day is not None, "what never ends has no stage"
        until = instant(last_day + DAY, MIDNIGHT, zone)
    return Notice(
        held.person_id,
        {"qualification": held.id, "stage": due.stage, "occasion": occasion.isoformat()},
        key_of(held, due.stage, occasion),
        useful_until=until,
    )


def _occasion(due: _Due, terms: _Terms) -> dt.date:
    """The date that it is about: the last day of validity, or the first on which it is lapsed."""
    assert due.held.expires_on is not None, "what never ends has no stage"
    if due.stage != TOLD_LAPSED:
        return due.held.expires_on
    last_day = validity.lapses_after(due.held, terms.return_days)
    assert last_day is not None, "what has lapsed had a last day"
    return last_day + DAY


def _ends(ctx: Ctx, terms: _Terms, told: _Told, today: dt.date) -> Iterator[dt.date]:
    """The next days on which rows of a group come to each stage, by their regular dates."""
    for day in (*terms.days, stages.LAST_DAY, TOLD_LAPSED - told.grace):
        if told.stage is None or day < told.stage:
            since = Qualification.expires_on >= today + (day - 1) * DAY
            ends = local_days.each(ctx.session, Qualification.expires_on, *_group(told), since)
            yield from (one - day * DAY for one in islice(ends, DATES_AT_ONCE))


def _ends_otherwise(ctx: Ctx, terms: _Terms, told: _Told) -> Iterator[dt.date]:
    """The days after absences and extensions, of those rows of a group that have any."""
    rows = ctx.session.scalars(
        select(Qualification).where(
            *_group(told),
            or_(Qualification.away_until.is_not(None), Qualification.extended_until.is_not(None)),
        )
    )
    for held in rows:
        last_day = validity.lapses_after(held, terms.return_days)
        yield from (one + DAY for one in (held.away_until, last_day) if one is not None)
