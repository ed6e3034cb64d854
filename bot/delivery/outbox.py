"""The outbox: what is to be told to anyone but the speaker, and everything later.

Rows are written in the transaction of their reason. What they look like is decided
when they are sent, by the notice they name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, cast, literal, select, type_coerce, update

from bot import policy
from bot.calendar import QuietHours, last_allowed_before, next_allowed
from bot.context import Ctx
from bot.db import insert_found, insert_missing
from bot.models.base import UtcTime
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.people import Person


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """What a notice declares of itself; its words live in `delivery.notices`.

    `useful_for` is counted from the time it is due; after it the item is dropped.
    Items of one person with the same `merge` may become one message. One that `repeats` is sent
    once more where nobody can say whether it was sent: a copy of it does no harm.
    """

    name: str
    urgency: Urgency
    useful_for: dt.timedelta | None = None
    merge: str = ""
    repeats: bool = False


TOLD = "outbox.told"
"""Set in a session's `info` once something was queued in it, so that the courier is woken."""

KINDS: dict[str, NoticeKind] = {}
ONE_QUERY = 500
RANKS = {urgency: rank for rank, urgency in enumerate(Urgency)}


def declare(kind: NoticeKind) -> NoticeKind:
    """Register a notice kind; refuses a second one of the same name."""
    if kind.name in KINDS:
        raise ValueError(f"notice {kind.name} is declared twice")
    KINDS[kind.name] = kind
    return kind


def tell(
    ctx: Ctx,
    kind: NoticeKind,
    person_id: int,
    params: Mapping[str, Any],
    *,
    key: str | None = None,
    due_at: dt.datetime | None = None,
    useful_until: dt.datetime | None = None,
) -> bool:
    """Queue a notice for a person; False if one with this `key` is there already.

    `params` are plain JSON values (ids, never words); `key` names person, what, stage
    and occasion, so that the same thing is not told twice. A dated notice that would fall
    into the night goes at the last allowed moment before.
    """
    return _queue(ctx, kind, _Receiver(person_id), params, key, _When(due_at, useful_until))


@dataclass(frozen=True, slots=True)
class Notice:
    """One of many that are told at once; see `tell`. `edits_id` is the row of the message whose
    words it replaces.
    """

    person_id: int
    params: Mapping[str, Any]
    key: str
    due_at: dt.datetime | None = None
    useful_until: dt.datetime | None = None
    edits_id: int | None = None


def tell_all(ctx: Ctx, kind: NoticeKind, notices: Sequence[Notice]) -> int:
    """Queue the same kind of notice for many people; how many were not there by key already."""
    night = _night(ctx, kind, [one.person_id for one in notices])
    rows = [
        _row(
            ctx,
            kind,
            night,
            _Receiver(one.person_id, edits_id=one.edits_id),
            one.params,
            one.key,
            _When(one.due_at, one.useful_until),
        )
        for one in notices
    ]
    queued = insert_missing(ctx.session, OutboxItem, rows)
    if queued:
        ctx.session.info[TOLD] = True
    return queued


@dataclass(frozen=True, slots=True)
class Each:
    """What a query gives of everybody who is told: who, JSON parameters as text, and the key."""

    person_id: Any
    params: ColumnElement[str]
    key: ColumnElement[str]


def tell_each(ctx: Ctx, kind: NoticeKind, told: Each, *where: ColumnElement[bool]) -> int:
    """Queue a notice for everybody whom a query finds, now and in one statement; how many were
    not there by key already. Refuses dated notices, which look at each reader's night.
    """
    if kind.urgency is Urgency.DATED:
        raise ValueError(f"{kind.name} is dated")
    now, is_sqlite = ctx.now(), ctx.session.get_bind().dialect.name == "sqlite"
    columns: dict[str, ColumnElement[Any]] = {
        "unique_key": told.key,
        "person_id": told.person_id,
        "notice": literal(kind.name),
        "params": type_coerce(told.params, Text()) if is_sqlite else cast(told.params, JSON()),
        "urgency": literal(kind.urgency.value),
        "rank": literal(RANKS[kind.urgency]),
        "due_at": literal(now, UtcTime()),
        "useful_until": literal(now + kind.useful_for if kind.useful_for else None, UtcTime()),
        "merge": literal(kind.merge),
        "state": literal(ItemState.QUEUED.value),
        "reason": literal(""),
        "attempts": literal(0),
        "made_at": literal(now, UtcTime()),
    }
    queued = insert_found(
        ctx.session, OutboxItem, columns, select(*columns.values()).where(*where)
    )
    if queued:
        ctx.session.info[TOLD] = True
    return queued


