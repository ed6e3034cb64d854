"""Decisions whose ten seconds are over take effect: once, one after the other, in the decider's
name.

The class is held before its approval, as every act does it, so that no two wait for each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from bot import audit
from bot.context import Actor, Ctx
from bot.db import savepoint
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import Words, _
from bot.models.approvals import About, Approval, Decision
from bot.models.delivery import Urgency
from bot.models.training import Enrolment, TrainingClass
from bot.training import approvals, cases, enrolling, postponements, seats, states
from bot.training.schedule import latest_local_date, start_of
from bot.training.states import Act

BATCH = 12
"""How many are settled in one transaction, which on SQLite nobody else can write beside."""
IN_VAIN, ASKED_BACK = "in vain", "asked back"
APPROVAL_IN_VAIN = outbox.declare(NoticeKind("approval_in_vain", Urgency.ORDINARY, repeats=True))
APPROVAL_ASKED_BACK = outbox.declare(
    NoticeKind("approval_asked_back", Urgency.DATED, repeats=True)
)
APPROVAL_OVERRULED = outbox.declare(
    NoticeKind("approval_overruled", Urgency.ORDINARY, merge="approvals", repeats=True)
)


@dataclass(frozen=True, slots=True)
class ByLetter:
    """What was decided in somebody's place, and from which letter."""

    is_approved: bool
    number: str
    day: dt.date


def settle(ctx: Ctx) -> None:
    """Every decision that can no longer be undone takes effect; idempotent.

    One that cannot take effect any more ends, and both sides are told why.
    """
    due = ctx.session.execute(
        select(Approval.id, Enrolment.class_id)
        .join(Enrolment, Enrolment.id == Approval.enrolment_id)
        .where(Approval.ended_at.is_(None), Approval.effective_at <= ctx.now())
        .order_by(Approval.effective_at, Approval.id)
        .limit(BATCH)
    ).all()
    for approval_id, class_id in sorted(due, key=lambda row: row.class_id):
        seats.hold(ctx, class_id)
        approval = _take(ctx, approval_id)
        if approval is not None:
            _settle(ctx, approval)


