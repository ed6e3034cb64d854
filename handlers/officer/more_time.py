"""An officer asks the supervisor for more time to renew what ends."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.people.access_table import Action
from bot.screens import Reply
from bot.training.qualifications import extensions
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.routes import press

FORM = "ask_more_time"


@press("qmore", Action.USE_DESK)
def begin(ctx: Ctx, event: Event) -> Reply:
    """Ask why more time is needed: `qmore:qualification`."""
    row = extensions.require_askable(ctx, number_in(event, 1))
    service.begin(ctx, FORM, {"qualification": row.id})
    return ask_form.show(ctx)


@service.on_submit(FORM, "reason")
def submit(ctx: Ctx, submission: Submission) -> Text:
    """Put the request to who decides."""
    extensions.ask(ctx, submission.purpose["qualification"], str(submission.answers["reason"]))
    return _("Your request is on its way. You are told what is decided.")
