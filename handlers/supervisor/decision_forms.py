"""What a supervisor writes about a request: why it is declined, what is asked of the officer."""

from __future__ import annotations

from bot.context import Ctx
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.screens import Reply
from bot.training import deciding, request_words
from handlers.common import ask_form

DECLINE, ASK = "decline_request", "ask_officer"


def begin_declining(ctx: Ctx, request: int) -> Reply:
    """Ask for the reason."""
    deciding.require_own(ctx, request)
    service.begin(ctx, DECLINE, {"request": request})
    return ask_form.show(ctx)


def begin_asking(ctx: Ctx, request: int) -> Reply:
    """Ask for the question."""
    deciding.require_own(ctx, request)
    service.begin(ctx, ASK, {"request": request})
    return ask_form.show(ctx)


@service.on_submit(DECLINE, "reason")
def decline(ctx: Ctx, submission: Submission) -> Text:
    """Decline with the reason written."""
    request, reason = int(submission.purpose["request"]), str(submission.answers["reason"])
    line = deciding.decline(ctx, request, reason)
    return _(
        "Declined: {request}. It takes effect in ten seconds.", request=request_words.in_list(line)
    )


@service.on_submit(ASK, "question")
def ask(ctx: Ctx, submission: Submission) -> Text:
    """Put the question to the officer."""
    request, question = int(submission.purpose["request"]), str(submission.answers["question"])
    line = deciding.ask_back(ctx, request, question)
    return _("{name} is asked in ten seconds. The request stays open.", name=line.name)
