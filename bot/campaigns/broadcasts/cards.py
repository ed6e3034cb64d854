"""Messages to many as the training unit sees them: one card, and lists of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, true

from bot.campaigns.broadcasts import keeping, states, timing
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.i18n import Texts
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastState
from bot.models.people import Grant, Role
from bot.models.training import TrainingClass
from bot.people import access, directory, reach
from bot.people.access_table import Action


@dataclass(frozen=True, slots=True)
class BroadcastCard:
    """One message; `acts` is what can be done with it now, by whoever keeps it.

    `size` is how many people it goes to, once they are gathered; `editing` that some who have
    it are still to get its latest words; `texts` by language. `send_at` None is at once; with
    `local_time` it goes out at that hour of `day` on each reader's own clock.
    """

    id: int
    title: str
    kind: BroadcastKind
    state: BroadcastState
    rule: str
    texts: Mapping[str, str]
    fallback: str
    blob_id: int | None
    is_photo: bool
    buttons: tuple[str, ...]
    class_id: int | None
    class_code: str
    form: str
    send_at: dt.datetime | None
    day: dt.date | None
    local_time: dt.time | None
    made_by: int | None
    maker: Texts | None
    made_at: dt.datetime
    approver: Texts | None
    began_at: dt.datetime | None
    ended_at: dt.datetime | None
    corrections: int
    round: int
    reason: str
    size: int | None
    editing: bool
    acts: frozenset[Act]

    def can(self, act: Act) -> bool:
        return act in self.acts


def card(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """One message, for who keeps it or may approve it; refuses everybody else."""
    return of_row(ctx, keeping.readable(ctx, broadcast_id))


def page(
    ctx: Ctx, first: int, most: int, which: Sequence[BroadcastState] = ()
) -> tuple[list[BroadcastCard], int]:
    """`most` messages that the actor keeps from the `first` on (0 is the newest), and how many
    there are in all; `which` leaves those in these states only.
    """
    access.require(ctx, Action.BROADCAST)
    where = [_kept(ctx)]
    if which:
        where.append(Broadcast.state.in_(which))
    rows = ctx.session.scalars(
        select(Broadcast).where(*where).order_by(Broadcast.id.desc()).offset(first).limit(most)
    ).all()
    count = ctx.session.execute(select(func.count()).select_from(Broadcast).where(*where))
    return [of_row(ctx, row) for row in rows], count.scalar_one()


def waiting_for_approval(ctx: Ctx) -> list[BroadcastCard]:
    """The messages that wait for a second person and that the actor may approve."""
    access.require(ctx, Action.APPROVE_BROADCAST)
    rows = ctx.session.scalars(
        select(Broadcast).where(Broadcast.state == BroadcastState.ASKED).order_by(Broadcast.id)
    )
    return [of_row(ctx, row) for row in rows if keeping.keeps(ctx, row, Action.APPROVE_BROADCAST)]


def of_row(ctx: Ctx, row: Broadcast) -> BroadcastCard:
    """The card of a message that was looked up already."""
    assert row.id is not None
    held = ctx.session.get(TrainingClass, row.class_id) if row.class_id is not None else None
    begun, ended = row.began_at is not None, row.ended_at is not None
    return BroadcastCard(
        id=row.id,
        title=row.title,
        kind=row.kind,
        state=row.state,
        rule=row.rule,
        texts=dict(row.texts),
        fallback=row.fallback,
        blob_id=row.blob_id,
        is_photo=row.is_photo,
        buttons=tuple(row.buttons),
        class_id=row.class_id,
        class_code=held.code if held is not None else "",
        form=row.form,
        send_at=row.send_at,
        day=timing.day_of(row),
        local_time=row.local_time,
        made_by=row.made_by,
        maker=_name(ctx, row.made_by),
        made_at=row.made_at,
        approver=_name(ctx, row.approved_by),
        began_at=row.began_at,
        ended_at=row.ended_at,
        corrections=row.corrections,
        round=row.round,
        reason=row.reason,
        size=row.counts.get("size"),
        editing="edit" in row.counts,
        acts=states.acts(row.state, begun=begun, ended=ended),
    )


def _name(ctx: Ctx, person_id: int | None) -> Texts | None:
    return directory.name_of(ctx.session, person_id) if person_id is not None else None


def _kept(ctx: Ctx) -> ColumnElement[bool]:
    """Those by the actor, and by whoever may send to a part of the actor's people only."""
    units = reach.units_within(ctx, Action.BROADCAST)
    if units is None:
        return true()
    within = select(Grant.person_id).where(Grant.role == Role.UNIT)
    inside = within.where(Grant.scope_unit_id.in_(units))
    outside = within.where(or_(Grant.scope_unit_id.is_(None), Grant.scope_unit_id.not_in(units)))
    return or_(
        Broadcast.made_by == ctx.actor.person_id,
        Broadcast.made_by.in_(inside) & Broadcast.made_by.not_in(outside),
    )
