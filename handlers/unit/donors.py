"""Surveys of donors and partners: kept with their deadline, relayed to offices, answered."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.models.needs import SurveyState
from bot.needs import donor_surveys, forms, relaying
from bot.needs.donor_surveys import SurveyCard
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

TITLE = _("Partners' surveys")
PER_PAGE = 8
STATES: dict[SurveyState, Text] = {
    SurveyState.OPEN: _("open"),
    SurveyState.RELAYED: _("offices are asked"),
    SurveyState.ANSWERED: _("answered"),
}


@press("donors", Action.RUN_NEEDS)
def show_surveys(ctx: Ctx, event: Event) -> Reply:
    """Every survey, the next to answer first: `donors:page`."""
    page = page_of(donor_surveys.cards(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(one), f"donor:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"donors:{turned}")
    rows.append((Button(_("Keep a survey"), "donornew", style=Style.PRIMARY),))
    rows.append((Button(_("« Survey of needs"), "nrounds"),))
    body = (
        _("Choose a survey to answer it from what is stored, or to ask offices.")
        if page.shown
        else _("No survey of a partner has been kept yet.")
    )
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=tuple(rows)))


@press("donornew", Action.RUN_NEEDS)
def begin_survey(ctx: Ctx, _event: Event) -> Reply:
    """Ask who asks what, by which day."""
    service.begin(ctx, forms.DONOR)
    return ask_form.show(ctx)


@press("donor", Action.RUN_NEEDS)
def show_survey(ctx: Ctx, event: Event) -> Reply:
    """One survey: `donor:id`."""
    return Reply(screen=_screen(donor_surveys.card(ctx, number_in(event, 1))))


@press("donorask", Action.RUN_NEEDS)
def relay_survey(ctx: Ctx, event: Event) -> Reply:
    """`donorask:id` says how many are asked, `donorask:id:1` asks them."""
    about = number_in(event, 1)
    if number_after(event.text, 2) == 1:
        count = relaying.relay(ctx, about)
        toast = _n("{count} head is asked.", "{count} heads are asked.", count)
        return Reply(screen=_screen(donor_surveys.card(ctx, about)), toast=toast)
    count = len(relaying.to_ask(ctx, about))
    body = _n(
        "{count} head of an office has not been asked, and gets a message.",
        "{count} heads of offices have not been asked, and get a message.",
        count,
    )
    rows: Rows = []
    if count:
        label = _n("Ask {count} head", "Ask {count} heads", count)
        yes = Button(label, f"donorask:{about}:1", guarded=True, style=Style.PRIMARY)
        rows.append((yes,))
    rows.append((Button(_("« Back"), f"donor:{about}"),))
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=tuple(rows)))


@press("donorans", Action.RUN_NEEDS)
def begin_answer(ctx: Ctx, event: Event) -> Reply:
    """The answer, the draft of stored needs filled in: `donorans:id`."""
    card = donor_surveys.card(ctx, number_in(event, 1))
    known = card.answer or donor_surveys.draft(ctx, card.id)
    typed = {"answer": known} if known else {}
    service.begin(ctx, forms.DONOR_ANSWER, {"survey": card.id}, typed)
    return ask_form.show_all(ctx) if known else ask_form.show(ctx)


@press("donorfile", Action.RUN_NEEDS)
def send_file(ctx: Ctx, event: Event) -> Reply:
    """Have the survey's own file sent: `donorfile:id`."""
    donor_surveys.ask_for_file(ctx, number_in(event, 1))
    return Reply(toast=_("It comes as a message."))


def _screen(card: SurveyCard) -> Screen:
    body: list[Words] = [
        _("From: {donor}", donor=card.donor),
        _("To be answered by {day}", day=card.due_on),
        _("State: {state}", state=STATES[card.state]),
        "",
        card.asked,
    ]
    if card.asked_offices:
        answered = _n(
            "Offices answered: {answered} of {asked}. They named {count} need.",
            "Offices answered: {answered} of {asked}. They named {count} needs.",
            card.needs,
            answered=card.answered_offices,
            asked=card.asked_offices,
        )
        body += ["", answered]
    if card.answer:
        body += ["", _("Answered: {words}", words=card.answer)]
    return Screen(title=card.title, body=tuple(body), rows=tuple(_rows(card)))


def _rows(card: SurveyCard) -> Rows:
    label = _("Correct the answer") if card.answer else _("Answer it")
    rows: Rows = [(Button(label, f"donorans:{card.id}", style=Style.PRIMARY),)]
    if card.state is not SurveyState.ANSWERED:
        rows.append((Button(_("Ask the offices"), f"donorask:{card.id}"),))
    if card.has_file:
        rows.append((Button(_("Send me the file"), f"donorfile:{card.id}"),))
    rows.append((Button(_("« Partners' surveys"), "donors"),))
    return rows


def _label(one: SurveyCard) -> Text:
    return _("{donor}, by {day}: {state}", donor=one.donor, day=one.due_on,
             state=STATES[one.state])  # fmt: skip
