"""Attendance: who was there on each day of a class, noted and corrected by who keeps it.

Values are absolute. Once the last day is noted, or the class is over, the state of an enrolment
follows from it by rule; somebody's completion is decided only when the class is closed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit, policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, _
from bot.models.people import Person
from bot.models.records import Attendance, Presence
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people.directory import names_of
from bot.training import class_reach, enrolling, keeping, outcomes, session_days
from bot.training.changes import Step
from bot.training.outcomes import ATTENDANCE_RULE, HERE, Achieved
from bot.training.schedule import end_of

PRESENCES: Mapping[Presence, Text] = {
    Presence.PRESENT: _("present"),
    Presence.LATE: _("late"),
    Presence.EXCUSED: _("excused"),
    Presence.ABSENT: _("absent"),
}


@dataclass(frozen=True, slots=True)
class DayCard:
    """One day of a class: of how many people it is noted, how many of them were not there."""

    day: dt.date
    noted: int
    people: int
    away: int
    to_come: bool


@dataclass(frozen=True, slots=True)
class PresenceCard:
    """One person on one day; `presence` is None where it is not noted."""

    enrolment_id: int
    class_id: int
    name: Texts
    day: dt.date
    presence: Presence | None


def days_of(ctx: Ctx, held: TrainingClass) -> tuple[dt.date, ...]:
    """The session days of a class, in order."""
    week = policy.value(ctx.session, "working_week")
    return session_days.days_of(held, week, ctx.settings.country)


def days(ctx: Ctx, class_id: int) -> list[DayCard]:
    """Every day of a class; refuses classes that are not the actor's."""
    held = class_reach.require_keeper(ctx, class_id)
    ids = [row.id for row, _person in keeping.held_by(ctx, class_id)]
    noted: dict[dt.date, int] = defaultdict(int)
    away: dict[dt.date, int] = defaultdict(int)
    counts = ctx.session.execute(
        select(Attendance.day, Attendance.presence, func.count())
        .where(Attendance.enrolment_id.in_(ids))
        .group_by(Attendance.day, Attendance.presence)
    )
    for day, presence, count in counts:
        noted[day] += count
        away[day] += 0 if presence in HERE else count
    return [
        DayCard(day, noted[day], len(ids), away[day], _is_to_come(ctx, held, day))
        for day in days_of(ctx, held)
    ]


def people_on(ctx: Ctx, class_id: int, day: dt.date) -> list[PresenceCard]:
    """Everybody of the class on one of its days, by name."""
    _require_day(ctx, class_reach.require_keeper(ctx, class_id), day)
    rows = keeping.held_by(ctx, class_id)
    noted = _noted_on(ctx, [row.id for row, _person in rows], day)
    return [_card(row, person, day, noted.get(row.id)) for row, person in rows]


def person_on(ctx: Ctx, enrolment_id: int, day: dt.date) -> PresenceCard:
    """One person on one day of their class."""
    row = keeping.trainee(ctx, enrolment_id)
    person = ctx.session.get_one(Person, row.person_id)
    return _card(row, person, day, _noted_on(ctx, [enrolment_id], day).get(enrolment_id))


def note(ctx: Ctx, enrolment_id: int, day: dt.date, presence: Presence) -> PresenceCard:
    """Write down whether somebody was there; the audit keeps what stood there before.

    Refuses a day to come, one on which the class is not held, and a class that is closed.
    """
    row = keeping.trainee(ctx, enrolment_id)
    held = _open_class(ctx, row.class_id, day)
    found = ctx.session.get(Attendance, (enrolment_id, day))
    if found is None or found.presence is not presence:
        old = found.presence.value if found else ""
        _write(ctx, [enrolment_id], day, presence)
        audit.record(
            ctx,
            "attendance.noted",
            "enrolment",
            enrolment_id,
            day=day.isoformat(),
            old=old,
            new=presence.value,
        )
        settle(ctx, held, [row])
    return person_on(ctx, enrolment_id, day)


