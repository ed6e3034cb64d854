"""From a draft to its recipients: sent off, approved by a second person, paused, stopped.

Above the size that the training unit sets, somebody else has to approve it. An emergency does
not wait for that; whoever could have approved it is told at once.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, func, select, update

from bot import policy
from bot.campaigns.audiences import clauses
from bot.campaigns.broadcasts import cards, keeping, lacking
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.states import Act
from bot.campaigns.broadcasts.telling import (
    BROADCAST_APPROVAL,
    BROADCAST_DECIDED,
    BROADCAST_TEST,
    SENT_BY_ITSELF,
)
from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.errors import Refusal
from bot.i18n import Lines, Text, _
from bot.models.broadcasts import (
    Broadcast,
    BroadcastKind,
    BroadcastRecipient,
    RecipientState,
)
from bot.models.delivery import ItemState, OutboxItem
from bot.models.people import Person, Role
from bot.people import access
from bot.people.access_table import Action

NOBODY = _("This audience holds nobody.")
NO_SECOND = _(
    "This message goes to more than {most} people and needs a second person, but there is nobody "
    "else who may approve it. Ask the operator to name one, or send it to fewer."
)
OWN = _("Somebody else has to approve this message: you made it, or sent it off.")


def size(ctx: Ctx, row: Broadcast) -> int:
    """How many people the audience of a message holds now."""
    who = clauses.audience(keeping.as_maker(ctx, row), clauses.read(row.rule))
    count: int = ctx.session.execute(
        select(func.count()).select_from(Person).where(who)
    ).scalar_one()
    return count


def needs_second(ctx: Ctx, row: Broadcast, people: int) -> bool:
    """Whether somebody else has to approve a message to so many people."""
    most: int = policy.value(ctx.session, "broadcast_second_eyes")
    is_urgent = row.kind is BroadcastKind.EMERGENCY
    return people > most and row.approved_by is None and not is_urgent


def send(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """Send a draft off: to its recipients, or first to whoever has to approve it.

    Refuses a draft that lacks something, and an audience of nobody.
    """
    row = keeping.kept(ctx, broadcast_id, Act.SEND)
    if faults := tuple(lacking.faults(ctx, row)):
        raise Refusal(Text("{lines}", (("lines", Lines(faults)),)))
    people = size(ctx, row)
    if not people:
        raise Refusal(NOBODY)
    row.counts = {"size": people, "sent_off_by": ctx.actor.person_id}
    row.approved_by, row.reason = None, ""
    if needs_second(ctx, row, people):
        ask(ctx, row)
    else:
        keeping.step(ctx, row, Act.SEND)
        if row.kind is BroadcastKind.EMERGENCY:
            _tell_approvers(ctx, row)
    return cards.of_row(ctx, row)


def ask(ctx: Ctx, row: Broadcast) -> None:
    """Ask those who may approve a message; refuses where there is nobody."""
    if not _tell_approvers(ctx, row):
        most = policy.value(ctx.session, "broadcast_second_eyes")
        raise Refusal(Text(NO_SECOND.msgid, (("most", most),)))
    keeping.step(ctx, row, Act.ASK)


def approvers(ctx: Ctx, row: Broadcast) -> list[int]:
    """Who may approve a message: not its maker, nor who sent it off."""
    granted = (access.people_with(ctx.session, role) for role in (Role.UNIT, Role.EXECUTIVE))
    people = dict.fromkeys(person_id for some in granted for person_id in some)
    return [
        person_id
        for person_id in people
        if person_id not in _involved(row)
        and keeping.keeps(
            replace(ctx, actor=Actor(person_id=person_id)), row, Action.APPROVE_BROADCAST
        )
    ]


def approve(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """Let a message go out that the actor neither made nor sent off."""
    row = _asked(ctx, broadcast_id)
    row.approved_by = ctx.actor.person_id
    keeping.step(ctx, row, Act.APPROVE)
    _tell_decided(ctx, row, approved=True)
    return cards.of_row(ctx, row)


def decline(ctx: Ctx, broadcast_id: int, reason: str) -> BroadcastCard:
    """Give a message back as a draft, with a reason that its maker reads."""
    row = _asked(ctx, broadcast_id)
    row.reason = reason
    keeping.step(ctx, row, Act.TAKE_BACK, reason)
    _tell_decided(ctx, row, approved=False)
    return cards.of_row(ctx, row)


def take_back(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """Make a draft again of what waits for approval, or for its time."""
    row = keeping.kept(ctx, broadcast_id, Act.TAKE_BACK)
    keeping.step(ctx, row, Act.TAKE_BACK)
    return cards.of_row(ctx, row)


def pause(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """Hold back what has not been sent; what is in the courier's hands still goes."""
    row = keeping.kept(ctx, broadcast_id, Act.PAUSE)
    keeping.step(ctx, row, Act.PAUSE)
    fetch_back(ctx, broadcast_id)
    return cards.of_row(ctx, row)


