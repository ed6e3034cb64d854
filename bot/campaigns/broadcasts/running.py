"""What moves messages to many on: a short step of each, again and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.campaigns.broadcasts import again, feeding, keeping, progress, settling
from bot.campaigns.broadcasts.progress import EVERY
from bot.campaigns.broadcasts.settling import PIECE
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.models.broadcasts import (
    Broadcast,
    BroadcastRecipient,
    BroadcastState,
    RecipientState,
)

S, R = BroadcastState, RecipientState
ENDING = (S.STOPPED, S.RECALLED)
STEPS_SHOWN = 100
"""The message that says how far it is moves at most so many times in a round."""


AT_ONCE = 2
"""Messages that take a step in one transaction, which keeps it short."""


def run(ctx: Ctx) -> bool:
    """A step of the messages under way that have waited longest for one; whether one of these
    has more to do than a step may hold.
    """
    is_left = [step(ctx, keeping.held(ctx, broadcast_id)) for broadcast_id in _next_in_turn(ctx)]
    return any(is_left)


def to_gather(ctx: Ctx) -> Sequence[Broadcast]:
    """The messages whose time has come and whose recipients nobody gathers yet."""
    rows = ctx.session.scalars(
        select(Broadcast)
        .where(
            Broadcast.state == S.GATHERING,
            or_(Broadcast.send_at.is_(None), Broadcast.send_at <= ctx.now()),
        )
        .order_by(Broadcast.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if "gathering" not in row.counts]


def step(ctx: Ctx, row: Broadcast) -> bool:
    """Copy what ended, queue what is next, and see whether nothing is left; whether there was
    more of it than a step may hold.
    """
    is_left = settling.settle(ctx, row) == PIECE
    if row.state in ENDING:
        feeding.let_go(ctx, row)
    feeding.feed_changes(ctx, row, feeding.room(ctx, row))
    if row.state is S.SENDING:
        again.take_up(ctx, row)
        room = feeding.room(ctx, row)
        fed = feeding.feed(ctx, row, min(room, PIECE))
        is_left = is_left or PIECE == fed < room
    ctx.session.flush()
    _look(ctx, row)
    return is_left


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant at which there is something to do."""
    if any(_is_busy(ctx, broadcast_id, after) for broadcast_id in _under_way(ctx)):
        return after + EVERY
    begins = select(func.min(Broadcast.send_at)).where(
        Broadcast.state == S.GATHERING, Broadcast.send_at > after
    )
    waits = (
        select(func.min(BroadcastRecipient.due_at))
        .join(Broadcast, Broadcast.id == BroadcastRecipient.broadcast_id)
        .where(
            Broadcast.state == S.SENDING,
            BroadcastRecipient.state == R.WAITING,
            BroadcastRecipient.due_at > after,
        )
    )
    moments = (ctx.session.execute(query).scalar() for query in (begins, waits))
    return min((moment for moment in moments if moment is not None), default=None)


def _under_way(ctx: Ctx) -> Sequence[int]:
    over = (S.STOPPED, S.DONE, S.RECALLED)
    query = select(Broadcast.id).where(
        or_(
            Broadcast.state.in_((S.SENDING, S.PAUSED)),
            and_(Broadcast.state.in_(over), Broadcast.ended_at.is_(None)),
        )
    )
    return [one for one in ctx.session.scalars(query.order_by(Broadcast.id)) if one is not None]


def _next_in_turn(ctx: Ctx) -> Sequence[int]:
    """At most `AT_ONCE`: first those with something to do, of these who had a turn longest ago."""
    waiting = _under_way(ctx)
    if len(waiting) <= AT_ONCE:
        return waiting
    turns = {one: ctx.session.get_one(Broadcast, one).counts.get("turn", 0) for one in waiting}
    idle = {one: not _is_busy(ctx, one, ctx.now()) for one in waiting}
    chosen = sorted(waiting, key=lambda one: (idle[one], turns[one], one))[:AT_ONCE]
    for broadcast_id in sorted(chosen):
        row = keeping.held(ctx, broadcast_id)
        row.counts = {**row.counts, "turn": max(turns.values()) + 1}
    ctx.session.flush()
    return chosen


def _look(ctx: Ctx, row: Broadcast) -> None:
    """End what has nothing left, and let its maker see how far it is."""
    counts = _counts(ctx, row)
    left = counts.get(R.WAITING, 0) + counts.get(R.QUEUED, 0)
    progress.show(ctx, row, _shown(row, left, sum(counts.values())))
    if left or _is_changing(row) or row.state is S.PAUSED:
        return
    if row.state is S.SENDING:
        keeping.step(ctx, row, Act.FINISH)
    row.ended_at = ctx.now()
    row.counts = {**row.counts, "size": sum(counts.values())}
    progress.end(ctx, row)


def _is_changing(row: Broadcast) -> bool:
    """Whether a change is under way, or another round is made up, which a pause and a stop end."""
    return "edit" in row.counts or ("again" in row.counts and row.state is S.SENDING)


def _shown(row: Broadcast, left: int, total: int) -> str:
    """What the moving message says, coarsely enough that it need not move all the time."""
    done = (total - left) * STEPS_SHOWN // total if total else STEPS_SHOWN
    return f"{row.state}:{row.round}:{row.corrections}:{done}"


def _counts(ctx: Ctx, row: Broadcast) -> dict[RecipientState, int]:
    counted = ctx.session.execute(
        select(BroadcastRecipient.state, func.count())
        .where(BroadcastRecipient.broadcast_id == row.id)
        .group_by(BroadcastRecipient.state)
    )
    return {state: int(count) for state, count in counted}


def _is_busy(ctx: Ctx, broadcast_id: int, at: dt.datetime) -> bool:
    """Whether a step taken now would find something to do."""
    row = ctx.session.get_one(Broadcast, broadcast_id)
    if _is_changing(row):
        return True
    mine = BroadcastRecipient.broadcast_id == broadcast_id
    to_settle = settling.is_asked(ctx, broadcast_id, at)
    if row.state is S.PAUSED:
        return to_settle
    due = and_(mine, BroadcastRecipient.state == R.WAITING, BroadcastRecipient.due_at <= at)
    is_left = _any(ctx, and_(mine, BroadcastRecipient.state.in_((R.WAITING, R.QUEUED))))
    return not is_left or to_settle or _any(ctx, due)


def _any(ctx: Ctx, which: ColumnElement[bool]) -> bool:
    query = select(BroadcastRecipient.id).where(which).limit(1)
    return ctx.session.execute(query).first() is not None
