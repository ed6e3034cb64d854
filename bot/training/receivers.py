"""Who may name people of which part of the organisation, and so is told of a call for names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from bot.context import Ctx
from bot.models.people import FocalPoint, Grant, Person, Role
from bot.people import heads
from bot.training import organisation
from bot.training.organisation import Organisation


def of_parts(ctx: Ctx, units: Iterable[int]) -> dict[int, list[int]]:
    """Each person who may name somebody of these parts, with those parts; not the actor.

    These are the focal points of a part and of offices in it, or without any those of what it
    belongs to; its head; and HR.
    """
    tree = organisation.load(ctx.session)
    focal = _focal_points(ctx)
    hr = ctx.session.execute(
        select(Grant.person_id, Grant.scope_unit_id)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == Role.HR, Person.active)
        .order_by(Grant.person_id)
    ).all()
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id in sorted(units):
        above = tree.above(unit_id)
        head = heads.head_of(ctx.session, unit_id, tree.below(unit_id))
        people = dict.fromkeys(
            [
                *_focal_for(focal, tree, unit_id),
                *([head] if head is not None else []),
                *(person_id for person_id, scope in hr if scope is None or scope in above),
            ]
        )
        for person_id in people:
            if person_id != ctx.actor.person_id:
                found[person_id].append(unit_id)
    return found


def _focal_for(focal: dict[int, list[int]], tree: Organisation, unit_id: int) -> list[int]:
    inside = _of(focal, tree.below(unit_id))
    return inside or _of(focal, tree.above(unit_id))


def _of(focal: dict[int, list[int]], units: Iterable[int]) -> list[int]:
    return sorted({person_id for unit_id in units for person_id in focal.get(unit_id, ())})


def _focal_points(ctx: Ctx) -> dict[int, list[int]]:
    rows: Sequence[tuple[int, int]] = [
        (unit_id, person_id)
        for unit_id, person_id in ctx.session.execute(
            select(FocalPoint.unit_id, FocalPoint.person_id)
            .join(Person, Person.id == FocalPoint.person_id)
            .where(Person.active)
        )
    ]
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id, person_id in rows:
        found[unit_id].append(person_id)
    return found
