"""The list of recipients, made a chunk at a time when a message is to go out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from bot.campaigns.audiences import clauses
from bot.campaigns.audiences import gathering as audiences
from bot.campaigns.audiences.gathering import Gathering
from bot.campaigns.broadcasts import keeping, progress, sending, timing
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import render
from bot.models.broadcasts import Broadcast, BroadcastRecipient, BroadcastState


def begin(ctx: Ctx, broadcast_id: int) -> Gathering | None:
    """Begin, or go on after the process was killed; None where it is not to go out now.

    An audience that has grown above what its maker may send to alone is asked about first; one
    that cannot be read any more stops the message.
    """
    row = keeping.held(ctx, broadcast_id)
    if row.state is not BroadcastState.GATHERING or _is_early(ctx, row):
        return None
    try:
        people = sending.size(ctx, row)
        if row.began_at is None and sending.needs_second(ctx, row, people):
            row.counts = {"size": people, "sent_off_by": row.counts.get("sent_off_by")}
            sending.ask(ctx, row)
            return None
        row.began_at = row.began_at or ctx.now()
        return _prepared(ctx, row)
    except Refusal as refusal:
        row.reason = render(refusal.sentence, ctx.settings.language)
        keeping.step(ctx, row, Act.STOP, row.reason)
        return None


def take(ctx: Ctx, gathering: Gathering, after: int) -> int | None:
    """The next chunk of people, those with higher ids than `after`; where the one after it
    begins, None where there are no more or the message was stopped.
    """
    row = keeping.held(ctx, gathering.broadcast_id)
    if row.state is not BroadcastState.GATHERING:
        return None
    return audiences.gather(ctx, gathering, after).after


def end(ctx: Ctx, broadcast_id: int) -> None:
    """All are on the list, if they were gathered: the message goes out."""
    row = keeping.held(ctx, broadcast_id)
    if row.state is not BroadcastState.GATHERING or row.began_at is None:
        return
    query = select(func.count()).select_from(BroadcastRecipient)
    found = ctx.session.execute(query.where(BroadcastRecipient.broadcast_id == broadcast_id))
    row.counts = {
        "size": found.scalar_one(),
        "sent_off_by": row.counts.get("sent_off_by"),
    }
    keeping.step(ctx, row, Act.GATHERED)
    progress.begin(ctx, row)


def _is_early(ctx: Ctx, row: Broadcast) -> bool:
    """Asked for before it was taken back and sent off anew, for a later time."""
    return row.send_at is not None and row.send_at > ctx.now()


def _prepared(ctx: Ctx, row: Broadcast) -> Gathering:
    """For the people within the maker's reach, each with their turn by the clock they live by."""
    assert row.id is not None

    def due_in(zone: str) -> dt.datetime:
        return timing.due_for(ctx, row, zone or ctx.settings.timezone)

    rule = clauses.read(row.rule)
    return audiences.prepare(keeping.as_maker(ctx, row), row.id, rule, due_in)
