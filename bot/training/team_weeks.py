"""Who is in a class in which week, for those whose people they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot import policy
from bot.calendar import DAY, week_of
from bot.context import Ctx
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people.access import supervisor_of
from bot.training import approvers

DAYS_A_WEEK = 7
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody who has a place in a class; `told_id` has to know: the supervisor on duty."""

    person_id: int
    class_id: int
    starts_on: dt.date
    told_id: int


def week_end_before(ctx: Ctx, day: dt.date) -> dt.date:
    """The last day before `day` after which people do not work; Sundays where they always do."""
    week = week_of(policy.value(ctx.session, "working_week"))
    ends = {one for one in week if (one + 1) % DAYS_A_WEEK not in week} or {SUNDAY}
    day -= DAY
    while day.weekday() not in ends:
        day -= DAY
    return day


def attending(ctx: Ctx, first: dt.date, last: dt.date) -> list[Attending]:
    """Everybody who has a place in a class that begins on one of these days, by class and id.

    Those of whom nobody on duty is the supervisor are left out.
    """
    rows = ctx.session.execute(
        select(Person, TrainingClass)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            TrainingClass.starts_on.between(first, last),
            TrainingClass.cancelled_at.is_(None),
            Enrolment.state == EnrolmentState.ENROLLED,
            Person.active,
        )
        .order_by(TrainingClass.starts_on, TrainingClass.id, Person.id)
    ).all()
    above = {person.id: supervisor_of(person, ctx.today()) for person, _held in rows}
    leading = {one for one in above.values() if one is not None}
    told = approvers.all_on_duty(ctx.session, leading, ctx.today())
    return [
        Attending(person.id, held.id, held.starts_on, told_id)
        for person, held in rows
        if (one := above[person.id]) is not None
        and (told_id := told.get(one)) is not None
        and told_id != person.id
    ]


def of_supervisor(ctx: Ctx, told_id: int, first: dt.date, last: dt.date) -> dict[int, list[int]]:
    """The people of one supervisor in classes that begin on these days: person ids by class."""
    found: dict[int, list[int]] = {}
    for one in attending(ctx, first, last):
        if one.told_id == told_id:
            found.setdefault(one.class_id, []).append(one.person_id)
    return found
