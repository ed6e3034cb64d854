"""What an officer is to pass on to colleagues after a course, and the report that it was done."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.evaluation import cascade, cascade_cards
from bot.evaluation.cascade_cards import STANDING_WORDS, DutyCard
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.duty_words import duty_lines
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

FORM = "cascade_report"
TITLE = _("What I am to pass on")
PER_PAGE = 8


@press("casc", Action.USE_DESK)
def show_own(ctx: Ctx, event: Event) -> Reply:
    """The actor's own duties, what is to be done first: `casc:page`."""
    page = page_of(cascade_cards.mine(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"cascone:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"casc:{turned}")
    words = _("Choose a course.") if page.shown else _("There is nothing for you to pass on.")
    back = (Button(_("« Learning on the job"), "job"),)
    return Reply(screen=Screen(title=TITLE, body=(words,), rows=(*rows, back)))


@press("cascone", Action.USE_DESK)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """One duty and what became of it: `cascone:id`."""
    card = cascade_cards.card(ctx, number_in(event, 1))
    rows: Rows = []
    if card.is_due and card.person.id == ctx.actor.person_id:
        rows.append((Button(_("Report it"), f"cascrep:{card.id}", style=Style.PRIMARY),))
    rows.append((Button(_("« What I am to pass on"), "casc"),))
    return Reply(
        screen=Screen(
            title=card.course, body=tuple(duty_lines(card)), rows=tuple(rows), protect=True
        )
    )


@press("cascrep", Action.USE_DESK)
def begin_report(ctx: Ctx, event: Event) -> Reply:
    """Ask when, to how many, what: `cascrep:id`."""
    row = cascade.require_reportable(ctx, number_in(event, 1))
    service.begin(ctx, FORM, {"duty": row.id})
    return ask_form.show(ctx)


@service.on_submit(FORM, "held_on", "attended", "report")
def take(ctx: Ctx, submission: Submission) -> Text:
    """It was passed on; the supervisor is asked to confirm it."""
    answers = submission.answers
    cascade.report(
        ctx,
        int(submission.purpose["duty"]),
        dt.date.fromisoformat(str(answers["held_on"])),
        int(submission.answers["attended"]),
        str(answers["report"]),
    )
    return _("Thank you. Your supervisor is asked to confirm it.")


def _label(card: DutyCard) -> Text:
    return _("{course}: {standing}", course=card.course, standing=STANDING_WORDS[card.standing])