def note_all_present(ctx: Ctx, class_id: int, day: dt.date) -> int:
    """Everybody who is not noted yet was there on this day; how many that were."""
    class_reach.require_keeper(ctx, class_id)
    held = _open_class(ctx, class_id, day)
    rows = [row for row, _person in keeping.held_by(ctx, class_id)]
    known = _noted_on(ctx, [row.id for row in rows], day)
    missing = [row for row in rows if row.id not in known]
    if missing:
        _write(ctx, [row.id for row in missing if row.id is not None], day, Presence.PRESENT)
        audit.record(
            ctx,
            "attendance.all_present",
            "class",
            class_id,
            day=day.isoformat(),
            people=len(missing),
        )
        settle(ctx, held, missing)
    return len(missing)


def note_always_present(ctx: Ctx, class_id: int) -> int:
    """Everybody was there on every day that is not noted yet; how many days that were."""
    held = class_reach.require_keeper(ctx, class_id)
    begun = [day for day in days_of(ctx, held) if not _is_to_come(ctx, held, day)]
    return sum(note_all_present(ctx, class_id, day) > 0 for day in begun)


def settle(ctx: Ctx, held: TrainingClass, rows: Sequence[Enrolment]) -> None:
    """Let states follow from attendance where the last day is noted or the class is over."""
    class_days = days_of(ctx, held)
    end = end_of(held, ctx.settings.timezone)
    is_over = end is not None and ctx.now() >= end
    least = ctx.session.get_one(Course, held.course_id).least_attendance
    noted = presences(ctx, [row.id for row in rows], class_days)
    steps = []
    for row in rows:
        own = noted.get(row.id, {})
        if row.state is EnrolmentState.COMPLETED or not (is_over or class_days[-1] in own):
            continue
        achieved = Achieved(row.state, tuple(own.values()))
        state = outcomes.state_by_attendance(achieved, least)
        if state is not None:
            steps.append(Step(row, state, rule=ATTENDANCE_RULE))
    enrolling.note_all(ctx, held, steps)


def presences(
    ctx: Ctx, enrolment_ids: Sequence[int | None], class_days: Collection[dt.date]
) -> dict[int, dict[dt.date, Presence]]:
    """What is noted of each enrolment on days on which its class is held."""
    found: dict[int, dict[dt.date, Presence]] = defaultdict(dict)
    rows = ctx.session.execute(
        select(Attendance.enrolment_id, Attendance.day, Attendance.presence).where(
            Attendance.enrolment_id.in_(enrolment_ids), Attendance.day.in_(class_days)
        )
    )
    for enrolment_id, day, presence in rows:
        found[enrolment_id][day] = presence
    return found


def _write(ctx: Ctx, enrolment_ids: Sequence[int], day: dt.date, presence: Presence) -> None:
    for enrolment_id in enrolment_ids:
        ctx.session.merge(
            Attendance(
                enrolment_id=enrolment_id,
                day=day,
                presence=presence,
                noted_by=ctx.actor.person_id,
                noted_at=ctx.now(),
            )
        )
    ctx.session.flush()


def _noted_on(
    ctx: Ctx, enrolment_ids: Sequence[int | None], day: dt.date
) -> dict[int | None, Presence]:
    rows = ctx.session.execute(
        select(Attendance.enrolment_id, Attendance.presence).where(
            Attendance.enrolment_id.in_(enrolment_ids), Attendance.day == day
        )
    )
    return dict(rows.all())


def _open_class(ctx: Ctx, class_id: int, day: dt.date) -> TrainingClass:
    held = keeping.require_open(ctx, class_id)
    _require_day(ctx, held, day)
    if _is_to_come(ctx, held, day):
        raise Refusal(_("This day is still to come."))
    if held.cancelled_at is not None:
        raise Refusal(_("The class has been cancelled."))
    return held


def _require_day(ctx: Ctx, held: TrainingClass, day: dt.date) -> None:
    if day not in days_of(ctx, held):
        raise Refusal(_("The class is not held on this day."))


def _is_to_come(ctx: Ctx, held: TrainingClass, day: dt.date) -> bool:
    return session_days.is_to_come(held, day, ctx.now(), ctx.settings.timezone)


def _card(row: Enrolment, person: Person, day: dt.date, presence: Presence | None) -> PresenceCard:
    assert row.id is not None
    return PresenceCard(row.id, row.class_id, names_of(person), day, presence)
