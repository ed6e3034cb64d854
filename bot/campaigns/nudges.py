"""Reminders by rule: found by query, written once under a key, the latest only after an outage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import String, cast, exists, literal, select
from sqlmodel import Session

from bot import policy
from bot.campaigns import local_days
from bot.campaigns.rules import RULES, Rule
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice
from bot.evaluation import assignments, windows
from bot.evaluation.stages import Stage
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Person
from bot.training.schedule import latest_local_date

SETTLING = dt.timedelta(hours=20)
"""Nobody is reminded of what they were first told less than this ago."""
CHUNK = 300


class _Open(NamedTuple):
    """An assignment that somebody is to be reminded of."""

    id: int
    person_id: int
    closes_at: dt.datetime


def remind(ctx: Ctx) -> None:
    """Queue the reminders that are due and not yet written."""
    waiting = _waiting(ctx.session, until=latest_local_date(ctx.now()))
    for rule in RULES:
        days = policy.value(ctx.session, rule.days)
        for stage in rule.stages:
            for occasion, zone in waiting[stage.name]:
                local = zone or ctx.settings.timezone
                due = _latest_due(rule, occasion, days, local, ctx.now())
                if due is not None:
                    _write(ctx, rule, _not_reminded(ctx, stage, (occasion, zone), due), due)


def next_reminder(session: Session, after: dt.datetime, default_zone: str) -> dt.datetime | None:
    """The next instant after `after` at which a reminder falls due."""
    waiting = _waiting(session, until=dt.date.max)
    return min(
        (
            at
            for rule in RULES
            for stage in rule.stages
            for occasion, zone in waiting[stage.name]
            for day in policy.value(session, rule.days)
            if (at := windows.day_after(occasion, day, rule.wall, zone or default_zone)) > after
        ),
        default=None,
    )


def _waiting(session: Session, until: dt.date) -> dict[str, list[tuple[dt.date, str]]]:
    """The dates of open assignments, by stage, with every zone there is: few, however many
    people there are.

    Only dates of which some reminder falls on `until` or before.
    """
    first = min((day for rule in RULES for day in policy.value(session, rule.days)), default=0)
    zones = local_days.zones(session)
    found: dict[str, list[tuple[dt.date, str]]] = {}
    for stage in {stage.name for rule in RULES for stage in rule.stages}:
        open_ones = (Assignment.state == AssignmentState.OPEN, Assignment.stage == stage)
        dates = local_days.each(session, Assignment.occasion, *open_ones)
        latest = until - dt.timedelta(days=first)
        found[stage] = [(day, zone) for day in dates if day <= latest for zone in zones]
    return found


def _latest_due(
    rule: Rule, occasion: dt.date, days: Sequence[int], zone: str, now: dt.datetime
) -> tuple[int, dt.datetime] | None:
    """The last day whose reminder is due at `now`: after an outage one is enough."""
    due = [
        (day, at)
        for day in days
        if (at := windows.day_after(occasion, day, rule.wall, zone)) <= now
    ]
    return max(due, default=None)


def _write(ctx: Ctx, rule: Rule, found: Sequence[_Open], due: tuple[int, dt.datetime]) -> None:
    day, at = due
    outbox.tell_all(
        ctx,
        rule.notice,
        [
            Notice(
                row.person_id,
                {"assignment": row.id},
                assignments.nudge_key(row.id, day),
                due_at=at,
                useful_until=row.closes_at,
            )
            for row in found
        ],
    )


def _not_reminded(
    ctx: Ctx, stage: Stage, waiting: tuple[dt.date, str], due: tuple[int, dt.datetime]
) -> Sequence[_Open]:
    (occasion, zone), (day, at) = waiting, due
    key = literal("task:") + cast(Assignment.id, String) + literal(f":nudge:{day}")
    rows = ctx.session.execute(
        select(Assignment.id, Assignment.person_id, Assignment.closes_at)
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Assignment.state == AssignmentState.OPEN,
            Assignment.stage == stage.name,
            Assignment.occasion == occasion,
            Assignment.opens_at <= at - SETTLING,
            Assignment.closes_at > ctx.now(),
            Person.timezone == zone,
            ~exists().where(OutboxItem.unique_key == key),
        )
        .limit(CHUNK)
    )
    return [_Open(*row) for row in rows]
