"""Asking for a decision about an enrolment, deciding it, and what a decision does.

A decision can be undone for ten seconds; then it takes effect as a due row, by whichever process
comes to it, and once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.approvals import About, Approval, Decision
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.training import Enrolment
from bot.people import access, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import approvers, last_in_line

UNDO_SECONDS = 10
APPROVAL_ASKED = outbox.declare(
    NoticeKind("approval_asked", Urgency.ORDINARY, merge="approvals", repeats=True)
)
DECIDED_ALREADY = _("This has been decided already.")
ASKED, ASKED_BY = "asked", "asked_by"


def ask(ctx: Ctx, row: Enrolment, about: About = About.PLACE, reason: str = "") -> Approval:
    """Ask whoever decides about this person; what was asked before and is open ends.

    That training is put off is decided by the training unit.
    """
    assert row.id is not None
    void(ctx, row.id, "asked again")
    line = approvers.line_of(ctx.session, row.person_id, ctx.today())
    approval = Approval(
        enrolment_id=row.id,
        about=about,
        approver_id=line[0] if line and about is About.PLACE else None,
        asked_at=ctx.now(),
        passed_on_at=ctx.now(),
        reason=reason,
        letter={ASKED_BY: ctx.actor.person_id} if ctx.actor.person_id != row.person_id else {},
    )
    ctx.session.add(approval)
    ctx.session.flush()
    announce(ctx, approval)
    return approval


def announce(ctx: Ctx, approval: Approval) -> None:
    """Tell whoever has it now, at this level once."""
    for person_id in receivers(ctx, approval):
        key = asked_key(ctx, approval.id or 0, person_id)
        outbox.tell(ctx, APPROVAL_ASKED, person_id, {"approval": approval.id}, key=key)


def asked_key(ctx: Ctx, approval_id: int, person_id: int) -> str:
    """Under which key somebody is asked about a request where it is now."""
    level = ctx.session.get_one(Approval, approval_id).level
    return f"approval:{approval_id}:level:{level}:{person_id}"


def receivers(ctx: Ctx, approval: Approval) -> list[int]:
    """The approver, or who decides once the line is at its end: see `last_in_line`."""
    if approval.approver_id is not None:
        return [approval.approver_id]
    return last_in_line.deciders(ctx.session, approval)


def void(ctx: Ctx, enrolment_id: int, how: str) -> None:
    """Nothing more is to be decided about this enrolment."""
    for approval in ctx.session.scalars(_open_of(enrolment_id)).all():
        approval.ended_at, approval.ended_how = ctx.now(), how
    ctx.session.flush()


def void_all(ctx: Ctx, class_id: int, how: str) -> None:
    """Nothing more is to be decided about anybody on the list of a class."""
    on_list = select(Enrolment.id).where(Enrolment.class_id == class_id)
    ctx.session.execute(
        update(Approval)
        .where(Approval.enrolment_id.in_(on_list), Approval.ended_at.is_(None))
        .values(ended_at=ctx.now(), ended_how=how)
    )


def open_about(ctx: Ctx, enrolment_id: int) -> Approval | None:
    """What is asked about an enrolment and not settled yet."""
    return ctx.session.scalars(_open_of(enrolment_id)).first()


def decide(
    ctx: Ctx,
    approval_id: int,
    decision: Decision,
    reason: str = "",
    letter: Mapping[str, Any] | None = None,
) -> Approval:
    """Decide; it takes effect in ten seconds, and until then `undo` takes it back.

    `letter` is what the training unit decides from in somebody's place. Refuses what is settled,
    or decided by somebody else meanwhile, and what is not the actor's to decide.
    """
    approval = require_open(ctx, approval_id)
    if approval.about is About.POSTPONEMENT and decision is Decision.ASKED_BACK:
        raise Refusal(_("Speak with the supervisor, or decide."))
    asked = {ASKED: approval.reason} if approval.reason else {}
    approval.letter = {**approval.letter, **asked, **(letter or {})}
    approval.decision, approval.reason = decision, reason
    approval.decided_by, approval.decided_at = ctx.actor.person_id, ctx.now()
    approval.effective_at = ctx.now() + dt.timedelta(seconds=UNDO_SECONDS)
    ctx.session.flush()
    audit.record(
        ctx, "approval.decided", "approval", approval.id, decision=decision.value, reason=reason
    )
    return approval


def undo(ctx: Ctx, approval_id: int) -> Approval:
    """Take back one's own decision that has not taken effect; refuses one that has."""
    approval = require_decider(ctx, approval_id)
    is_late = approval.effective_at is None or approval.effective_at <= ctx.now()
    if approval.ended_at is not None or is_late or approval.decided_by != ctx.actor.person_id:
        raise Refusal(_("This decision has taken effect. The training unit can still change it."))
    approval.reason = asked_words(approval)
    approval.letter = {name: kept for name, kept in approval.letter.items() if name == ASKED_BY}
    approval.decision = approval.decided_by = approval.decided_at = approval.effective_at = None
    ctx.session.flush()
    audit.record(ctx, "approval.undone", "approval", approval.id)
    return approval


def decide_all(ctx: Ctx, up_to: int) -> list[Approval]:
    """Approve all places that wait for the actor, up to the id `up_to`: later ones were not seen.

    It is one decision, which `undo_all` takes back. Refuses if nothing waits any more, and who
    may not decide about the last of them.
    """
    query = waiting(ctx).where(Approval.id <= up_to, Approval.about == About.PLACE)
    ids = [approval.id for approval in ctx.session.scalars(query).all()]
    if not ids:
        seen(ctx, up_to)
        raise Refusal(DECIDED_ALREADY)
    decided = [decide(ctx, number, Decision.APPROVED) for number in sorted(filter(None, ids))]
    for approval in decided:
        approval.decided_at, approval.effective_at = decided[0].decided_at, decided[0].effective_at
    ctx.session.flush()
    return decided


