"""Officers of one's own who are ordered to a class: asking that it be put off."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import postponements
from bot.training.postponements import OrderCard
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

FORM = "ask_postponement"
PER_PAGE = 8
BACK = (Button(_("« Requests"), "apps"),)


@press("apord", Action.DECIDE)
def show_orders(ctx: Ctx, event: Event) -> Reply:
    """Who is ordered where: `apord:page`."""
    page = page_of(postponements.of_team(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [
        (Button(_label(card), f"apoff:{card.enrolment_id}"),)
        for card in page.shown
        if not card.is_asked
    ]
    rows += page.rows(lambda turned: f"apord:{turned}")
    asked: list[Words] = [
        _(
            "{name}, {code}: the training unit decides whether it is put off.",
            name=card.person.name,
            code=card.held.code,
        )
        for card in page.shown
        if card.is_asked
    ]
    words = _("Nobody of yours is ordered to a class that is still to begin.")
    if page.shown:
        words = _("These officers have to attend. Choose one to ask that it be put off.")
    return Reply(
        screen=Screen(title=_("Ordered training"), body=(words, *asked), rows=(*rows, BACK))
    )


@press("apoff", Action.DECIDE)
def begin(ctx: Ctx, event: Event) -> Reply:
    """Ask why it should be put off: `apoff:enrolment`."""
    card = postponements.require_askable(ctx, number_in(event, 1))
    service.begin(ctx, FORM, {"enrolment": card.enrolment_id})
    return ask_form.show(ctx)


@service.on_submit(FORM, "reason")
def ask(ctx: Ctx, submission: Submission) -> Text:
    """Ask the training unit."""
    reason = str(submission.answers["reason"])
    card = postponements.ask(ctx, int(submission.purpose["enrolment"]), reason)
    return _(
        "The training unit is asked to put off the training of {name}. Until it has decided, the "
        "place stays.",
        name=card.person.name,
    )


def _label(card: OrderCard) -> Text:
    return _(
        "{name}: {course}, {code}", name=card.person.name, course=card.held.title,
        code=card.held.code,
    )  # fmt: skip
