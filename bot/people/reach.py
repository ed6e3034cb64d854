"""Reach as a set: the same rules as `access.may_about`, asked of the database once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlmodel import Session

from bot.context import Ctx
from bot.models.people import FocalPoint, Grant, Person, Role, Unit
from bot.people import access
from bot.people.access_table import Action, Reach

Roles: TypeAlias = Iterable[Role]
Clause: TypeAlias = ColumnElement[bool]
ClauseSource: TypeAlias = Callable[[Ctx], Clause]
UnitSource: TypeAlias = Callable[[Ctx], set[int]]
CLAUSES: dict[Reach, ClauseSource] = {}
UNITS: dict[Reach, UnitSource] = {}


def register_units(reach: Reach, source: UnitSource) -> None:
    """Let somebody else give a reach as whole offices; refuses a second source."""
    if reach in UNITS:
        raise ValueError(f"reach {reach} has two sources of offices")
    UNITS[reach] = source


def register_clause(reach: Reach, source: ClauseSource) -> None:
    """Let a higher room give a reach as a condition on Person; refuses a second one."""
    if reach in CLAUSES:
        raise ValueError(f"reach {reach} has two clauses")
    CLAUSES[reach] = source


def within(ctx: Ctx, action: Action) -> Clause:
    """The condition on Person that the actor may do `action` about them."""
    if ctx.actor.is_system:
        return true()
    clauses = [_clause(ctx, role, reach) for role, reach in access.roles_for(ctx, action)]
    return or_(false(), *clauses)


def units_within(ctx: Ctx, action: Action) -> set[int] | None:
    """The offices in which the actor may do `action`; None means all of them."""
    if ctx.actor.is_system:
        return None
    found: set[int] = set()
    for role, reach in access.roles_for(ctx, action):
        units = _units(ctx, role, reach)
        if units is None:
            return None
        found |= units
    return found


def units_below(session: Session, unit_ids: Iterable[int]) -> set[int]:
    """These offices and everything that belongs to them."""
    children: dict[int | None, list[int]] = {}
    for unit_id, parent in session.execute(select(Unit.id, Unit.parent_id)):
        children.setdefault(parent, []).append(unit_id)
    found: set[int] = set()
    waiting = list(unit_ids)
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting.extend(children.get(unit_id, ()))
    return found


def _clause(ctx: Ctx, role: Role, reach: Reach) -> Clause:
    if reach is Reach.SELF:
        return Person.id == ctx.actor.person_id
    if reach is Reach.ALL:
        return true()
    if reach is Reach.TEAM:
        return _led_by(ctx)
    if reach in (Reach.OFFICE, Reach.SCOPE) or reach in UNITS:
        units = _units(ctx, role, reach)
        return true() if units is None else Person.unit_id.in_(units)
    source = CLAUSES.get(reach)
    return source(ctx) if source else false()


def _led_by(ctx: Ctx) -> Clause:
    today = ctx.today()
    acting, until = Person.acting_supervisor_id, Person.acting_until
    over = or_(acting.is_(None), until < today)
    return or_(
        (acting == ctx.actor.person_id) & or_(until.is_(None), until >= today),
        (Person.supervisor_id == ctx.actor.person_id) & over,
    )


def _units(ctx: Ctx, role: Role, reach: Reach) -> set[int] | None:
    """Whole offices that a role covers; None for all, empty for a reach over single people."""
    if reach is Reach.ALL:
        return None
    if reach in UNITS:
        return UNITS[reach](ctx)
    if reach is Reach.OFFICE:
        offices = ctx.session.scalars(
            select(FocalPoint.unit_id).where(FocalPoint.person_id == ctx.actor.person_id)
        )
        return units_below(ctx.session, offices)
    if reach is Reach.SCOPE:
        scopes = ctx.session.scalars(
            select(Grant.scope_unit_id).where(
                Grant.person_id == ctx.actor.person_id, Grant.role == role
            )
        ).all()
        held = {scope for scope in scopes if scope is not None}
        return units_below(ctx.session, held) if len(held) == len(set(scopes)) else None
    return set()
