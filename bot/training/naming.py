"""Somebody is named for a seat of a quota, or struck off the list: as `enrolling`, class first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import desc, select

from bot.context import Ctx
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState
from bot.training import approvals, cases, changes, enrolling, seats, states
from bot.training.states import Act

S = EnrolmentState
STRUCK = "taken off a list before it was handed in"


@dataclass(frozen=True, slots=True)
class Named:
    """Where somebody who is nominated stands: under which quota, at which rank from 1."""

    quota_id: int
    rank: int
    reserve: bool = False


def nominate(ctx: Ctx, class_id: int, person_id: int, seat: Named) -> Enrolment:
    """Somebody is named for a seat of a quota; their own request, if there is one, ends.

    They are told once the list they stand on is handed in. Who may name them is asked before.
    """
    held = seats.hold(ctx, class_id)
    row = enrolling.find(ctx, class_id, person_id)
    cases.require(ctx, held, person_id, Act.NOMINATE, row)
    row.required = False
    row.quota_id, row.rank, row.reserve = seat.quota_id, seat.rank, seat.reserve
    changes.step(ctx, row, Act.NOMINATE, S.NOMINATED, quota=seat.quota_id)
    assert row.id is not None
    approvals.void(ctx, row.id, "nominated")
    return row


def strike(ctx: Ctx, enrolment_id: int) -> Enrolment:
    """A name goes off a list that nobody was told of; interest or request from before is back."""
    held, row = enrolling.held_with(ctx, enrolment_id)
    before = _before_naming(ctx, row)
    row.quota_id, row.rank, row.reserve = None, None, False
    changes.step(ctx, row, Act.CANCEL, S.CANCELLED)
    possible = not states.why_not(cases.case(ctx, held, row.person_id, row), Act.RESTORE)
    if before is not None and possible:
        changes.step(ctx, row, Act.RESTORE, before, rule=STRUCK)
    if row.state is S.REQUESTED:
        approvals.ask(ctx, row)
    return row


def _before_naming(ctx: Ctx, row: Enrolment) -> EnrolmentState | None:
    """What somebody wanted by themselves before they were named; None if nothing."""
    old = ctx.session.scalars(
        select(EnrolmentChange.old)
        .where(EnrolmentChange.enrolment_id == row.id, EnrolmentChange.act == Act.NOMINATE)
        .order_by(desc(EnrolmentChange.id))
        .limit(1)
    ).first()
    return EnrolmentState(old) if old in (S.INTERESTED, S.REQUESTED) else None
