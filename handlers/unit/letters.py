"""Requests that wait for supervisors: decided in their place from a signed letter."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import approval_cards, deciding, request_words
from bot.training.deciding import Letter
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

FORM = "decision_by_letter"
PER_PAGE = 8


@press("apothers", Action.OVERRULE)
def show_others(ctx: Ctx, event: Event) -> Reply:
    """The requests that wait for others, oldest first: `apothers:page`."""
    page = page_of(approval_cards.with_others(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(request_words.in_list(line), f"ap:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"apothers:{turned}")
    body = _("Choose a request to see it, or to decide it from a signed letter.")
    if not page.shown:
        body = _("No request waits for anybody else.")
    return Reply(
        screen=Screen(
            title=_("Requests with supervisors"),
            body=(body,),
            rows=(*rows, (Button(_("« Requests"), "apps"),)),
        )
    )


@press("apletter", Action.OVERRULE)
def begin(ctx: Ctx, event: Event) -> Reply:
    """Ask what the letter says: `apletter:id`."""
    request = number_in(event, 1)
    deciding.require_overruler(ctx, request)
    service.begin(ctx, FORM, {"request": request})
    return ask_form.show(ctx)


@service.on_submit(FORM, "decision", "number", "date")
def decide(ctx: Ctx, submission: Submission) -> Text:
    """Decide as the letter says."""
    answers, request = submission.answers, int(submission.purpose["request"])
    letter = Letter(str(answers["number"]), dt.date.fromisoformat(str(answers["date"])))
    if answers["decision"] == "approved":
        line = deciding.approve(ctx, request, letter)
    else:
        line = deciding.decline(ctx, request, str(answers["reason"]), letter)
    return _(
        "Recorded from letter {number}: {request}. It takes effect in ten seconds.",
        number=letter.number,
        request=request_words.in_list(line),
    )
