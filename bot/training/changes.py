"""One step of an enrolment, written down with who, when, by which rule and why, and told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import desc, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState
from bot.training import states
from bot.training.states import Act

ENROLMENT_CHANGED = outbox.declare(NoticeKind("enrolment_changed", Urgency.DATED))


def step(
    ctx: Ctx,
    row: Enrolment,
    act: Act,
    new: EnrolmentState,
    *,
    rule: str = "",
    reason: str = "",
    **details: Any,
) -> EnrolmentChange:
    """Move an enrolment; a row that is not stored yet is new on the list.

    Refuses what the state machine does not allow; conditions have been asked before, under the
    class's lock. `rule` names the rule that acted where no person did.
    """
    old = row.state if row.id is not None else None
    if not states.leads(act, old, new):
        raise Refusal(_("This has changed meanwhile. Open it again to see how it stands."))
    row.state, row.changed_at, row.reason = new, ctx.now(), reason
    ctx.session.add(row)
    ctx.session.flush()
    change = _written(ctx, row, act, old, rule, reason, details)
    audit.record(
        ctx,
        "enrolment.changed",
        "enrolment",
        row.id,
        old=change.old,
        new=change.new,
        act=act.value,
    )
    return change


def tell(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> None:
    """Tell the person of this step, once; not those who did it themselves and see it, nor those
    who do not know yet that they were nominated.
    """
    if ctx.actor.person_id == row.person_id and not change.rule:
        return
    if change.act in (Act.CANCEL, Act.RESTORE) and _is_unknown_name(ctx, change):
        return
    key = _key(change)
    outbox.tell(ctx, ENROLMENT_CHANGED, row.person_id, {"change": change.id}, key=key)


def _is_unknown_name(ctx: Ctx, change: EnrolmentChange) -> bool:
    """Whether it is about a place on a list of names of which its person has not been told."""
    if EnrolmentState.NOMINATED not in (change.old, change.new):
        return False
    named = ctx.session.scalars(
        select(EnrolmentChange)
        .where(
            EnrolmentChange.enrolment_id == change.enrolment_id,
            EnrolmentChange.act == Act.NOMINATE,
        )
        .order_by(desc(EnrolmentChange.id))
        .limit(1)
    ).first()
    return named is not None and not outbox.is_told(ctx, _key(named))


def _key(change: EnrolmentChange) -> str:
    return f"enrolment:{change.enrolment_id}:change:{change.id}"


def _written(
    ctx: Ctx,
    row: Enrolment,
    act: Act,
    old: EnrolmentState | None,
    rule: str,
    reason: str,
    details: dict[str, Any],
) -> EnrolmentChange:
    assert row.id is not None
    change = EnrolmentChange(
        enrolment_id=row.id,
        at=ctx.now(),
        actor_id=None if rule else ctx.actor.person_id,
        act=act.value,
        old=old.value if old else "",
        new=row.state.value,
        rule=rule,
        reason=reason,
        details=details,
    )
    ctx.session.add(change)
    ctx.session.flush()
    return change
