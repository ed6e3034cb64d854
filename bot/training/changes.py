"""One step of an enrolment, written down with who, when, by which rule and why, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import desc, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState
from bot.training import states
from bot.training.states import Act

CHANGED = _("This has changed meanwhile. Open it again to see how it stands.")
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
    (change,) = step_all(ctx, act, [Step(row, new, rule, reason, details)])
    return change


@dataclass(frozen=True, slots=True)
class Step:
    """One step of many that are taken at once."""

    row: Enrolment
    new: EnrolmentState
    rule: str = ""
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def step_all(ctx: Ctx, act: Act, steps: Sequence[Step]) -> list[EnrolmentChange]:
    """The same as `step` for many rows, in few statements; `tell_all` tells of them."""
    before = [one.row.state if one.row.id is not None else None for one in steps]
    for one, old in zip(steps, before, strict=True):
        if not states.leads(act, old, one.new):
            raise Refusal(CHANGED)
        one.row.state, one.row.changed_at, one.row.reason = one.new, ctx.now(), one.reason
    ctx.session.add_all(one.row for one in steps)
    ctx.session.flush()
    made = [_made(ctx, one, act, old) for one, old in zip(steps, before, strict=True)]
    ctx.session.add_all(made)
    ctx.session.flush()
    for change in made:
        _audit(ctx, change)
    return made


def tell_all(ctx: Ctx, told: Sequence[tuple[Enrolment, EnrolmentChange]]) -> None:
    """The same as `tell` for many steps, in few statements."""
    notices = [
        Notice(row.person_id, {"change": change.id}, _key(change))
        for row, change in told
        if _is_told(ctx, row, change)
    ]
    if notices:
        outbox.tell_all(ctx, ENROLMENT_CHANGED, notices)


def tell(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> None:
    """Tell the person of this step, once; not those who did it themselves and see it, nor those
    who do not know yet that they were nominated.
    """
    tell_all(ctx, [(row, change)])


def _is_told(ctx: Ctx, row: Enrolment, change: EnrolmentChange) -> bool:
    if ctx.actor.person_id == row.person_id and not change.rule:
        return False
    return change.act not in (Act.CANCEL, Act.RESTORE) or not _is_unknown_name(ctx, change)


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


def _made(ctx: Ctx, one: Step, act: Act, old: EnrolmentState | None) -> EnrolmentChange:
    assert one.row.id is not None
    return EnrolmentChange(
        enrolment_id=one.row.id,
        at=ctx.now(),
        actor_id=None if one.rule else ctx.actor.person_id,
        act=act.value,
        old=old.value if old else "",
        new=one.new.value,
        rule=one.rule,
        reason=one.reason,
        details=one.details,
    )


def _audit(ctx: Ctx, change: EnrolmentChange) -> None:
    audit.record(
        ctx,
        "enrolment.changed",
        "enrolment",
        change.enrolment_id,
        old=change.old,
        new=change.new,
        act=change.act,
    )
