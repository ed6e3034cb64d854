"""A question that the supervisor put before deciding: answered by the officer."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.people.access_table import Action
from bot.screens import Reply
from bot.training import asking_back
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.routes import press

FORM = "answer_approver"


@press("apanswer", Action.USE_DESK)
def begin(ctx: Ctx, event: Event) -> Reply:
    """Put the question: `apanswer:id`."""
    asked = asking_back.question(ctx, number_in(event, 1))
    service.begin(ctx, FORM, {"question": asked.id}, {"asked": asked.question})
    return ask_form.show(ctx)


@service.on_submit(FORM, "answer")
def answer(ctx: Ctx, submission: Submission) -> Text:
    """Send the answer to who decides."""
    words = str(submission.answers["answer"])
    asked = asking_back.answer(ctx, int(submission.purpose["question"]), words)
    return _("Your answer has been sent to {name}.", name=asked.asker)
