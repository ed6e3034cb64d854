"""Read and understood: what a recipient confirms, once and for good."""

from __future__ import annotations

from sqlalchemy import select

from bot.campaigns.broadcasts import keeping, sending
from bot.campaigns.broadcasts.keeping import GONE, KIND
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.broadcasts import Broadcast, BroadcastRecipient, BroadcastState, RecipientState
from bot.people.access import OutOfReach
from bot.people.access_table import Action

WITHDRAWN = _("This message was withdrawn. There is nothing to confirm.")
NO_FORM = _("This message asks no questions.")
NEVER_CAME = (RecipientState.WAITING, RecipientState.FAILED, RecipientState.DROPPED)
NOT_TO_YOU = _("This message was not sent to you, so nothing was noted.")


def acknowledge(ctx: Ctx, broadcast_id: int) -> bool:
    """Note that the actor has read and understood a message; False if that was noted before.

    Refuses whom it was not sent to, and a message that was withdrawn.
    """
    row, mine = _received(ctx, broadcast_id)
    if row.state is BroadcastState.RECALLED:
        raise Refusal(WITHDRAWN)
    if mine.acknowledged_at is not None:
        return False
    if mine.state is not RecipientState.SENT:
        _note_arrival(ctx, row, mine)
    mine.acknowledged_at = ctx.now()
    ctx.session.flush()
    return True


def form_of(ctx: Ctx, broadcast_id: int) -> str:
    """The questionnaire that a message asks the actor to answer; refuses as `acknowledge` does."""
    row, _mine = _received(ctx, broadcast_id)
    if row.state is BroadcastState.RECALLED:
        raise Refusal(WITHDRAWN)
    if not row.form:
        raise Refusal(NO_FORM)
    return row.form


def _received(ctx: Ctx, broadcast_id: int) -> tuple[Broadcast, BroadcastRecipient]:
    row = ctx.session.get(Broadcast, broadcast_id)
    if row is None:
        raise Refusal(GONE)
    mine = ctx.session.scalars(
        select(BroadcastRecipient).where(
            BroadcastRecipient.broadcast_id == broadcast_id,
            BroadcastRecipient.person_id == ctx.actor.person_id,
        )
    ).first()
    if mine is None or (row.round == 0 and mine.state in NEVER_CAME):
        raise OutOfReach(Action.USE_DESK, broadcast_id, KIND, NOT_TO_YOU)
    return row, mine


def _note_arrival(ctx: Ctx, row: Broadcast, mine: BroadcastRecipient) -> None:
    """Whoever confirms it has it, whatever was known of it, and does not get it again."""
    assert row.id is not None
    keeping.held(ctx, row.id)
    if row.round:
        sending.fetch_back(ctx, row.id, mine.person_id)
    ctx.session.refresh(mine)
    if mine.state is not RecipientState.QUEUED:
        mine.state, mine.reason = RecipientState.SENT, ""
