"""Who may handle a message to many, and the one way to take a step with it.

Whoever may send to all whom its maker may send to keeps it with them.
"""

from __future__ import annotations

from dataclasses import replace

from bot import audit
from bot.campaigns.broadcasts import states
from bot.campaigns.broadcasts.states import TRANSITIONS, Act
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.broadcasts import Broadcast
from bot.people import access, reach
from bot.people.access_table import Action

KIND = "broadcast"
GONE = _("This message is not there any more.")


def keeps(ctx: Ctx, row: Broadcast, action: Action = Action.BROADCAST) -> bool:
    """Whether the actor's reach holds everybody to whom the maker may send."""
    if ctx.actor.is_system:
        return True
    if not access.may(ctx, action):
        return False
    if row.made_by is not None and row.made_by == ctx.actor.person_id:
        return action is Action.BROADCAST
    mine = reach.units_within(ctx, action)
    if mine is None:
        return True
    theirs = reach.units_within(as_maker(ctx, row), Action.BROADCAST)
    return theirs is not None and bool(theirs) and theirs <= mine


def as_maker(ctx: Ctx, row: Broadcast) -> Ctx:
    """The context in which its maker acts; what is sent goes to the maker's people."""
    return replace(ctx, actor=Actor(person_id=row.made_by, zone=ctx.settings.timezone))


def found(ctx: Ctx, broadcast_id: int) -> Broadcast:
    """The message, for who keeps it; refuses everybody else, and one that is gone."""
    row = ctx.session.get(Broadcast, broadcast_id)
    if row is None:
        raise Refusal(GONE)
    if not keeps(ctx, row):
        raise access.OutOfReach(Action.BROADCAST, broadcast_id, KIND)
    return row


def readable(ctx: Ctx, broadcast_id: int) -> Broadcast:
    """The message, for who keeps it or may approve it."""
    row = ctx.session.get(Broadcast, broadcast_id)
    if row is None:
        raise Refusal(GONE)
    if not keeps(ctx, row) and not keeps(ctx, row, Action.APPROVE_BROADCAST):
        raise access.OutOfReach(Action.BROADCAST, broadcast_id, KIND)
    return row


def held(ctx: Ctx, broadcast_id: int) -> Broadcast:
    """The message, locked until the commit; whoever changes one takes it through this."""
    row = ctx.session.get(Broadcast, broadcast_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(GONE)
    return row


def kept(ctx: Ctx, broadcast_id: int, act: Act) -> Broadcast:
    """The message, locked, for who keeps it; refuses where `act` is not possible now."""
    found(ctx, broadcast_id)
    row = held(ctx, broadcast_id)
    require(row, act)
    return row


def require(row: Broadcast, act: Act) -> None:
    """Refuse, in words, an act that is not possible now."""
    why = states.why_not(
        act, row.state, begun=row.began_at is not None, ended=row.ended_at is not None
    )
    if why is not None:
        raise Refusal(why)


def step(ctx: Ctx, row: Broadcast, act: Act, reason: str = "") -> None:
    """Take a step that is possible, and note it; `reason` is what a person gave."""
    require(row, act)
    row.state = TRANSITIONS[act].after or row.state
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, f"broadcast.{act.name.lower()}", KIND, row.id, reason=reason)
