"""Holders are told before what they hold ends, on its last day, and once it has lapsed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import String, cast, func, literal, or_, select

from bot.calendar import DAY, instant
from bot.campaigns import local_days, qualification_stages, team_lapses
from bot.campaigns.qualification_stages import Terms, Told, same_told
from bot.campaigns.rules import ENDS, LAPSED
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Each
from bot.models.people import Person
from bot.models.qualifications import Curriculum, Qualification
from bot.training.qualifications import earning, stages, validity
from bot.training.qualifications.validity import TOLD_LAPSED

CHUNK = 1000
LOOKED_AT = 25
"""People at a time whose lapses may have been earned anew: looking takes long, others write."""
DATES_AT_ONCE = 4
"""At one instant it is three dates at most: a fourth one is still to come in every zone."""
IN_THE_ROSTER: tuple[Any, ...] = (
    Person.id == Qualification.person_id,
    Person.active,
    ~Person.guest,
)


def remind(ctx: Ctx) -> None:
    """Queue what is due and not yet written, at most so much at a time; idempotent.

    Who has left, and dates before those that count, are passed over without a word.
    """
    set_by, room = qualification_stages.terms(ctx), CHUNK
    moved: list[tuple[int, int]] = []
    before: dict[int, int | None] = {}
    told = list(qualification_stages.all_told(ctx))
    by_day = local_days.by_day(ctx, ENDS.wall)
    for today, zones in by_day.items():
        here = zones if len(by_day) > 1 else None
        for group in told:
            left = room - len(moved)
            if left > 0:
                found = qualification_stages.move_on(ctx, set_by, group, today, here, left)
                before |= {row_id: group.stage for row_id, _stage in found}
                moved += found
    _tell_of_ends(ctx, set_by, [row_id for row_id, stage in moved if stage != TOLD_LAPSED])
    lapsed = {row_id: before[row_id] for row_id, stage in moved if stage == TOLD_LAPSED}
    _tell_of_lapses(ctx, set_by, lapsed)


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which something may fall due."""
    set_by = qualification_stages.terms(ctx)
    dates = {
        day
        for group in qualification_stages.all_told(ctx)
        for day in (*_ends(ctx, set_by, group, after.date()), *_otherwise(ctx, set_by, group))
    }
    moments = (
        instant(day, ENDS.wall, zone or ctx.settings.timezone)
        for day in dates
        for zone in local_days.zones(ctx.session)
    )
    return min((moment for moment in moments if moment > after), default=None)


def _tell_of_ends(ctx: Ctx, set_by: Terms, ids: Sequence[int]) -> None:
    if ids:
        outbox.tell_each(
            ctx,
            ENDS.notice,
            _each(Qualification.expires_on),
            Qualification.id.in_(ids),
            Qualification.expires_on >= set_by.first,
            *IN_THE_ROSTER,
        )


def _tell_of_lapses(ctx: Ctx, set_by: Terms, before: Mapping[int, int | None]) -> None:
    """What is earned at once by the original courses, done again in time, is not told; nor, at
    this tick, what was not looked at.
    """
    ids = _looked_at(ctx, before)
    if not ids:
        return
    lapsed = [row for row in _lapsed(ctx, ids) if _counts(row, set_by)]
    if lapsed:
        outbox.tell_each(
            ctx,
            LAPSED.notice,
            _each(func.coalesce(Qualification.extended_until, Qualification.expires_on)),
            Qualification.id.in_([row.id for row in lapsed]),
            *IN_THE_ROSTER,
        )
    led = [(row.id, row.person, _lapsed_on(row, set_by)) for row in lapsed if row.is_led]
    if led:
        team_lapses.tell_of_lapses(ctx, led)


def _looked_at(ctx: Ctx, before: Mapping[int, int | None]) -> list[int]:
    """Those lapses, each with its stage before, that may be told of now. What is renewed by
    another curriculum counts by its own from then on: it is looked at for a few people, and all
    others come to their stage at a later tick.
    """
    if not before:
        return []
    lapsed = ctx.session.execute(
        select(Qualification.id, Qualification.person_id)
        .join(Curriculum, Curriculum.id == Qualification.curriculum_id)
        .where(Qualification.id.in_(before), Curriculum.renewed_by_id.is_not(None))
        .order_by(Qualification.expires_on, Qualification.id)
    ).all()
    people = list(dict.fromkeys(person_id for _row_id, person_id in lapsed))[:LOOKED_AT]
    waiting = {row_id for row_id, person_id in lapsed if person_id not in people}
    qualification_stages.move_back(ctx, {row_id: before[row_id] for row_id in waiting})
    earning.earn(ctx, people)
    return [row_id for row_id in before if row_id not in waiting]


def _each(occasion: Any) -> Each:
    """What is said of each: the qualification, its stage, and which last day it is about."""
    number = cast(Qualification.id, String)
    stage = cast(Qualification.told_stage, String)
    day = cast(occasion, String)
    about = literal('{"qualification": ') + number + literal(', "stage": ') + stage
    about += literal(', "occasion": "') + day + literal('"}')
    key = literal("qualification:") + number + literal(":stage:") + stage + literal(":")
    return Each(Qualification.person_id, about, key + day)


def _lapsed(ctx: Ctx, ids: Sequence[int]) -> Sequence[Any]:
    return ctx.session.execute(
        select(
            Qualification.id,
            Qualification.person_id.label("person"),
            Qualification.expires_on,
            Qualification.window_on,
            Qualification.grace_days,
            Qualification.extended_until,
            Qualification.away_until,
            or_(Person.supervisor_id.is_not(None), Person.acting_supervisor_id.is_not(None)).label(
                "is_led"
            ),
        )
        .join(Person, Person.id == Qualification.person_id)
        .where(
            Qualification.id.in_(ids),
            Qualification.told_stage == TOLD_LAPSED,
            Qualification.current,
            *IN_THE_ROSTER,
        )
        .order_by(Qualification.id)
    ).all()


def _counts(row: Any, set_by: Terms) -> bool:
    """Whether the day of a lapse is one of which anything is told."""
    return row.expires_on >= set_by.first or _lapsed_on(row, set_by) >= set_by.first


def _lapsed_on(row: Any, set_by: Terms) -> dt.date:
    """The first day on which something had lapsed."""
    last_day = validity.lapses_after(row, set_by.return_days)
    assert last_day is not None, "what has lapsed had a last day"
    return last_day + DAY


def _ends(ctx: Ctx, set_by: Terms, told: Told, today: dt.date) -> Iterator[dt.date]:
    """The next days on which rows of a group come to each stage, by their regular dates."""
    for day in (*set_by.days, stages.LAST_DAY, TOLD_LAPSED - told.grace):
        if told.stage is None or day < told.stage:
            since = Qualification.expires_on >= today + (day - 1) * DAY
            ends = local_days.each(ctx.session, Qualification.expires_on, *same_told(told), since)
            yield from (one - day * DAY for one in islice(ends, DATES_AT_ONCE))


def _otherwise(ctx: Ctx, set_by: Terms, told: Told) -> Iterator[dt.date]:
    """The days after absences and extensions, of those rows of a group that have any."""
    rows = ctx.session.scalars(
        select(Qualification).where(
            *same_told(told),
            or_(Qualification.away_until.is_not(None), Qualification.extended_until.is_not(None)),
        )
    )
    for held in rows:
        last_day = validity.lapses_after(held, set_by.return_days)
        yield from (one + DAY for one in (held.away_until, last_day) if one is not None)
