"""Who may do what about whom, by the table of role, action and reach.

Roles other than training unit, executive and HR follow from data. Reach predicates
that need a higher room are registered by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from sqlalchemy import or_, select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.people import GRANTABLE, FocalPoint, Grant, Person, Role, Unit
from bot.people.access_table import ACCESS, Action, Reach

RoleSource = Callable[[Session, int], bool]
ROLE_SOURCES: dict[Role, RoleSource] = {}
BY_HAND = frozenset({*GRANTABLE, Role.HEADQUARTERS})
OF_DATA = frozenset({Role.SUPERVISOR, Role.HEAD, Role.TRAINER, Role.FOCAL_POINT})


def register_role_source(role: Role, source: RoleSource) -> None:
    """Let a higher room say from its data who has a role; refuses a second source."""
    if role in ROLE_SOURCES:
        raise ValueError(f"role {role} has two sources")
    ROLE_SOURCES[role] = source


def roles_of(
    session: Session,
    person_id: int | None,
    today: dt.date,
    among: Collection[Role] = frozenset(Role),
) -> frozenset[Role]:
    """The roles of a person today, of those that are asked `among`; leavers and strangers are
    strangers.
    """
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.id is None or not person.active:
        return frozenset({Role.STRANGER}).intersection(among)
    found = {Role.OFFICER}
    if not BY_HAND.isdisjoint(among):
        found |= _granted(session, person.id)
    for role in OF_DATA.intersection(among):
        if _follows(session, person.id, role, today):
            found.add(role)
    return frozenset(found).intersection(among)


def roles(ctx: Ctx) -> frozenset[Role]:
    """All roles of the context's actor."""
    return roles_of(ctx.session, ctx.actor.person_id, ctx.today())


def roles_for(ctx: Ctx, action: Action) -> list[tuple[Role, Reach]]:
    """The actor's roles by which they may do `action`, and about whom; no others are asked for."""
    may = {role: reach for (role, act), reach in ACCESS.items() if act is action}
    have = roles_of(ctx.session, ctx.actor.person_id, ctx.today(), may.keys())
    return [(role, reach) for role, reach in may.items() if role in have]


def allows(have: Iterable[Role], action: Action) -> bool:
    """Whether any of these roles may do `action` at all."""
    return any((role, action) in ACCESS for role in have)


def may(ctx: Ctx, action: Action) -> bool:
    """Whether the actor may do `action` about anyone at all; the system may do all.

    What every officer may do is answered without asking for the other roles.
    """
    if ctx.actor.is_system:
        return True
    if ctx.actor.person_id is not None and (Role.OFFICER, action) in ACCESS:
        return True
    return bool(roles_for(ctx, action))


def may_about(ctx: Ctx, action: Action, person_id: int) -> bool:
    """Whether the actor may do `action` about this person."""
    if ctx.actor.is_system:
        return True
    return any(_reaches(ctx, role, reach, person_id) for role, reach in roles_for(ctx, action))


NOT_ALLOWED = _("You cannot do this. If you should be able to, ask the training unit.")


class OutOfReach(Refusal):
    """Somebody tried what they may not do; whoever shows it keeps it in the audit.

    `about` is the id of a person, or of what else `kind` says.
    """

    def __init__(
        self,
        action: Action,
        about: int | None,
        kind: str = "person",
        sentence: Text = NOT_ALLOWED,
    ) -> None:
        super().__init__(sentence)
        self.action, self.about, self.kind = action, about, kind


def require(ctx: Ctx, action: Action, about: int | None = None) -> None:
    """Refuse unless the actor may do `action` (about a person); see `note_out_of_reach`."""
    allowed = may(ctx, action) if about is None else may_about(ctx, action, about)
    if not allowed:
        raise OutOfReach(action, about)


def note_out_of_reach(ctx: Ctx, refusal: Refusal) -> None:
    """Keep it in the audit, once what was tried is undone, if the refusal is for want of reach."""
    if isinstance(refusal, OutOfReach):
        kind = refusal.kind if refusal.about is not None else ""
        what, user_id = refusal.action.value, ctx.actor.user_id
        audit.record(ctx, "access.refused", kind, refusal.about, what=what, user_id=user_id)


def note_refusal(ctx: Ctx, what: str) -> None:
    """Keep in the audit that somebody tried what they may not do."""
    audit.record(ctx, "access.refused", what=what, user_id=ctx.actor.user_id)