def tell_account(
    ctx: Ctx,
    kind: NoticeKind,
    user_id: int,
    params: Mapping[str, Any],
    *,
    key: str | None = None,
) -> bool:
    """Queue a notice for a chat account that belongs to nobody yet, or no longer."""
    return _queue(ctx, kind, _Receiver(user_id=user_id), params, key, _When())


def drop(ctx: Ctx, key: str, reason: str) -> None:
    """Take back what is queued under `key`; what was sent stays sent."""
    ctx.session.execute(
        update(OutboxItem)
        .where(OutboxItem.unique_key == key, OutboxItem.state == ItemState.QUEUED)
        .values(state=ItemState.DROPPED, reason=reason, settled_at=ctx.now())
    )


def is_fresh(ctx: Ctx, key: str, within: dt.timedelta) -> bool:
    """Whether what stands under `key` is still on its way, or was sent less than `within` ago."""
    row = ctx.session.execute(
        select(OutboxItem.state, OutboxItem.settled_at).where(OutboxItem.unique_key == key)
    ).first()
    if row is None:
        return False
    if row.state in (ItemState.QUEUED, ItemState.CLAIMED):
        return True
    if row.state not in (ItemState.SENT, ItemState.UNKNOWN):
        return False
    return bool(row.settled_at > ctx.now() - within)


@dataclass(frozen=True, slots=True)
class _Receiver:
    person_id: int | None = None
    user_id: int | None = None
    edits_id: int | None = None


@dataclass(frozen=True, slots=True)
class _When:
    due_at: dt.datetime | None = None
    useful_until: dt.datetime | None = None


def _queue(
    ctx: Ctx,
    kind: NoticeKind,
    to: _Receiver,
    params: Mapping[str, Any],
    key: str | None,
    at: _When,
) -> bool:
    if key is not None and is_told(ctx, key):
        return False
    night = _night(ctx, kind, [to.person_id] if to.person_id is not None else [])
    ctx.session.add(OutboxItem(**_row(ctx, kind, night, to, params, key, at)))
    ctx.session.info[TOLD] = True
    return True


def _row(
    ctx: Ctx,
    kind: NoticeKind,
    night: _Night | None,
    to: _Receiver,
    params: Mapping[str, Any],
    key: str | None,
    at: _When,
) -> dict[str, Any]:
    due = at.due_at or ctx.now()
    if night is not None:
        due = night.before(to.person_id, due)
    return {
        "unique_key": key,
        "person_id": to.person_id,
        "user_id": to.user_id,
        "edits_id": to.edits_id,
        "notice": kind.name,
        "params": dict(params),
        "urgency": kind.urgency,
        "rank": RANKS[kind.urgency],
        "due_at": due,
        "useful_until": at.useful_until or (due + kind.useful_for if kind.useful_for else None),
        "merge": kind.merge,
        "state": ItemState.QUEUED,
        "reason": "",
        "attempts": 0,
        "made_at": ctx.now(),
    }


@dataclass(frozen=True, slots=True)
class _Night:
    """The quiet hours of those to whom something dated is told, by the clocks they live by."""

    quiet: QuietHours
    zones: Mapping[int | None, str]
    usual: str

    def before(self, person_id: int | None, at: dt.datetime) -> dt.datetime:
        """`at`, or the last allowed moment before it where it falls into these hours."""
        zone = self.zones.get(person_id) or self.usual
        if next_allowed(at, zone, self.quiet) == at:
            return at
        return last_allowed_before(at, zone, self.quiet)


def _night(ctx: Ctx, kind: NoticeKind, people: Sequence[int]) -> _Night | None:
    """For dated notices only; all others wait until they are sent."""
    if kind.urgency is not Urgency.DATED:
        return None
    zones: dict[int | None, str] = {}
    for start in range(0, len(people), ONE_QUERY):
        part = people[start : start + ONE_QUERY]
        found = select(Person.id, Person.timezone).where(Person.id.in_(part))
        zones |= dict(ctx.session.execute(found).all())
    return _Night(policy.quiet_hours(ctx.session), zones, ctx.settings.timezone)


def is_told(ctx: Ctx, key: str) -> bool:
    """Whether something was queued under `key`, whatever became of it."""
    found = ctx.session.execute(select(OutboxItem.id).where(OutboxItem.unique_key == key))
    return found.first() is not None
