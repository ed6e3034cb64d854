"""Who heads a part of the organisation: it follows from who serves where, and under whom.

The head of a part serves in that very unit, has no supervisor inside the part and leads most of
its people. Where nobody is so, the part has no head.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session

from bot.context import Ctx
from bot.models.people import Person, Role, Unit
from bot.people import access, reach
from bot.people.access_table import Reach


def head_of(session: Session, unit_id: int, part: set[int] | None = None) -> int | None:
    """The person who heads this unit and what belongs to it; None if nobody does.

    `part` is the unit with all that belongs to it, where that is known.
    """
    part = reach.units_below(session, {unit_id}) if part is None else part
    above, led = aliased(Person), aliased(Person)
    led_inside = exists().where(
        above.id == Person.supervisor_id, above.unit_id.in_(part), above.active
    )
    leads = (
        select(func.count())
        .where(led.supervisor_id == Person.id, led.active, led.unit_id.in_(part))
        .correlate(Person)
        .scalar_subquery()
    )
    return session.scalars(
        select(Person.id)
        .where(Person.unit_id == unit_id, Person.active, ~led_inside, leads > 0)
        .order_by(leads.desc(), Person.id)
        .limit(1)
    ).first()


def all_heads(session: Session) -> frozenset[int]:
    """Everybody who heads some unit: the same as asking `head_of` of each, in two queries."""
    spans = _spans(dict(session.execute(select(Unit.id, Unit.parent_id)).all()))
    query = select(Person.id, Person.unit_id, Person.supervisor_id).where(Person.active)
    people = {one: (unit, above) for one, unit, above in session.execute(query)}
    led: Counter[int] = Counter()
    for unit_id, above in people.values():
        leader = people.get(above)
        if leader is not None and _lies_in(spans, unit_id, leader[0]):
            led[above] += 1
    best: dict[int, tuple[int, int]] = {}
    for leader_id, count in led.items():
        unit_id, above = people[leader_id]
        if above in people and _lies_in(spans, people[above][0], unit_id):
            continue
        best[unit_id] = min(best.get(unit_id, (0, 0)), (-count, leader_id))
    return frozenset(leader_id for _count, leader_id in best.values())


def _spans(parents: dict[int, int | None]) -> dict[int, tuple[int, int]]:
    """The place of each unit in a walk through the tree, and the last place of its part."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for unit_id, parent in parents.items():
        children[parent if parent in parents else None].append(unit_id)
    spans: dict[int, tuple[int, int]] = {}
    waiting = [(unit_id, False) for unit_id in children[None]]
    place = 0
    while waiting:
        unit_id, is_left = waiting.pop()
        if is_left:
            spans[unit_id] = (spans[unit_id][0], place - 1)
            continue
        spans[unit_id] = (place, place)
        place += 1
        waiting.append((unit_id, True))
        waiting += [(below, False) for below in children[unit_id]]
    return spans


def _lies_in(spans: dict[int, tuple[int, int]], unit_id: int, part: int) -> bool:
    first, last = spans.get(part, (0, -1))
    return first <= spans.get(unit_id, (-1, -1))[0] <= last


def part_of(session: Session, person_id: int | None) -> int | None:
    """The unit that somebody heads; None for who heads none."""
    unit_id = session.execute(
        select(Person.unit_id).where(
            Person.id == person_id,
            Person.active,
            exists().where(aliased(Person).supervisor_id == person_id),
        )
    ).scalar()
    return unit_id if unit_id is not None and head_of(session, unit_id) == person_id else None


def parts_within(ctx: Ctx) -> set[int]:
    """The units that the actor heads, with all that belongs to them."""
    unit_id = part_of(ctx.session, ctx.actor.person_id)
    return reach.units_below(ctx.session, {unit_id}) if unit_id is not None else set()


def _is_head(session: Session, person_id: int) -> bool:
    return part_of(session, person_id) is not None


def _is_in_part(ctx: Ctx, person_id: int) -> bool:
    return ctx.session.get_one(Person, person_id).unit_id in parts_within(ctx)


access.register_role_source(Role.HEAD, _is_head)
access.register_reach(Reach.PART, _is_in_part)
reach.register_units(Reach.PART, parts_within)
