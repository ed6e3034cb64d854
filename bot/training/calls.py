"""Calling for names, and the deadline: who is told, reminded, and what is over when it passes.

A list that has not been handed in by the deadline stands as it is; seats for which nobody was
named go back to the training unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, select

from bot import audit
from bot.calendar import instant
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.delivery import OutboxItem, Urgency
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import directory
from bot.training import changes, desk, receivers, round_cards, rounds, seats, team_news
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


def uncalled(ctx: Ctx, class_id: int) -> int:
    """How many people have not been told yet of a quota that concerns them."""
    row, _held = rounds.held_round(ctx, class_id)
    keys = {_key(row, who, units) for who, units in _wanted(ctx, row).items()}
    told = select(OutboxItem.unique_key).where(OutboxItem.unique_key.in_(keys))
    return len(keys - set(ctx.session.scalars(told)))


def call(ctx: Ctx, class_id: int) -> int:
    """Tell everybody who may name people, once for each set of quotas; how many are told.

    Two days before the deadline those are reminded whose lists have not been handed in.
    """
    row, held = rounds.held_round(ctx, class_id)
    until = round_cards.end_of(row, held, ctx.settings.timezone)
    wanted = _wanted(ctx, row)
    notices = [
        Notice(who, {"round": row.id, "units": units}, _key(row, who, units), None, until)
        for who, units in wanted.items()
    ]
    told = outbox.tell_all(ctx, NOMINATION_CALLED, notices)
    outbox.tell_all(ctx, NOMINATION_REMINDER, _reminders(ctx, row, wanted, until))
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
        is_over = round_cards.end_of(row, held, ctx.settings.timezone) < ctx.now()
        if is_over and round_cards.takes_names(ctx, held):
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
    query = select(NominationQuota.unit_id).where(
        NominationQuota.round_id == row.id, NominationQuota.sent_at.is_(None)
    )
    return receivers.of_parts(ctx, ctx.session.scalars(query))


def _key(row: NominationRound, person_id: int, units: Iterable[int]) -> str:
    parts = "-".join(map(str, units))
    return f"round:{row.id}:called:{row.deadline}:{person_id}:{parts}"


def _reminders(
    ctx: Ctx, row: NominationRound, wanted: Iterable[int], until: dt.datetime
) -> list[Notice]:
    day = row.deadline - dt.timedelta(days=DAYS_BEFORE)
    params = {"round": row.id, "deadline": row.deadline.isoformat()}
    found = []
    for person in ctx.session.scalars(select(Person).where(Person.id.in_(list(wanted)))):
        at = instant(day, MORNING, directory.zone_of(person, ctx.settings))
        if at > ctx.now() and person.id is not None:
            key = f"round:{row.id}:reminder:{row.deadline}:{person.id}"
            found.append(Notice(person.id, params, key, at, until))
    return found
