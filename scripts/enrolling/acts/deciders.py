"""What supervisors, deputies and the unit decide, and the rules that let it take effect."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.context import Ctx
from bot.models.approvals import About, Approval, Decision
from bot.models.training import EnrolmentState as S
from bot.training import approvals, decisions, deputies, lapsing, passing_on, postponements
from scripts.enrolling.acts import act, listed, pick, staff_no
from scripts.enrolling.world import World


@act(often=20)
def decide(world: World, who: int, _where: int, much: int) -> object:
    """By one who was asked, now and then by anybody else; mostly approved."""
    approval_id, about, receivers = world.act(None, lambda ctx: _undecided(ctx, who))
    decider = pick((*receivers * 4, pick(world.people, much)), much)
    asked_back = about is About.PLACE and much % 7 == 0
    decision = pick((Decision.APPROVED,) * 4 + (Decision.DECLINED,), much // 3)
    decision = Decision.ASKED_BACK if asked_back else decision
    reason = "" if decision is Decision.APPROVED else "too few on duty"
    return world.act(decider, lambda ctx: approvals.decide(ctx, approval_id, decision, reason))


@act(often=4)
def decide_all(world: World, who: int, _where: int, _much: int) -> object:
    """All that waits, by somebody to whom something was put."""
    approval_id, _about, receivers = world.act(None, lambda ctx: _undecided(ctx, who))
    return world.act(pick(receivers, who), lambda ctx: approvals.decide_all(ctx, approval_id + 1))


@act(often=3)
def undo(world: World, who: int, _where: int, _much: int) -> object:
    """By the one who decided, if it is not too late."""

    def found(ctx: Ctx) -> tuple[int, int | None]:
        query = select(Approval).where(Approval.decision.is_not(None), Approval.ended_at.is_(None))
        row = pick(ctx.session.scalars(query.order_by(Approval.id)).all(), who)
        assert row.id is not None
        return row.id, row.decided_by

    approval_id, decided_by = world.act(None, found)
    return world.act(decided_by, lambda ctx: approvals.undo(ctx, approval_id))


@act(often=8)
def settle(world: World, _who: int, _where: int, _much: int) -> object:
    """Decisions take effect whose ten seconds are over."""
    return world.act(None, decisions.settle)


@act(often=1)
def end_waiting(world: World, _who: int, _where: int, _much: int) -> object:
    return world.act(None, decisions.end_waiting)


@act(often=1)
def lapse(world: World, _who: int, _where: int, _much: int) -> object:
    """Whoever has no place when the class begins is off its list."""
    return world.act(None, lapsing.lapse)


@act(often=1)
def chase(world: World, _who: int, _where: int, _much: int) -> object:
    """Reminders, and requests passed on that have waited too long."""
    return world.act(None, passing_on.chase)


@act(often=1)
def ask_to_postpone(world: World, who: int, _where: int, much: int) -> object:
    """Some supervisor wants ordered training put off."""
    row_id, _person_id = listed(world, who, S.APPROVED, S.ENROLLED, required=True)
    asker = pick((*world.supervisors, world.director), much)
    return world.act(asker, lambda ctx: postponements.ask(ctx, row_id, "too few on duty"))


@act(often=1)
def name_deputy(world: World, who: int, _where: int, much: int) -> object:
    """A supervisor has one of their people stand in for some days."""
    supervisor, deputy = pick(world.supervisors, who), pick(world.people, much)

    def work(ctx: Ctx) -> object:
        until = ctx.today() + dt.timedelta(days=much % 5)
        return deputies.name(ctx, supervisor, staff_no(ctx, deputy), until)

    return world.act(pick((supervisor, world.desk), much), work)


@act(often=1)
def end_deputies(world: World, who: int, _where: int, much: int) -> object:
    """Those whose last day is over, or one by hand."""
    if much % 2:
        return world.act(None, deputies.end_past)
    supervisor = pick(world.supervisors, who)
    return world.act(supervisor, lambda ctx: deputies.end(ctx, supervisor))


def _undecided(ctx: Ctx, number: int) -> tuple[int, About, list[int]]:
    query = select(Approval).where(Approval.ended_at.is_(None), Approval.decision.is_(None))
    row = pick(ctx.session.scalars(query.order_by(Approval.id)).all(), number)
    assert row.id is not None
    return row.id, row.about, approvals.receivers(ctx, row)