def supervisor_of(person: Person, today: dt.date) -> int | None:
    """The supervisor on duty: the acting one until the end date, else the regular one."""
    if person.acting_supervisor_id and (
        person.acting_until is None or today <= person.acting_until
    ):
        return person.acting_supervisor_id
    return person.supervisor_id


def people_with(session: Session, role: Role, about_unit: int | None = None) -> list[int]:
    """Active people to whom `role` was granted, those only whose scope holds `about_unit`."""
    rows = session.execute(
        select(Grant.person_id, Grant.scope_unit_id)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == role, Person.active)
        .order_by(Grant.person_id)
    )
    found = [
        person_id
        for person_id, scope in rows
        if scope is None or about_unit is None or scope in units_above(session, about_unit)
    ]
    return list(dict.fromkeys(found))


def units_above(session: Session, unit_id: int) -> set[int]:
    """A unit and everything it belongs to, by id."""
    found: set[int] = set()
    current: int | None = unit_id
    while current is not None and current not in found:
        found.add(current)
        unit = session.get(Unit, current)
        current = unit.parent_id if unit else None
    return found


def _reaches(ctx: Ctx, role: Role, reach: Reach, person_id: int) -> bool:
    person = ctx.session.get(Person, person_id)
    if person is None:
        return False
    if reach is Reach.SELF:
        return person_id == ctx.actor.person_id
    if reach is Reach.TEAM:
        return supervisor_of(person, ctx.today()) == ctx.actor.person_id
    if reach is Reach.OFFICE:
        return _is_focal_for(ctx, person)
    if reach is Reach.SCOPE:
        return _scope_holds(ctx, role, person)
    if reach is Reach.ALL:
        return True
    return REACHES[reach](ctx, person_id)


ReachPredicate = Callable[[Ctx, int], bool]
REACHES: dict[Reach, ReachPredicate] = {}


def register_reach(reach: Reach, predicate: ReachPredicate) -> None:
    """Let a higher room say whom a reach covers; refuses a second predicate."""
    if reach in REACHES:
        raise ValueError(f"reach {reach} has two predicates")
    REACHES[reach] = predicate


def _granted(session: Session, person_id: int) -> set[Role]:
    rows = session.execute(
        select(Grant.role, Grant.scope_unit_id).where(Grant.person_id == person_id)
    ).all()
    roles = {role for role, _scope in rows}
    if (Role.UNIT, None) in {(role, scope) for role, scope in rows}:
        roles.add(Role.HEADQUARTERS)
    return roles


def _follows(session: Session, person_id: int, role: Role, today: dt.date) -> bool:
    """Whether the data say that somebody has a role."""
    if role is Role.SUPERVISOR and _exists(
        session, select(Person.id).where(_leads(person_id, today), Person.active)
    ):
        return True
    if role is Role.FOCAL_POINT:
        own = select(FocalPoint.unit_id).where(FocalPoint.person_id == person_id)
        return _exists(session, own)
    source = ROLE_SOURCES.get(role)
    return source is not None and source(session, person_id)


def _is_focal_for(ctx: Ctx, person: Person) -> bool:
    above = units_above(ctx.session, person.unit_id)
    return _exists(
        ctx.session,
        select(FocalPoint.unit_id).where(
            FocalPoint.person_id == ctx.actor.person_id, FocalPoint.unit_id.in_(above)
        ),
    )


def _scope_holds(ctx: Ctx, role: Role, person: Person) -> bool:
    above = units_above(ctx.session, person.unit_id)
    return _exists(
        ctx.session,
        select(Grant.id).where(
            Grant.person_id == ctx.actor.person_id,
            Grant.role == role,
            or_(Grant.scope_unit_id.is_(None), Grant.scope_unit_id.in_(above)),
        ),
    )


def _leads(person_id: int | None, today: dt.date):  # type: ignore[no-untyped-def]
    acting = (Person.acting_supervisor_id == person_id) & (
        Person.acting_until.is_(None) | (Person.acting_until >= today)
    )
    regular = (Person.supervisor_id == person_id) & (
        Person.acting_supervisor_id.is_(None) | (Person.acting_until < today)
    )
    return acting | regular


def _exists(session: Session, query) -> bool:  # type: ignore[no-untyped-def]
    return session.execute(query.limit(1)).first() is not None
