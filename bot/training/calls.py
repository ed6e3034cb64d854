"""Calling for names, and the deadline: who is told, reminded, and what is over when it passes.

A list that has not been handed in by the deadline stands as it is; seats for which nobody was
named go back to the training unit.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, select

from bot import audit
from bot.calendar import instant
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import FocalPoint, Person, Role
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory, heads, reach
from bot.training import changes, desk, round_cards, rounds, seats, team_news
from bot.training.round_cards import RoundCard
from bot.training.states import Act

NOMINATION_CALLED = outbox.declare(
    NoticeKind("nomination_called", Urgency.ORDINARY, merge="nomination_called", repeats=True)
)
NOMINATION_REMINDER = outbox.declare(
    NoticeKind("nomination_reminder", Urgency.ORDINARY, merge="nomination_reminder", repeats=True)
)
NOMINATION_IN = outbox.declare(
    NoticeKind("nomination_in", Urgency.ORDINARY, merge="nomination_in", repeats=True)
)
DAYS_BEFORE, MORNING = 2, dt.time(9)


def receivers(ctx: Ctx, unit_id: int) -> list[int]:
    """Who may name people of a part: its focal points, its head, HR.

    Focal points are those of the part and of offices in it, else those of what it belongs to.
    """
    below = reach.units_below(ctx.session, {unit_id})
    above = access.units_above(ctx.session, unit_id)
    focal = _focal_points(ctx, below) or _focal_points(ctx, above)
    head = heads.head_of(ctx.session, unit_id)
    hr = access.people_with(ctx.session, Role.HR, unit_id)
    found = dict.fromkeys([*focal, *([head] if head is not None else []), *hr])
    return [person_id for person_id in found if person_id != ctx.actor.person_id]


def uncalled(ctx: Ctx, class_id: int) -> int:
    """How many people have not been told yet of a quota that concerns them."""
    row, _held = rounds.held_round(ctx, class_id)
    wanted = _wanted(ctx, row)
    return sum(not outbox.is_told(ctx, _key(row, who, units)) for who, units in wanted.items())


def call(ctx: Ctx, class_id: int) -> int:
    """Tell everybody who may name people, once for each set of quotas; how many are told.

    Two days before the deadline those are reminded whose lists have not been handed in.
    """
    row, held = rounds.held_round(ctx, class_id)
    told = 0
    until = round_cards.end_of(row, held, ctx.settings.timezone)
    for person_id, units in _wanted(ctx, row).items():
        params = {"round": row.id, "units": units}
        key = _key(row, person_id, units)
        told += outbox.tell(ctx, NOMINATION_CALLED, person_id, params, key=key, useful_until=until)
        _remind(ctx, row, person_id, until)
    if told:
        audit.record(ctx, "round.called", "class", class_id, people=told)
    return told


def waiting_for(ctx: Ctx, round_ids: Iterable[int]) -> list[RoundCard]:
    """Those of the rounds in which the actor may still name somebody, with the lists that have
    not been handed in.
    """
    unsent = round_cards.touched(ctx) & NominationQuota.sent_at.is_(None)
    rows = ctx.session.scalars(
        select(NominationRound)
        .where(NominationRound.id.in_(list(round_ids)))
        .order_by(NominationRound.deadline, NominationRound.id)
    )
    found = [round_cards.card(ctx, row, unsent) for row in rows]
    return [card for card in found if card.is_open and card.quotas]


def close_due(ctx: Ctx) -> None:
    """Close the lists of rounds whose deadline has passed, and tell the unit; idempotent."""
    for class_id in ctx.session.scalars(
        select(NominationRound.class_id).where(_going_on()).order_by(NominationRound.id)
    ).all():
        held = seats.hold(ctx, class_id)
        row = ctx.session.scalars(
            select(NominationRound).where(NominationRound.class_id == class_id)
        ).one()
        if round_cards.end_of(row, held, ctx.settings.timezone) < ctx.now():
            _close(ctx, row)


def next_close(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next deadline passes by which a list has not been handed in."""
    rows = ctx.session.execute(
        select(NominationRound, TrainingClass)
        .join(TrainingClass, TrainingClass.id == NominationRound.class_id)
        .where(_going_on())
    )
    moments = [
        round_cards.end_of(row, held, ctx.settings.timezone) + dt.timedelta(seconds=1)
        for row, held in rows
    ]
    return min((moment for moment in moments if moment > after), default=None)


