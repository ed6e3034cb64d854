"""/cancel: always works, and says what was kept."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import _
from bot.screens import Reply
from handlers.anyone import home
from handlers.common.routes import command


@command("cancel", None, menu=_("Stop what you are doing"))
def cancel(ctx: Ctx, _event: Event) -> Reply:
    """Leave whatever is open; answers given so far stay."""
    draft = service.current_draft(ctx)
    if draft is None:
        return Reply(screen=home.first_screen(ctx, _("There was nothing to stop.")))
    service.open_draft(ctx, None)
    sentence = _(
        "“{form}” is stopped. Your answers so far are kept, and /tasks goes on with them.",
        form=draft.form.title,
    )
    return Reply(screen=home.first_screen(ctx, sentence))
