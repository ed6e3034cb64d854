"""Who has to earn a qualification by a day is told before it and on it; whose day is over and is
late with what the post requires comes to the supervisor.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import or_, select, update

from bot import policy
from bot.calendar import DAY, instant
from bot.campaigns import local_days, team_lapses
from bot.campaigns.rules import EARN
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.people import Person
from bot.models.qualifications import CurriculumAssignment, RequirementKind
from bot.people import directory
from bot.training.qualifications import assignments, stages

CHUNK = 300
MIDNIGHT = dt.time(0)
LATE = -1
"""The stage after the last day."""
DATES_AT_ONCE = 4
"""At one instant it is three dates at most: a fourth one is still to come in every zone."""


class _Due(NamedTuple):
    """A row of which a new stage is reached, and who it is about."""

    row: CurriculumAssignment
    stage: int
    person: Person


def remind(ctx: Ctx) -> None:
    """Queue what is due and not yet written, at most so much at a time; idempotent."""
    days, room = policy.value(ctx.session, EARN.days), CHUNK
    told = list(_all_told(ctx))
    for today, here in local_days.by_day(ctx, EARN.wall).items():
        for stage in told:
            due = _due(ctx, days, stage, today, here, room)
            _write(ctx, due)
            room -= len(due)
            if room <= 0:
                return


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which something may fall due."""
    days = policy.value(ctx.session, EARN.days)
    dates = {
        day for stage in _all_told(ctx) for day in _dates(ctx, days, stage, after.date())
    } | set(_returns(ctx, after.date()))
    moments = (
        instant(day, EARN.wall, zone or ctx.settings.timezone)
        for day in dates
        for zone in local_days.zones(ctx.session)
    )
    return min((moment for moment in moments if moment > after), default=None)


def key_of(row: CurriculumAssignment, stage: int) -> str:
    """The outbox key of what is told at a stage of something to be earned by its last day."""
    return f"assignment:{row.id}:stage:{stage}:{row.due_on}"


def _all_told(ctx: Ctx) -> Iterator[int | None]:
    """Every stage that was told of something that is still to be earned."""
    column = CurriculumAssignment.told_stage
    yield None
    yield from local_days.each(ctx.session, column, _is_live(), column > LATE)


def _due(
    ctx: Ctx, days: Sequence[int], told: int | None, today: dt.date, here: Sequence[str], room: int
) -> list[_Due]:
    """Rows that were told one stage last, of people in these zones who are not away, of which a
    new stage is reached today.
    """
    known = (*days, stages.LAST_DAY, LATE)
    ahead = max(day for day in known if told is None or day < told)
    rows = ctx.session.execute(
        select(CurriculumAssignment, Person)
        .join(Person, Person.id == CurriculumAssignment.person_id)
        .where(
            *_group(told),
            CurriculumAssignment.due_on <= today + ahead * DAY,
            or_(Person.away_until.is_(None), Person.away_until < today),
            Person.timezone.in_(here),
        )
        .order_by(CurriculumAssignment.due_on, CurriculumAssignment.id)
        .limit(room)
    )
    return [_Due(row, _stage(row.due_on, days, today), person) for row, person in rows]


def _stage(due_on: dt.date, days: Sequence[int], today: dt.date) -> int:
    if due_on < today:
        return LATE
    stage = stages.days_left(due_on, days, today)
    assert stage is not None, "only what has reached a stage is read"
    return stage


def _write(ctx: Ctx, due: Sequence[_Due]) -> None:
    """What is held by now, who has left, and dates before those that count, are passed over."""
    first = policy.go_live(ctx.session)
    held = assignments.held_pairs(ctx, {_pair(one.row) for one in due})
    told = [
        one
        for one in due
        if one.person.active
        and not one.person.guest
        and _pair(one.row) not in held
        and one.row.due_on is not None
        and one.row.due_on >= first
    ]
    outbox.tell_all(ctx, EARN.notice, [_notice(ctx, one) for one in told if one.stage != LATE])
    core = RequirementKind.CORE
    late = [one for one in told if one.stage == LATE and one.row.kind is core]
    team_lapses.tell_of_late(ctx, [one.row for one in late])
    by_stage: dict[int, list[int | None]] = defaultdict(list)
    for one in due:
        by_stage[one.stage].append(one.row.id)
    for stage, ids in by_stage.items():
        ctx.session.execute(
            update(CurriculumAssignment)
            .where(CurriculumAssignment.id.in_(ids))
            .values(told_stage=stage)
        )


def _notice(ctx: Ctx, due: _Due) -> Notice:
    row, zone = due.row, directory.zone_of(due.person, ctx.settings)
    assert row.due_on is not None, "what is due by no day has no stage"
    return Notice(
        row.person_id,
        {"assignment": row.id, "stage": due.stage, "occasion": row.due_on.isoformat()},
        key_of(row, due.stage),
        useful_until=instant(row.due_on + DAY, MIDNIGHT, zone),
    )


def _pair(row: CurriculumAssignment) -> tuple[int, int]:
    return row.person_id, row.curriculum_id


def _is_live() -> Any:
    return CurriculumAssignment.ended_at.is_(None)


def _group(told: int | None) -> tuple[Any, ...]:
    column = CurriculumAssignment.told_stage
    return _is_live(), column.is_(None) if told is None else column == told


def _dates(ctx: Ctx, days: Sequence[int], told: int | None, today: dt.date) -> Iterator[dt.date]:
    """The next days on which rows of a group come to each stage."""
    for day in (*days, stages.LAST_DAY, LATE):
        if told is None or day < told:
            since = CurriculumAssignment.due_on >= today + (day - 1) * DAY
            due = local_days.each(ctx.session, CurriculumAssignment.due_on, *_group(told), since)
            yield from (one - day * DAY for one in islice(due, DATES_AT_ONCE))


def _returns(ctx: Ctx, today: dt.date) -> Iterator[dt.date]:
    """The days after the absences of those who have something to earn."""
    assigned = select(CurriculumAssignment.person_id).where(_is_live())
    ends = ctx.session.scalars(
        select(Person.away_until)
        .where(Person.away_until >= today - DAY, Person.id.in_(assigned))
        .distinct()
    )
    yield from (day + DAY for day in ends if day is not None)
