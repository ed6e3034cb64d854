"""An officer's own certificate, sent once more."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people.access_table import Action
from bot.screens import Reply
from bot.work import paperwork
from handlers.common.class_screens import number_in
from handlers.common.routes import press


@press("cert", Action.USE_DESK)
def send_certificate(ctx: Ctx, event: Event) -> Reply:
    """Have it made and sent: `cert:certificate`; refuses those of others."""
    paperwork.ask_for_own(ctx, number_in(event, 1))
    return Reply(toast=_("Your certificate is being made. It comes as a message."))