def undo_all(ctx: Ctx, approval_id: int) -> list[Approval]:
    """Take back a decision of one's own with all that was decided with it; refuses as `undo`."""
    first = require_decider(ctx, approval_id)
    together = select(Approval.id).where(
        Approval.decided_by == ctx.actor.person_id,
        Approval.decided_at == first.decided_at,
        Approval.ended_at.is_(None),
    )
    ids = set(filter(None, ctx.session.scalars(together))) if first.decided_at else set()
    return [undo(ctx, number) for number in sorted(ids | {approval_id})]


def undoable(ctx: Ctx) -> int | None:
    """The actor's latest decision that can still be taken back."""
    query = (
        select(Approval.id)
        .where(
            Approval.decided_by == ctx.actor.person_id,
            Approval.ended_at.is_(None),
            Approval.effective_at > ctx.now(),
        )
        .order_by(Approval.decided_at.desc(), Approval.id.desc())
    )
    return ctx.session.scalars(query.limit(1)).first()


def waiting(ctx: Ctx) -> Select[Approval]:
    """The requests that the actor is to decide now, the oldest first, as a query."""
    return _undecided(_with_actor(ctx)).order_by(Approval.asked_at, Approval.id)


def with_others(ctx: Ctx) -> Select[Approval]:
    """The requests that wait for somebody else, and that the actor may decide in their place."""
    elsewhere = and_(
        Approval.approver_id.is_not(None),
        Approval.approver_id.not_in(_deciding_for(ctx)),
        Person.id != ctx.actor.person_id,
        reach.within(ctx, Action.OVERRULE),
    )
    return _undecided(elsewhere).order_by(Approval.asked_at, Approval.id)


def count(ctx: Ctx, requests: Select[Approval]) -> int:
    """How many requests a query of this room finds."""
    counted = select(func.count()).select_from(requests.order_by(None).subquery())
    return int(ctx.session.execute(counted).scalar_one())


def is_with_actor(ctx: Ctx, approval_id: int) -> bool:
    """Whether the request waits for the actor, not only within reach to overrule."""
    query = _undecided(_with_actor(ctx)).where(Approval.id == approval_id)
    return ctx.session.scalars(query).first() is not None


def asked_words(approval: Approval) -> str:
    """What was written with the question, whether it has been decided or not."""
    return str(approval.letter.get(ASKED, "")) if approval.decision else approval.reason


def require_open(ctx: Ctx, approval_id: int) -> Approval:
    """The approval as `require_decider` gives it; refuses one that has been decided."""
    approval = require_decider(ctx, approval_id)
    if approval.ended_at is not None or approval.decision is not None:
        raise Refusal(DECIDED_ALREADY)
    return approval


def require_decider(ctx: Ctx, approval_id: int) -> Approval:
    """The approval, for who may decide it: the one it is with, their deputy, the training unit,
    or an executive where the unit has nobody else.

    It is held until the commit, so that two decisions come one after the other.
    """
    approval = ctx.session.get(Approval, approval_id, with_for_update=True, populate_existing=True)
    return _for_decider(ctx, approval, approval_id)


def seen(ctx: Ctx, approval_id: int) -> Approval:
    """The approval for those who may decide it, only to be looked at."""
    return _for_decider(ctx, ctx.session.get(Approval, approval_id), approval_id)


def _for_decider(ctx: Ctx, approval: Approval | None, approval_id: int) -> Approval:
    if approval is None or not _may_decide(ctx, approval):
        raise OutOfReach(Action.DECIDE, approval_id, "approval", _("This is not yours to decide."))
    return approval


def _may_decide(ctx: Ctx, approval: Approval) -> bool:
    if ctx.actor.is_system:
        return True
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    if ctx.actor.person_id is None or row.person_id == ctx.actor.person_id:
        return False
    if approval.approver_id in approvers.decides_for(ctx, ctx.actor.person_id):
        return True
    if ctx.actor.person_id in receivers(ctx, approval):
        return True
    return access.may_about(ctx, Action.OVERRULE, row.person_id)


def _with_actor(ctx: Ctx) -> ColumnElement[bool]:
    with_unit = and_(
        Approval.approver_id.is_(None),
        Person.id != ctx.actor.person_id,
        reach.within(ctx, Action.OVERRULE),
    )
    own = ctx.actor.person_id
    left = last_in_line.left_to(ctx.session, own) if own is not None else set()
    with_person = or_(Approval.approver_id.in_(_deciding_for(ctx)), Approval.id.in_(left))
    return or_(with_person, with_unit)


def _deciding_for(ctx: Ctx) -> set[int]:
    own = ctx.actor.person_id
    return approvers.decides_for(ctx, own) if own is not None else set()


def _undecided(whose: ColumnElement[bool]) -> Select[Approval]:
    return (
        select(Approval)
        .join(Enrolment, Enrolment.id == Approval.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Approval.ended_at.is_(None), Approval.decision.is_(None), Person.active, whose)
    )


def _open_of(enrolment_id: int) -> Select[Approval]:
    return select(Approval).where(
        Approval.enrolment_id == enrolment_id, Approval.ended_at.is_(None)
    )