def close_list(ctx: Ctx, quota: NominationQuota) -> None:
    """The list stands from now on: who is on it is told, their supervisors, and the unit.

    Seats for which nobody was named go back. Whoever hands it in has been asked before.
    """
    known = round_cards.quota_card(ctx, quota)
    quota.sent_at, quota.sent_by = ctx.now(), ctx.actor.person_id
    quota.returned += max(0, known.seats - known.named)
    ctx.session.flush()
    audit.record(
        ctx,
        "quota.sent",
        "class",
        known.class_id,
        unit=quota.unit_id,
        named=known.named,
        returned=quota.returned,
    )
    _tell_list(ctx, quota)
    held = ctx.session.get_one(TrainingClass, known.class_id)
    for keeper in desk.keepers_of(ctx, held):
        if keeper != ctx.actor.person_id:
            key = f"quota:{quota.id}:sent:{quota.sent_at:%Y%m%dT%H%M%S}:{keeper}"
            outbox.tell(ctx, NOMINATION_IN, keeper, {"quota": quota.id}, key=key)


def tell_named(ctx: Ctx, row: Enrolment) -> None:
    """Tell somebody that they are nominated, and their supervisor; once."""
    change = team_news.last_change(ctx, row, Act.NOMINATE)
    changes.tell(ctx, row, change)
    team_news.tell_supervisor(ctx, row, change)


def _close(ctx: Ctx, row: NominationRound) -> None:
    quotas = ctx.session.scalars(
        select(NominationQuota).where(
            NominationQuota.round_id == row.id, NominationQuota.sent_at.is_(None)
        )
    ).all()
    for quota in quotas:
        close_list(ctx, quota)


def _tell_list(ctx: Ctx, quota: NominationQuota) -> None:
    rows = ctx.session.scalars(
        select(Enrolment)
        .where(Enrolment.quota_id == quota.id, Enrolment.state == EnrolmentState.NOMINATED)
        .order_by(Enrolment.reserve, Enrolment.rank)
    ).all()
    for row in rows:
        tell_named(ctx, row)


def _going_on() -> ColumnElement[bool]:
    """The condition on NominationRound: not settled, and a list has not been handed in."""
    unsent = select(NominationQuota.round_id).where(NominationQuota.sent_at.is_(None))
    return and_(NominationRound.settled_at.is_(None), NominationRound.id.in_(unsent))


def _wanted(ctx: Ctx, row: NominationRound) -> dict[int, list[int]]:
    """Who is told of which parts of a round."""
    found: dict[int, list[int]] = defaultdict(list)
    query = select(NominationQuota.unit_id).where(
        NominationQuota.round_id == row.id, NominationQuota.sent_at.is_(None)
    )
    for unit_id in ctx.session.scalars(query.order_by(NominationQuota.unit_id)):
        for person_id in receivers(ctx, unit_id):
            found[person_id].append(unit_id)
    return found


def _key(row: NominationRound, person_id: int, units: Iterable[int]) -> str:
    parts = "-".join(map(str, units))
    return f"round:{row.id}:called:{row.deadline}:{person_id}:{parts}"


def _remind(ctx: Ctx, row: NominationRound, person_id: int, until: dt.datetime) -> None:
    zone = directory.zone_of(ctx.session.get(Person, person_id), ctx.settings)
    at = instant(row.deadline - dt.timedelta(days=DAYS_BEFORE), MORNING, zone)
    if at > ctx.now():
        outbox.tell(
            ctx,
            NOMINATION_REMINDER,
            person_id,
            {"round": row.id, "deadline": row.deadline.isoformat()},
            key=f"round:{row.id}:reminder:{row.deadline}:{person_id}",
            due_at=at,
            useful_until=until,
        )


def _focal_points(ctx: Ctx, units: set[int]) -> list[int]:
    return list(
        ctx.session.scalars(
            select(FocalPoint.person_id)
            .join(Person, Person.id == FocalPoint.person_id)
            .where(FocalPoint.unit_id.in_(units), Person.active)
            .order_by(FocalPoint.person_id)
        )
    )