def next_effect(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next decision takes effect."""
    query = select(func.min(Approval.effective_at)).where(
        Approval.ended_at.is_(None), Approval.effective_at > after
    )
    moment = ctx.session.execute(query).scalar()
    return moment.replace(tzinfo=dt.UTC) if moment is not None and not moment.tzinfo else moment


def end_waiting(ctx: Ctx) -> None:
    """What nobody decided before the class began is declined by that rule; idempotent."""
    waiting = ctx.session.execute(
        select(Approval.id, TrainingClass)
        .join(Enrolment, Enrolment.id == Approval.enrolment_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Approval.ended_at.is_(None),
            Approval.decision.is_(None),
            TrainingClass.starts_on <= latest_local_date(ctx.now()),
        )
        .order_by(TrainingClass.id, Approval.id)
    ).all()
    over = [
        (approval_id, held.id) for approval_id, held in waiting if seats.has_started(ctx, held)
    ]
    for approval_id, class_id in over[:BATCH]:
        if seats.has_started(ctx, seats.hold(ctx, class_id)):
            _end_in_vain(ctx, approval_id)


def next_start(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next class begins for which a request waits."""
    asked_for = (
        select(Enrolment.class_id)
        .join(Approval, Approval.enrolment_id == Enrolment.id)
        .where(Approval.ended_at.is_(None))
    )
    classes = ctx.session.scalars(
        select(TrainingClass).where(
            TrainingClass.id.in_(asked_for), TrainingClass.starts_on.is_not(None)
        )
    )
    moments = [start_of(held, ctx.settings.timezone) for held in classes]
    return min((at for at in moments if at is not None and at > after), default=None)


def was_decided(ctx: Ctx, approval_id: int) -> bool:
    """Whether somebody had decided what ended in vain."""
    return ctx.session.get_one(Approval, approval_id).decision is not None


def why_in_vain(ctx: Ctx, approval_id: int) -> tuple[Words, ...]:
    """Why nothing can come of a request any more."""
    approval = ctx.session.get_one(Approval, approval_id)
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    held = ctx.session.get_one(TrainingClass, row.class_id)
    reasons = states.why_not(cases.case(ctx, held, row.person_id, row), Act.APPROVE)
    return reasons or (_("The request has changed meanwhile."),)


def _take(ctx: Ctx, approval_id: int) -> Approval | None:
    """The approval, unless somebody else is at it or it has been settled or undone."""
    query = select(Approval).where(
        Approval.id == approval_id,
        Approval.ended_at.is_(None),
        Approval.decision.is_not(None),
        Approval.effective_at <= ctx.now(),
    )
    held = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return ctx.session.scalars(held).first()


def _settle(ctx: Ctx, approval: Approval) -> None:
    assert approval.decision is not None
    assert approval.id is not None
    number, effect = approval.id, EFFECTS[approval.about, approval.decision]
    try:
        with savepoint(ctx.session):
            effect(_as_decider(ctx, approval), approval)
            _tell_overruled(ctx, approval)
    except Refusal:
        _end_in_vain(ctx, number)


def _tell_overruled(ctx: Ctx, approval: Approval) -> None:
    """Who had the request hears that the training unit has decided it from a letter."""
    if approval.approver_id in (None, approval.decided_by) or not approval.letter.get("number"):
        return
    assert approval.approver_id is not None
    key = f"approval:{approval.id}:overruled:{approval.approver_id}"
    params = {"approval": approval.id}
    outbox.tell(ctx, APPROVAL_OVERRULED, approval.approver_id, params, key=key)


def by_letter(ctx: Ctx, approval_id: int) -> ByLetter:
    """The decision that was taken from a letter."""
    approval = ctx.session.get_one(Approval, approval_id)
    return ByLetter(
        is_approved=approval.decision is Decision.APPROVED,
        number=approval.letter["number"],
        day=dt.date.fromisoformat(approval.letter["date"]),
    )


def _as_decider(ctx: Ctx, approval: Approval) -> Ctx:
    """The history names who decided, not the clock that let it take effect."""
    if approval.decided_by is None:
        return ctx
    return replace(ctx, actor=Actor(person_id=approval.decided_by, zone=ctx.settings.timezone))


def _approve(ctx: Ctx, approval: Approval) -> None:
    enrolling.approve(ctx, approval.enrolment_id, reason=approval.reason, **_letter(approval))


def _decline(ctx: Ctx, approval: Approval) -> None:
    enrolling.decline(ctx, approval.enrolment_id, approval.reason, **_letter(approval))


def _ask_back(ctx: Ctx, approval: Approval) -> None:
    """The question goes to the officer; the request stays with who asked, as a row of its own."""
    _end(ctx, approval, ASKED_BACK)
    open_on = Approval(
        enrolment_id=approval.enrolment_id,
        about=approval.about,
        approver_id=approval.approver_id,
        level=approval.level,
        asked_at=approval.asked_at,
        passed_on_at=ctx.now(),
        reason=approvals.asked_words(approval),
    )
    ctx.session.add(open_on)
    ctx.session.flush()
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    key = f"approval:{approval.id}:asked-back"
    outbox.tell(ctx, APPROVAL_ASKED_BACK, row.person_id, {"approval": approval.id}, key=key)


def _put_off(ctx: Ctx, approval: Approval) -> None:
    enrolling.postpone(ctx, approval.enrolment_id, approvals.asked_words(approval))
    _end(ctx, approval, postponements.PUT_OFF)
    postponements.tell_asker(ctx, approval)


def _keep(ctx: Ctx, approval: Approval) -> None:
    _end(ctx, approval, "not put off")
    postponements.tell_asker(ctx, approval)


EFFECTS: Mapping[tuple[About, Decision], Callable[[Ctx, Approval], None]] = {
    (About.PLACE, Decision.APPROVED): _approve,
    (About.PLACE, Decision.DECLINED): _decline,
    (About.PLACE, Decision.ASKED_BACK): _ask_back,
    (About.POSTPONEMENT, Decision.APPROVED): _put_off,
    (About.POSTPONEMENT, Decision.DECLINED): _keep,
}


def _letter(approval: Approval) -> dict[str, str]:
    """What the history keeps of a signed letter; nothing without one."""
    return {f"letter_{name}": approval.letter[name] for name in LETTER if name in approval.letter}


LETTER = ("number", "date")


def _end_in_vain(ctx: Ctx, approval_id: int) -> None:
    """It is too late: the officer's request is declined by that rule, and who decides is told."""
    approval = ctx.session.get_one(Approval, approval_id)
    _end(ctx, approval, IN_VAIN)
    audit.record(ctx, "approval.in_vain", "approval", approval.id)
    if approval.about is About.PLACE:
        enrolling.decline(ctx, approval.enrolment_id, "", rule=enrolling.STARTED)
    else:
        postponements.tell_asker(ctx, approval)
    deciders = [approval.decided_by] if approval.decided_by else approvals.receivers(ctx, approval)
    for person_id in deciders:
        key = f"approval:{approval.id}:in-vain:{person_id}"
        outbox.tell(ctx, APPROVAL_IN_VAIN, person_id, {"approval": approval.id}, key=key)


def _end(ctx: Ctx, approval: Approval, how: str) -> None:
    approval.ended_at, approval.ended_how = ctx.now(), how
    ctx.session.flush()
