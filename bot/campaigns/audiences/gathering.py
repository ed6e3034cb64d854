"""The people of an audience written down as the recipients of a broadcast, a chunk at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
)

from bot.campaigns import local_days
from bot.campaigns.audiences import clauses, counting
from bot.campaigns.audiences.rule import Rule
from bot.context import Ctx
from bot.db import insert_found
from bot.models.base import UtcTime
from bot.models.broadcasts import BroadcastRecipient, RecipientState
from bot.models.chats import Chat
from bot.models.people import Person

CHUNK = 1000
"""Ids of people looked at in one step, and so the most rows that one step writes."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """The one query that is asked of each chunk; it belongs to no transaction. `last` is the
    highest id of a person.
    """

    broadcast_id: int
    columns: tuple[str, ...]
    people: Select[Any]
    last: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """How many rows a step wrote, and where the next one begins; None after the last."""

    written: int
    after: int | None


def prepare(
    ctx: Ctx,
    broadcast_id: int,
    rule: Rule,
    due_in: Callable[[str], dt.datetime] | None = None,
) -> Gathering:
    """Read the rule once for all chunks, for the people within the actor's reach.

    `due_in` says for a time zone ("" is the administration's) when somebody there is due.
    """
    last = ctx.session.execute(select(func.max(Person.id))).scalar()
    due_at = _due(ctx, due_in) if due_in is not None else null()
    columns = _columns(ctx, broadcast_id, due_at)
    return Gathering(broadcast_id, tuple(columns), _people(ctx, columns, rule), last or 0)


def gather(ctx: Ctx, gathering: Gathering, after: int = 0) -> Chunk:
    """Write down those of the next `CHUNK` ids; whoever is in the list already stays as they are.

    A step may be taken twice, as after a worker was killed.
    """
    upto = after + CHUNK
    bounds = {"after": after, "upto": upto}
    written = insert_found(
        ctx.session, BroadcastRecipient, gathering.columns, gathering.people, bounds
    )
    return Chunk(written, upto if upto < gathering.last else None)


def _columns(ctx: Ctx, broadcast_id: int, due_at: ColumnElement[Any]) -> dict[str, Any]:
    return {
        "broadcast_id": literal(broadcast_id),
        "person_id": Person.id,
        "unit_id": Person.unit_id,
        "reach": counting.reached(ctx, of_few=True),
        "due_at": due_at,
        "state": literal(RecipientState.WAITING.value),
        "reason": literal(""),
        "told_correction": literal(0),
    }


def _people(ctx: Ctx, columns: Mapping[str, Any], rule: Rule) -> Select[Any]:
    return (
        select(*columns.values())
        .select_from(Person)
        .outerjoin(Chat, Chat.person_id == Person.id)
        .where(
            Person.id > bindparam("after", type_=Integer()),
            Person.id <= bindparam("upto", type_=Integer()),
            clauses.audience(ctx, rule),
        )
        .order_by(Person.id)
    )


def _due(ctx: Ctx, due_in: Callable[[str], dt.datetime]) -> ColumnElement[Any]:
    zones = set(local_days.zones(ctx.session)) - {""}
    usual = literal(due_in(""), UtcTime())
    by_zone = {zone: literal(due_in(zone), UtcTime()) for zone in sorted(zones)}
    return case(by_zone, value=Person.timezone, else_=usual) if by_zone else usual