def resume(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """Go on where it was paused."""
    row = keeping.kept(ctx, broadcast_id, Act.RESUME)
    keeping.step(ctx, row, Act.RESUME)
    return cards.of_row(ctx, row)


def stop(ctx: Ctx, broadcast_id: int, reason: str) -> BroadcastCard:
    """End it: who has not got it does not get it, unless it is sent again."""
    row = keeping.kept(ctx, broadcast_id, Act.STOP)
    row.reason = reason
    keeping.step(ctx, row, Act.STOP, reason)
    fetch_back(ctx, broadcast_id)
    return cards.of_row(ctx, row)


def fetch_back(ctx: Ctx, broadcast_id: int, person_id: int | None = None) -> None:
    """Take what is queued and not claimed out of the outbox again, for all or for one; its
    readers wait.
    """
    mine = BroadcastRecipient.broadcast_id == broadcast_id
    if person_id is not None:
        mine &= BroadcastRecipient.person_id == person_id
    queued = mine & (BroadcastRecipient.state == RecipientState.QUEUED)
    items = select(BroadcastRecipient.item_id).where(queued)
    taken = ctx.session.scalars(
        delete(OutboxItem)
        .where(
            OutboxItem.id.in_(items),
            OutboxItem.state == ItemState.QUEUED,
            OutboxItem.notice.in_(SENT_BY_ITSELF),
        )
        .returning(OutboxItem.id)
    ).all()
    ctx.session.execute(
        update(BroadcastRecipient)
        .where(queued, BroadcastRecipient.item_id.in_(taken))
        .values(state=RecipientState.WAITING, item_id=None)
    )


def try_out(ctx: Ctx, broadcast_id: int) -> None:
    """Send it to the actor alone, as it would be read."""
    row = keeping.found(ctx, broadcast_id)
    if not row.texts:
        raise Refusal(_("There is no text yet."))
    assert ctx.actor.person_id is not None, "only a person tries a message out"
    outbox.tell(ctx, BROADCAST_TEST, ctx.actor.person_id, {"broadcast": row.id})


def _asked(ctx: Ctx, broadcast_id: int) -> Broadcast:
    """The message that waits for approval, locked, for who may give it."""
    row = keeping.readable(ctx, broadcast_id)
    access.require(ctx, Action.APPROVE_BROADCAST)
    if ctx.actor.person_id in _involved(row):
        raise Refusal(OWN)
    if not keeping.keeps(ctx, row, Action.APPROVE_BROADCAST):
        raise access.OutOfReach(Action.APPROVE_BROADCAST, broadcast_id, keeping.KIND)
    row = keeping.held(ctx, broadcast_id)
    keeping.require(row, Act.APPROVE)
    return row


def _involved(row: Broadcast) -> set[int | None]:
    return {row.made_by, row.counts.get("sent_off_by")}


def _tell_approvers(ctx: Ctx, row: Broadcast) -> int:
    """How many there are who may approve it; each is told."""
    people = approvers(ctx, row)
    for person_id in people:
        outbox.tell(ctx, BROADCAST_APPROVAL, person_id, {"broadcast": row.id})
    return len(people)


def _tell_decided(ctx: Ctx, row: Broadcast, *, approved: bool) -> None:
    params = {"broadcast": row.id, "approved": approved, "by": ctx.actor.person_id}
    for person_id in sorted(one for one in _involved(row) if one is not None):
        if person_id != ctx.actor.person_id:
            outbox.tell(ctx, BROADCAST_DECIDED, person_id, params)
