"""Who cannot be reached by the bot, and who at their office can carry a message to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.campaigns.audiences import clauses
from bot.campaigns.audiences.counting import UNREACHABLE, Reached, reached
from bot.campaigns.audiences.rule import Rule
from bot.campaigns.broadcasts import keeping
from bot.campaigns.broadcasts.states import WHY_NOT
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.broadcasts import (
    Broadcast,
    BroadcastRecipient,
    BroadcastState,
    RecipientState,
)
from bot.models.chats import Chat
from bot.models.people import FocalPoint, Person, Unit
from bot.people import access

MOST = 2000
"""People in one go; a sheet is made for each office of them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody whom the bot does not reach, why, and who can carry it: None if nobody can."""

    person_id: int
    unit_id: int
    reached: Reached
    messenger_id: int | None


def of_audience(ctx: Ctx, rule: Rule) -> list[Gap]:
    """Those of an audience who cannot be reached, by office and name; refuses too many."""
    return _few(_gaps(ctx, clauses.audience(ctx, rule)))


def first_of(ctx: Ctx, rule: Rule) -> tuple[list[Gap], bool]:
    """The first of them, at most `MOST`, and whether there are more."""
    found = _gaps(ctx, clauses.audience(ctx, rule))
    return found[:MOST], len(found) > MOST


def of_broadcast(ctx: Ctx, broadcast_id: int) -> list[Gap]:
    """Those whom a message did not reach because they cannot be reached, even now.

    Refuses who does not keep the message, and one that was withdrawn.
    """
    carried(ctx, broadcast_id)
    without = select(BroadcastRecipient.person_id).where(
        BroadcastRecipient.broadcast_id == broadcast_id,
        BroadcastRecipient.state.not_in([RecipientState.SENT, RecipientState.UNKNOWN]),
    )
    return _few(_gaps(ctx, clauses.anybody() & Person.id.in_(without)))


def carried(ctx: Ctx, broadcast_id: int) -> Broadcast:
    """A message that can be carried on a sheet; refuses as `of_broadcast` does."""
    row = keeping.found(ctx, broadcast_id)
    if row.state is BroadcastState.RECALLED:
        raise Refusal(WHY_NOT[row.state])
    return row


def is_withdrawn(ctx: Ctx, broadcast_id: int) -> bool:
    """Whether a message is not to be carried to anybody any more."""
    row = ctx.session.get(Broadcast, broadcast_id)
    return row is None or row.state is BroadcastState.RECALLED


def by_messenger(gaps: Iterable[Gap]) -> Mapping[int | None, list[Gap]]:
    """Whose people each messenger has; under None those whom nobody can carry it to."""
    found: dict[int | None, list[Gap]] = defaultdict(list)
    for gap in gaps:
        found[gap.messenger_id].append(gap)
    return found


def _few(gaps: list[Gap]) -> list[Gap]:
    if len(gaps) > MOST:
        raise Refusal(_("These are more than {most} people. Take a smaller audience, such as one "
                        "directorate.", most=MOST))  # fmt: skip
    return gaps


def _gaps(ctx: Ctx, which: ColumnElement[bool]) -> list[Gap]:
    """At most one more than `MOST`."""
    way = reached(ctx)
    rows = ctx.session.execute(
        select(Person, way)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(which, way.in_([one.value for one in UNREACHABLE]))
        .order_by(Unit.path, Person.full_name, Person.id)
        .limit(MOST + 1)
    ).all()
    messengers = messengers_of(ctx, [person for person, _way in rows])
    return [
        Gap(person.id, person.unit_id, Reached(name), messengers[person.id])
        for person, name in rows
    ]


def messengers_of(ctx: Ctx, people: Sequence[Person]) -> dict[int, int | None]:
    """Who carries a message to each: the nearest focal point of the office, else the supervisor.

    Only somebody whom the bot reaches, and never the person themself.
    """
    points = _focal_points(ctx)
    parents = dict(ctx.session.execute(select(Unit.id, Unit.parent_id)).all())
    bosses = {person.id: access.supervisor_of(person, ctx.today()) for person in people}
    there = _reachable(ctx, {boss for boss in bosses.values() if boss is not None})
    found: dict[int, int | None] = {}
    for person in people:
        near = _nearest(points, parents, person)
        boss = bosses[person.id]
        found[person.id] = near if near is not None else boss if boss in there else None
    return found


def _nearest(
    points: Mapping[int, list[int]], parents: Mapping[int, int | None], person: Person
) -> int | None:
    unit_id: int | None = person.unit_id
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        seen.add(unit_id)
        for point in points.get(unit_id, ()):
            if point != person.id:
                return point
        unit_id = parents.get(unit_id)
    return None


def _focal_points(ctx: Ctx) -> Mapping[int, list[int]]:
    """The focal points whom the bot reaches, by office."""
    rows = ctx.session.execute(
        select(FocalPoint.unit_id, FocalPoint.person_id).order_by(FocalPoint.person_id)
    ).all()
    there = _reachable(ctx, {person_id for _unit, person_id in rows})
    found: dict[int, list[int]] = defaultdict(list)
    for unit_id, person_id in rows:
        if person_id in there:
            found[unit_id].append(person_id)
    return found


def _reachable(ctx: Ctx, person_ids: Iterable[int]) -> set[int]:
    linked = (
        select(Person.id)
        .join(Chat, Chat.person_id == Person.id)
        .where(Person.id.in_(list(person_ids)), Person.active, Chat.blocked_at.is_(None))
    )
    return {person_id for person_id in ctx.session.scalars(linked) if person_id is not None}
