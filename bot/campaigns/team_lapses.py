"""Supervisors are told what has lapsed in their team, and who is late, in one message a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import or_, select

from bot.calendar import DAY, instant, local_date
from bot.campaigns.rules import TEAM
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.people import Person
from bot.models.qualifications import CurriculumAssignment
from bot.people import own_days
from bot.people.access import supervisor_of
from bot.training import approvers, team_weeks

WEEK = team_weeks.DAYS_A_WEEK * DAY


def tell_of_lapses(ctx: Ctx, lapsed: Iterable[tuple[int, int, dt.date]]) -> None:
    """Of qualifications of people that lapsed on a day, each once: ids of both, and the day."""
    _tell(
        ctx,
        [
            (person_id, {"qualification": row_id}, f"qualification:{row_id}:{day.isoformat()}")
            for row_id, person_id, day in lapsed
        ],
    )


def tell_of_late(ctx: Ctx, late: Iterable[CurriculumAssignment]) -> None:
    """Of what should have been earned by a day that is over, each once."""
    _tell(
        ctx,
        [
            (row.person_id, {"assignment": row.id}, f"assignment:{row.id}:{row.due_on}")
            for row in late
        ],
    )


def _tell(ctx: Ctx, known: Sequence[tuple[int, dict[str, int | None], str]]) -> None:
    above = _supervisors(ctx, {person_id for person_id, _params, _about in known})
    zones = own_days.zones_of(ctx, set(above.values()))
    due = {zone: _week_end(ctx, zone) for zone in set(zones.values())}
    notices = [
        Notice(told_id, params, f"{about}:team", due_at=due[zones[told_id]])
        for person_id, params, about in known
        if (told_id := above.get(person_id)) is not None and told_id != person_id
    ]
    outbox.tell_all(ctx, TEAM.notice, notices)


def _supervisors(ctx: Ctx, person_ids: Collection[int]) -> dict[int, int]:
    """Who is told about each of these people: the supervisor on duty, or who stands in."""
    rows = ctx.session.scalars(
        select(Person).where(
            Person.id.in_(person_ids),
            or_(Person.supervisor_id.is_not(None), Person.acting_supervisor_id.is_not(None)),
        )
    )
    above = {row.id: supervisor_of(row, ctx.today()) for row in rows if row.id is not None}
    leading = {one for one in above.values() if one is not None}
    on_duty = approvers.all_on_duty(ctx.session, leading, ctx.today())
    return {
        person_id: on_duty[one]
        for person_id, one in above.items()
        if one is not None and one in on_duty
    }


def _week_end(ctx: Ctx, zone: str) -> dt.datetime:
    """The hour of the message on the next last working day of a week, not today any more."""
    today = local_date(ctx.now(), zone)
    return instant(team_weeks.week_end_before(ctx, today + WEEK + DAY), TEAM.wall, zone)
