"""From the list of recipients into the outbox, so few at a time that a pause is a pause at once.

Every function is one short step of one message, which its caller holds locked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select, update

from bot.campaigns.broadcasts import telling, timing
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.models.broadcasts import (
    Broadcast,
    BroadcastRecipient,
    BroadcastState,
    RecipientState,
)
from bot.models.delivery import OutboxItem
from bot.models.people import Person

MOST_QUEUED = 300
"""Twelve seconds of sending at the usual rate."""
CHUNK = 1000
R = RecipientState
HAVE_IT = (R.SENT, R.UNKNOWN)
GONE_AGAIN = {BroadcastState.STOPPED: "stopped", BroadcastState.RECALLED: "withdrawn"}
"""Why whoever waits still is not told of a message in this state."""


class _Waiting(NamedTuple):
    """A recipient whose turn it is."""

    id: int
    person_id: int
    zone: str


def room(ctx: Ctx, row: Broadcast) -> int:
    """How many more of this message may be queued; what waits for the morning takes no place."""
    queued = ctx.session.execute(
        select(func.count())
        .select_from(BroadcastRecipient)
        .join(OutboxItem, OutboxItem.id == BroadcastRecipient.item_id)
        .where(
            BroadcastRecipient.broadcast_id == row.id,
            BroadcastRecipient.state == R.QUEUED,
            OutboxItem.due_at <= ctx.now(),
        )
    ).scalar_one()
    return MOST_QUEUED - int(queued)


def feed(ctx: Ctx, row: Broadcast, most: int) -> int:
    """Queue the message for at most so many whose turn it is; how many were queued.

    Whoever is in their quiet hours by now waits until these end, in the list.
    """
    if most <= 0:
        return 0
    due = _due(ctx, row)
    awake_at = {
        zone: timing.awake(ctx, row, ctx.now(), zone or ctx.settings.timezone)
        for zone in {one.zone for one in due}
    }
    asleep = {zone: at for zone, at in awake_at.items() if at > ctx.now()}
    for zone, at in asleep.items():
        _put_off(ctx, row, zone, at)
    ready = [one for one in due if one.zone not in asleep][:most]
    assert row.id is not None
    keys = {telling.round_key(row.id, row.round, one.person_id): one.id for one in ready}
    notices = [
        Notice(one.person_id, {"broadcast": row.id, "round": row.round}, key)
        for one, key in zip(ready, keys, strict=True)
    ]
    _queue(ctx, telling.kind_for(row.kind), notices, keys)
    return len(ready)


def feed_changes(ctx: Ctx, row: Broadcast, most: int) -> None:
    """Queue the change under way for the next of those who have the message."""
    change = row.counts.get("edit")
    if change is None or most <= 0:
        return
    people = ctx.session.execute(
        select(
            BroadcastRecipient.id,
            BroadcastRecipient.person_id,
            BroadcastRecipient.state,
            BroadcastRecipient.message_id,
            BroadcastRecipient.told_correction,
        )
        .where(
            BroadcastRecipient.broadcast_id == row.id,
            BroadcastRecipient.person_id > change["to"],
        )
        .order_by(BroadcastRecipient.person_id)
        .limit(CHUNK)
    ).all()
    have = [one for one in people if _has_older(row, one)]
    queue_change(ctx, row, have[:most])
    row.counts = {name: value for name, value in row.counts.items() if name != "edit"}
    if len(have) > most or len(people) == CHUNK:
        last = have[most - 1] if len(have) > most else people[-1]
        row.counts = {**row.counts, "edit": {**change, "to": last.person_id}}


def queue_change(ctx: Ctx, row: Broadcast, people: Sequence[Row[Any]]) -> None:
    """Queue the last change for these recipients; where it is not known what they have, it goes
    as a message of its own.
    """
    assert row.id is not None
    is_recalled = row.state is BroadcastState.RECALLED
    kind = telling.BROADCAST_RECALLED if is_recalled else telling.BROADCAST_CORRECTION
    params = {"broadcast": row.id, "number": row.corrections}
    keys = {telling.edit_key(row.id, row.corrections, one.person_id): one.id for one in people}
    notices = [
        Notice(one.person_id, params, key, edits_id=one.message_id)
        for one, key in zip(people, keys, strict=True)
    ]
    _queue(ctx, kind, notices, keys)


def let_go(ctx: Ctx, row: Broadcast) -> None:
    """Those who still wait for a message that ended do not get it; a chunk of them."""
    waiting = (
        select(BroadcastRecipient.id)
        .where(BroadcastRecipient.broadcast_id == row.id, BroadcastRecipient.state == R.WAITING)
        .limit(CHUNK)
    )
    ctx.session.execute(
        update(BroadcastRecipient)
        .where(BroadcastRecipient.id.in_(waiting))
        .values(state=R.DROPPED, reason=GONE_AGAIN[row.state])
    )


def _has_older(row: Broadcast, one: Row[Any]) -> bool:
    return one.state in HAVE_IT and one.told_correction < row.corrections


def _due(ctx: Ctx, row: Broadcast) -> list[_Waiting]:
    rows = ctx.session.execute(
        select(BroadcastRecipient.id, BroadcastRecipient.person_id, Person.timezone)
        .join(Person, Person.id == BroadcastRecipient.person_id)
        .where(
            BroadcastRecipient.broadcast_id == row.id,
            BroadcastRecipient.state == R.WAITING,
            BroadcastRecipient.due_at <= ctx.now(),
        )
        .order_by(BroadcastRecipient.due_at, BroadcastRecipient.id)
        .limit(MOST_QUEUED)
    )
    return [_Waiting(*one) for one in rows]


def _put_off(ctx: Ctx, row: Broadcast, zone: str, until: dt.datetime) -> None:
    """A chunk of those who wait in a zone where it is night."""
    asleep = (
        select(BroadcastRecipient.id)
        .join(Person, Person.id == BroadcastRecipient.person_id)
        .where(
            BroadcastRecipient.broadcast_id == row.id,
            BroadcastRecipient.state == R.WAITING,
            BroadcastRecipient.due_at <= ctx.now(),
            Person.timezone == zone,
        )
        .limit(CHUNK)
    )
    ctx.session.execute(
        update(BroadcastRecipient)
        .where(BroadcastRecipient.id.in_(asleep))
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )


def _queue(ctx: Ctx, kind: NoticeKind, notices: Sequence[Notice], keys: Mapping[str, int]) -> None:
    """Into the outbox, and into the list which item is whose; `keys` name the recipients."""
    if not notices:
        return
    outbox.tell_all(ctx, kind, notices)
    items = ctx.session.execute(
        select(OutboxItem.id, OutboxItem.unique_key).where(OutboxItem.unique_key.in_(keys))
    )
    ctx.session.execute(
        update(BroadcastRecipient),
        [{"id": keys[key], "state": R.QUEUED, "item_id": item_id} for item_id, key in items],
    )
