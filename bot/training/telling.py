"""Telling those in a class, and those who hold it, that it has moved or is cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.training import Enrolment, Trainer, TrainingClass
from bot.training import class_calendar
from bot.training.schedule import end_of
from bot.training.states import LIVE

CLASS_MOVED = outbox.declare(
    NoticeKind("class_moved", Urgency.DATED, merge="class_moved", repeats=True)
)
CLASS_CANCELLED = outbox.declare(
    NoticeKind("class_cancelled", Urgency.DATED, merge="class_cancelled", repeats=True)
)
CLASS_IS_CANCELLED = "class cancelled"
"""The rule by which everybody on the list of a class that is cancelled is taken off it."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When and where a class is held: what a calendar has to know of it."""

    starts_on: str
    ends_on: str
    start_time: str
    end_time: str
    timezone: str
    weekdays: str
    place: str


def timetable(held: TrainingClass) -> Timetable:
    """When and where a class is held at this moment."""
    return Timetable(
        starts_on=_iso(held.starts_on),
        ends_on=_iso(held.ends_on),
        start_time=_iso(held.start_time),
        end_time=_iso(held.end_time),
        timezone=held.timezone,
        weekdays=held.weekdays,
        place=held.place,
    )


def with_former(now: Timetable, former: Mapping[str, Any]) -> Timetable:
    """A timetable as it was, by the values that some of its fields had."""
    values = {
        name: value if isinstance(value, str) else _iso(value) for name, value in former.items()
    }
    return replace(now, **values)


def timetable_from(params: Mapping[str, Any]) -> Timetable:
    """A timetable as the params of a notice keep it."""
    return Timetable(**params)


def days_of(table: Timetable) -> tuple[dt.date, dt.date] | None:
    """The first and the last day; None without dates."""
    if not (table.starts_on and table.ends_on):
        return None
    return dt.date.fromisoformat(table.starts_on), dt.date.fromisoformat(table.ends_on)


def hours_of(table: Timetable) -> tuple[dt.time, dt.time] | None:
    """From when until when on each day; None where that is not said."""
    if not (table.start_time and table.end_time):
        return None
    return dt.time.fromisoformat(table.start_time), dt.time.fromisoformat(table.end_time)


def receivers(ctx: Ctx, held: TrainingClass) -> dict[int, int | None]:
    """Who is told of what becomes of a class, but not the actor: person ids, each with the
    enrolment of somebody on its list, or None for trainers and coordinator.
    """
    assert held.id is not None
    found: dict[int, int | None] = dict.fromkeys(staff_of(ctx, held))
    on_list = ctx.session.execute(
        select(Enrolment.person_id, Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == held.id, Enrolment.state.in_(LIVE), Person.active)
        .order_by(Enrolment.id)
    )
    found.update((person_id, enrolment_id) for person_id, enrolment_id in on_list)
    return {who: row for who, row in found.items() if who != ctx.actor.person_id}


def trainers_of(ctx: Ctx, held: TrainingClass) -> list[int]:
    """The lead and the backup trainer of a class, as far as they serve here."""
    pool = select(Trainer.person_id).where(
        Trainer.id.in_([held.trainer_id, held.backup_trainer_id])
    )
    query = select(Person.id).where(Person.id.in_(pool), Person.active).order_by(Person.id)
    return list(ctx.session.scalars(query))


def staff_of(ctx: Ctx, held: TrainingClass) -> list[int]:
    """The people who hold a class: lead and backup trainer, coordinator."""
    found = trainers_of(ctx, held)
    person = ctx.session.get(Person, held.coordinator_id) if held.coordinator_id else None
    if person is not None and person.active and person.id not in (None, *found):
        found.append(person.id)
    return found


def class_moved(ctx: Ctx, held: TrainingClass, before: Timetable) -> int:
    """Tell of the dates, hours and place that a class has now; how many are told.

    `before` is its `timetable` before the change. Nothing is told if that is the same still, or
    once the class is over.
    """
    after = timetable(held)
    if after == before:
        return 0
    audit.record(
        ctx, class_calendar.MOVED, "class", held.id, old=asdict(before), new=asdict(after)
    )
    ctx.session.flush()
    ends_at = end_of(held, ctx.settings.timezone)
    if held.id is None or (ends_at is not None and ends_at <= ctx.now()):
        return 0
    number = class_calendar.moves(ctx, held.id)
    return outbox.tell_all(
        ctx,
        CLASS_MOVED,
        [
            Notice(
                person_id,
                {"class": held.id, "enrolment": enrolment_id, "before": asdict(before)},
                f"class:{held.id}:moved:{number}:{person_id}",
            )
            for person_id, enrolment_id in receivers(ctx, held).items()
        ],
    )


def class_cancelled(ctx: Ctx, held: TrainingClass, reason: str = "") -> int:
    """Tell trainers and coordinator that a class is cancelled; how many are told.

    Those on its list are told of their own enrolment, which ends by `CLASS_IS_CANCELLED`.
    """
    return _tell_staff(ctx, held, {"class": held.id, "cancelled": True, "reason": reason})


def class_brought_back(ctx: Ctx, held: TrainingClass) -> int:
    """Tell trainers and coordinator that a class is held after all; how many are told."""
    return _tell_staff(ctx, held, {"class": held.id, "cancelled": False, "reason": ""})


def _tell_staff(ctx: Ctx, held: TrainingClass, params: dict[str, Any]) -> int:
    told = [who for who in staff_of(ctx, held) if who != ctx.actor.person_id]
    for person_id in told:
        outbox.tell(ctx, CLASS_CANCELLED, person_id, params)
    return len(told)


def _iso(value: dt.date | dt.time | None) -> str:
    return value.isoformat() if value is not None else ""
