"""Supervisors are told what has lapsed in their team, and who is late, in one message a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.calendar import DAY, instant, local_date
from bot.campaigns.rules import TEAM
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.people import Person
from bot.models.qualifications import CurriculumAssignment, Qualification
from bot.people.access import supervisor_of
from bot.training import approvers, team_weeks

WEEK = team_weeks.DAYS_A_WEEK * DAY


def tell_of_lapses(ctx: Ctx, lapsed: Iterable[tuple[Qualification, Person, dt.date]]) -> None:
    """Of what has lapsed on which day, each once."""
    _tell(
        ctx,
        [
            (person, {"qualification": held.id}, f"qualification:{held.id}:{day.isoformat()}")
            for held, person, day in lapsed
        ],
    )


def tell_of_late(ctx: Ctx, late: Iterable[tuple[CurriculumAssignment, Person]]) -> None:
    """Of what should have been earned by a day that is over, each once."""
    _tell(
        ctx,
        [
            (person, {"assignment": row.id}, f"assignment:{row.id}:{row.due_on}")
            for row, person in late
        ],
    )


def _tell(ctx: Ctx, known: Sequence[tuple[Person, dict[str, int | None], str]]) -> None:
    due: dict[int, dt.datetime] = {}
    notices = []
    for person, params, about in known:
        above = supervisor_of(person, ctx.today())
        told_id = approvers.on_duty(ctx.session, above, ctx.today()) if above is not None else None
        if told_id is not None and told_id != person.id:
            at = due.setdefault(told_id, _week_end(ctx, told_id))
            notices.append(Notice(told_id, params, f"{about}:team", due_at=at))
    outbox.tell_all(ctx, TEAM.notice, notices)


def _week_end(ctx: Ctx, person_id: int) -> dt.datetime:
    """The hour of the message on the next last working day of a week, not today any more."""
    zone = ctx.session.get_one(Person, person_id).timezone or ctx.settings.timezone
    today = local_date(ctx.now(), zone)
    return instant(team_weeks.week_end_before(ctx, today + WEEK + DAY), TEAM.wall, zone)
