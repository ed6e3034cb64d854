"""The people of an audience written down as the recipients of a broadcast, a chunk at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Integer,
    bindparam,
    case,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.campaigns import local_days
from bot.campaigns.audiences import clauses, counting
from bot.campaigns.audiences.rule import Rule
from bot.context import Ctx
from bot.models.base import UtcTime
from bot.models.broadcasts import BroadcastRecipient, RecipientState
from bot.models.chats import Chat
from bot.models.people import Person

CHUNK = 1000
"""Ids of people looked at in one step, and so the most rows that one step writes."""
_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_TABLE = BroadcastRecipient.__table__  # type: ignore[attr-defined]  # every table has one


@dataclass(frozen=True, slots=True)
class Gathering:
    """The one statement that is asked of each chunk; it belongs to no transaction. `last` is the
    highest id of a person.
    """

    broadcast_id: int
    statement: Any
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
    return Gathering(broadcast_id, _statement(ctx, broadcast_id, rule, due_at), last or 0)


def gather(ctx: Ctx, gathering: Gathering, after: int = 0) -> Chunk:
    """Write down those of the next `CHUNK` ids; whoever is in the list already stays as they are.

    A step may be taken twice, as after a worker was killed.
    """
    upto = after + CHUNK
    result = ctx.session.execute(gathering.statement, {"after": after, "upto": upto})
    assert isinstance(result, CursorResult)
    return Chunk(result.rowcount, upto if upto < gathering.last else None)


def _statement(ctx: Ctx, broadcast_id: int, rule: Rule, due_at: ColumnElement[Any]) -> Any:
    columns = {
        "broadcast_id": literal(broadcast_id),
        "person_id": Person.id,
        "unit_id": Person.unit_id,
        "reach": counting.reached(ctx),
        "due_at": due_at,
        "state": literal(RecipientState.WAITING.value),
        "reason": literal(""),
        "told_correction": literal(0),
    }
    people = (
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
    insert = _INSERT[ctx.session.get_bind().dialect.name](_TABLE).on_conflict_do_nothing()
    missing = insert.execution_options(preserve_rowcount=True)
    return missing.from_select([*columns], people, include_defaults=False)


def _due(ctx: Ctx, due_in: Callable[[str], dt.datetime]) -> ColumnElement[Any]:
    zones = set(local_days.zones(ctx.session)) - {""}
    usual = literal(due_in(""), UtcTime())
    by_zone = {zone: literal(due_in(zone), UtcTime()) for zone in sorted(zones)}
    return case(by_zone, value=Person.timezone, else_=usual) if by_zone else usual
