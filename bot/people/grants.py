"""Roles given and taken away by hand: training unit, HR, executive."""

from __future__ import annotations

from sqlalchemy import or_, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import GRANTABLE, Grant, Person, Role, Unit


def grant(ctx: Ctx, role: str, staff_no: str, scope: str = "") -> None:
    """Give a role, over everything or over one unit (by name, or by path where names repeat).

    Refuses a role that follows from data, an unknown person and an unknown or doubled unit.
    """
    wanted = _wanted(ctx, role, staff_no, scope)
    if _held(ctx, wanted) is None:
        ctx.session.add(wanted)
        audit.record(ctx, "role.granted", "person", wanted.person_id, role=role, scope=scope)


def take_away(ctx: Ctx, role: str, staff_no: str, scope: str = "") -> None:
    """Take a role away that was given in the same words; it ends with the next thing they press.

    Refuses what `grant` refuses, and a role that the person does not have.
    """
    wanted = _wanted(ctx, role, staff_no, scope)
    held = _held(ctx, wanted)
    if held is None:
        raise Refusal(
            _("{staff_no} does not have the role {role} there.", staff_no=staff_no, role=role)
        )
    ctx.session.delete(held)
    audit.record(ctx, "role.taken_away", "person", wanted.person_id, role=role, scope=scope)


def _wanted(ctx: Ctx, role: str, staff_no: str, scope: str) -> Grant:
    if role not in {grantable.value for grantable in GRANTABLE}:
        names = ", ".join(grantable.value for grantable in GRANTABLE)
        raise Refusal(
            _("“{role}” cannot be granted. Choose one of: {names}.", role=role, names=names)
        )
    person = ctx.session.scalars(select(Person).where(Person.staff_no == staff_no)).first()
    if person is None or person.id is None:
        raise Refusal(_("There is nobody with staff number {staff_no}.", staff_no=staff_no))
    scope_id = _unit(ctx, scope) if scope else None
    return Grant(
        person_id=person.id, role=Role(role), scope_unit_id=scope_id, granted_at=ctx.now()
    )


def _held(ctx: Ctx, wanted: Grant) -> Grant | None:
    """The same role over the same part of the organisation, if the person has it."""
    return ctx.session.scalars(
        select(Grant).where(
            Grant.person_id == wanted.person_id,
            Grant.role == wanted.role,
            Grant.scope_unit_id.is_not_distinct_from(wanted.scope_unit_id),
        )
    ).first()


def _unit(ctx: Ctx, name: str) -> int:
    found = ctx.session.scalars(
        select(Unit.id).where(or_(Unit.name == name, Unit.path == name))
    ).all()
    if not found:
        raise Refusal(_("There is no unit named {name}.", name=name))
    if len(found) > 1 or found[0] is None:
        raise Refusal(_("Several units are named {name}. Give its path, with slashes.", name=name))
    return found[0]
