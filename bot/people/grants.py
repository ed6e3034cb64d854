"""Roles given by hand: training unit, HR, executive."""

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
    if role not in {grantable.value for grantable in GRANTABLE}:
        names = ", ".join(grantable.value for grantable in GRANTABLE)
        raise Refusal(
            _("“{role}” cannot be granted. Choose one of: {names}.", role=role, names=names)
        )
    person = ctx.session.scalars(select(Person).where(Person.staff_no == staff_no)).first()
    if person is None or person.id is None:
        raise Refusal(_("There is nobody with staff number {staff_no}.", staff_no=staff_no))
    scope_id = _unit(ctx, scope) if scope else None
    held = select(Grant.id).where(Grant.person_id == person.id, Grant.role == Role(role))
    held = held.where(
        Grant.scope_unit_id.is_(None) if scope_id is None else Grant.scope_unit_id == scope_id
    )
    if ctx.session.execute(held).first() is None:
        ctx.session.add(
            Grant(
                person_id=person.id, role=Role(role), scope_unit_id=scope_id, granted_at=ctx.now()
            )
        )
        audit.record(ctx, "role.granted", "person", person.id, role=role, scope=scope)


def _unit(ctx: Ctx, name: str) -> int:
    found = ctx.session.scalars(
        select(Unit.id).where(or_(Unit.name == name, Unit.path == name))
    ).all()
    if not found:
        raise Refusal(_("There is no unit named {name}.", name=name))
    if len(found) > 1 or found[0] is None:
        raise Refusal(_("Several units are named {name}. Give its path, with slashes.", name=name))
    return found[0]
