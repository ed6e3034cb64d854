"""Files that people send: each belongs to who sent it, and no button opens another's."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.system import Blob
from bot.people import access
from bot.people.access_table import Action


def take(ctx: Ctx, blob_id: int) -> None:
    """Note a file that has just come in as the actor's own."""
    ctx.session.get_one(Blob, blob_id).owner_id = ctx.actor.person_id


def require_own(ctx: Ctx, blob_id: int) -> int:
    """The id again; refuses a file that is gone, and one that the actor did not send."""
    blob = ctx.session.get(Blob, blob_id)
    gone = _("That file is no longer here. Send it again.")
    if blob is None:
        raise Refusal(gone)
    if blob.owner_id is None or blob.owner_id != ctx.actor.person_id:
        raise access.OutOfReach(Action.IMPORT, blob_id, "blob", gone)
    return blob_id
