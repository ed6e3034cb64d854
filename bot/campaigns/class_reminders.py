"""Reminders of a class to those who have a place: found from its dates, so they move with it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import String, cast, exists, func, literal, select

from bot.campaigns import class_dates
from bot.campaigns.rules import CLASS_RULES, Audience, ClassRule
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.models.delivery import OutboxItem
from bot.models.people import Person
from bot.models.system import AuditEntry
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.training import class_calendar

RULES = [rule for rule in CLASS_RULES if rule.audience is Audience.HAVE_PLACE]
SETTLING = dt.timedelta(hours=12)
"""Nobody is reminded of what they were told less than this ago: of their place, or of a move."""
CHUNK = 300


def remind(ctx: Ctx) -> None:
    """Queue the reminders that are due and not yet written."""
    room = CHUNK
    for rule in RULES:
        days = class_dates.days_of(ctx, rule)
        classes = class_dates.near(ctx, rule)
        zones = _zones(ctx, classes)
        for held in classes:
            for zone in zones[held.id]:
                room -= _remind_class(ctx, rule, held, days, zone, room)
                if room <= 0:
                    return


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which a reminder falls due."""
    classes = class_dates.coming(ctx, after)
    zones = _zones(ctx, classes)
    return min(
        (
            at
            for rule in RULES
            for held in classes
            for zone in zones[held.id]
            for at, _day in class_dates.falls(
                rule, _first_day(held), class_dates.days_of(ctx, rule), _local(ctx, zone)
            )
            if after < at < class_dates.begins(ctx, held)
        ),
        default=None,
    )


def key_of(enrolment_id: int, day: int, occasion: dt.date) -> str:
    """The outbox key of the reminder so many days before a class that begins on `occasion`."""
    return f"enrolment:{enrolment_id}:soon:{day}:{occasion.isoformat()}"


def _remind_class(
    ctx: Ctx, rule: ClassRule, held: TrainingClass, days: Sequence[int], zone: str, most: int
) -> int:
    occasion = _first_day(held)
    due = class_dates.latest_due(rule, occasion, days, _local(ctx, zone), ctx.now())
    if due is None or _moved_after(ctx, held, due[0] - SETTLING):
        return 0
    at, day = due
    rows = _not_reminded(ctx, held, zone, due)[:most]
    return outbox.tell_all(
        ctx,
        rule.notice,
        [
            Notice(
                person.id,
                {"enrolment": enrolment_id, "occasion": occasion.isoformat()},
                key_of(enrolment_id, day, occasion),
                due_at=at,
                useful_until=class_dates.begins(ctx, held),
            )
            for enrolment_id, person in rows
            if person.id is not None
        ],
    )


def _not_reminded(
    ctx: Ctx, held: TrainingClass, zone: str, due: tuple[dt.datetime, int]
) -> list[tuple[int, Person]]:
    at, day = due
    occasion = _first_day(held).isoformat()
    key = literal("enrolment:") + cast(Enrolment.id, String) + literal(f":soon:{day}:{occasion}")
    rows = ctx.session.execute(
        select(Enrolment.id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.class_id == held.id,
            Enrolment.state == EnrolmentState.ENROLLED,
            Enrolment.changed_at <= at - SETTLING,
            Person.timezone == zone,
            Person.active,
            ~exists().where(OutboxItem.unique_key == key),
        )
        .order_by(Enrolment.id)
        .limit(CHUNK)
    )
    return [(enrolment_id, person) for enrolment_id, person in rows]


def _moved_after(ctx: Ctx, held: TrainingClass, since: dt.datetime) -> bool:
    last = ctx.session.execute(
        select(func.max(AuditEntry.at)).where(
            AuditEntry.action == class_calendar.MOVED,
            AuditEntry.object_kind == "class",
            AuditEntry.object_id == held.id,
        )
    ).scalar()
    return last is not None and last > since


def _zones(ctx: Ctx, classes: Sequence[TrainingClass]) -> dict[int | None, list[str]]:
    """The zones of those who have a place, by class: few, however many people there are."""
    rows = ctx.session.execute(
        select(Enrolment.class_id, Person.timezone)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.class_id.in_([held.id for held in classes]),
            Enrolment.state == EnrolmentState.ENROLLED,
            Person.active,
        )
        .distinct()
        .order_by(Enrolment.class_id, Person.timezone)
    )
    found: dict[int | None, list[str]] = defaultdict(list)
    for class_id, zone in rows:
        found[class_id].append(zone)
    return found


def _local(ctx: Ctx, zone: str) -> str:
    return zone or ctx.settings.timezone


def _first_day(held: TrainingClass) -> dt.date:
    assert held.starts_on is not None, "a class without dates does not begin"
    return held.starts_on
