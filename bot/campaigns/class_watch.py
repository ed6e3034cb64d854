"""What those who hold a class are told of it by themselves: its names, too few, filling up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from bot.campaigns import class_dates
from bot.campaigns.rules import CLASS_FILLING, CLASS_RULES, FILLING, Audience, ClassRule
from bot.context import Ctx
from bot.delivery import outbox
from bot.models.training import Enrolment, TrainingClass
from bot.people import own_days
from bot.training import desk, minimum, telling
from bot.training.membership import TRAINEE_STATES

RULES = [rule for rule in CLASS_RULES if rule.audience in (Audience.TRAINERS, Audience.KEEPERS)]


def report(ctx: Ctx) -> None:
    """Queue what is due and not yet written, for trainers and for who keeps each class."""
    for rule in RULES:
        days = class_dates.days_of(ctx, rule)
        for held in class_dates.near(ctx, rule):
            for person_id in _asked(ctx, rule, held):
                _tell(ctx, rule, held, person_id, days)
    for held, share in _filling(ctx):
        _tell_filling(ctx, held, share)


def next_report(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which one of them falls due."""
    return min(
        (
            at
            for rule in RULES
            for held in class_dates.coming(ctx, after)
            if (occasion := class_dates.anchor(rule, held)) is not None
            for person_id in _asked(ctx, rule, held)
            for at, _day in class_dates.falls(
                rule, occasion, class_dates.days_of(ctx, rule), own_days.zone_of(ctx, person_id)
            )
            if after < at < class_dates.begins(ctx, held)
        ),
        default=None,
    )


def _asked(ctx: Ctx, rule: ClassRule, held: TrainingClass) -> Sequence[int]:
    if rule.audience is Audience.TRAINERS:
        return telling.trainers_of(ctx, held)
    return desk.keepers_of(ctx, held) if minimum.lacks(ctx.session, held) else ()


def _tell(
    ctx: Ctx, rule: ClassRule, held: TrainingClass, person_id: int, days: Sequence[int]
) -> None:
    occasion = class_dates.anchor(rule, held)
    assert occasion is not None, "only classes with that date are looked at"
    zone = own_days.zone_of(ctx, person_id)
    due = class_dates.latest_due(rule, occasion, days, zone, ctx.now())
    if due is None:
        return
    at, day = due
    outbox.tell(
        ctx,
        rule.notice,
        person_id,
        {"class": held.id, "starts_on": held.starts_on.isoformat() if held.starts_on else ""},
        key=f"class:{held.id}:{rule.name}:{day}:{occasion.isoformat()}:{person_id}",
        due_at=at,
        useful_until=class_dates.begins(ctx, held),
    )


def _filling(ctx: Ctx) -> list[tuple[TrainingClass, int]]:
    """The classes to come of which a share is taken that is told, with the largest such share."""
    coming = {held.id: held for held in class_dates.coming(ctx) if held.seats > 0}
    rows = ctx.session.execute(
        select(Enrolment.class_id, func.count())
        .where(Enrolment.class_id.in_(coming), Enrolment.state.in_(TRAINEE_STATES))
        .group_by(Enrolment.class_id)
        .order_by(Enrolment.class_id)
    )
    found = []
    for class_id, taken in rows:
        held = coming[class_id]
        reached = [share for share in FILLING if 100 * taken >= share * held.seats]
        found += [(held, max(reached))] if reached else []
    return found


def _tell_filling(ctx: Ctx, held: TrainingClass, share: int) -> None:
    """Each share once, and no smaller one after a larger one."""
    larger = [one for one in FILLING if one >= share]
    for person_id in desk.keepers_of(ctx, held):
        keys = [f"class:{held.id}:filling:{one}:{person_id}" for one in larger]
        if any(outbox.is_told(ctx, key) for key in keys):
            continue
        outbox.tell(
            ctx,
            CLASS_FILLING,
            person_id,
            {"class": held.id, "share": share},
            key=keys[0],
            useful_until=class_dates.begins(ctx, held),
        )
