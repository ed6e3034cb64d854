"""What people passed on to colleagues: confirmed or doubted by who leads them, overdue shown."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import cascade, cascade_cards
from bot.evaluation.cascade_cards import STANDING_WORDS, DutyCard, Standing
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, menu
from handlers.common.class_screens import number_in
from handlers.common.duty_words import duty_lines
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

DOUBT = "doubt_cascade"
TITLE = _("What is to be passed on")
PER_PAGE = 8


@waiting_counter("cascade", Action.SIGN_TASKS, 36)
def count_reports(ctx: Ctx) -> Waiting:
    """How many reports wait for the actor."""
    count = cascade_cards.count_waiting(ctx)
    sentence = _n(
        "{count} report of passing on waits to be confirmed.",
        "{count} reports of passing on wait to be confirmed.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "cascs"))


@press("cascs", Action.SIGN_TASKS)
def show_team(ctx: Ctx, event: Event) -> Reply:
    """What the actor is to confirm, then what their people have to pass on: `cascs:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("casct", Action.SIGN_TASKS)
def act(ctx: Ctx, event: Event) -> Reply:
    """`casct:id` shows one; `yes`, `no` after it confirm it, or do not."""
    about = number_in(event, 1)
    step = event.text.split(":")[2:3]
    if step == ["yes"]:
        cascade.confirm(ctx, about)
        return Reply(screen=_list(ctx, 0), toast=_("Confirmed. The officer is told."))
    if step == ["no"]:
        cascade.require_decidable(ctx, about)
        service.begin(ctx, DOUBT, {"duty": about})
        return ask_form.show(ctx)
    return Reply(screen=_one(ctx, cascade_cards.card(ctx, about)))


@service.on_submit(DOUBT, "doubt")
def take_doubt(ctx: Ctx, submission: Submission) -> Text:
    """It is not confirmed, and the officer is told why."""
    row = cascade.doubt(ctx, int(submission.purpose["duty"]), str(submission.answers["doubt"]))
    name = cascade_cards.facts(ctx, row).person.name
    return _("It is not confirmed. {name} is told.", name=name)


def _list(ctx: Ctx, number: int) -> Screen:
    first = cascade_cards.waiting(ctx)
    known = {card.id for card in first}
    rest = [card for card in cascade_cards.of_team(ctx) if card.id not in known]
    page = page_of([*first, *rest], number, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"casct:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"cascs:{turned}")
    words = _("Choose a line.") if page.shown else _("Nobody has anything to pass on.")
    return Screen(title=TITLE, body=(words,), rows=(*rows, menu.back_to_menu()), protect=True)


def _label(card: DutyCard) -> Text:
    return _(
        "{name}, {course}: {standing}",
        name=card.person.name,
        course=card.course,
        standing=STANDING_WORDS[card.standing],
    )


def _one(ctx: Ctx, card: DutyCard) -> Screen:
    base = f"casct:{card.id}"
    rows: Rows = []
    if card.standing is Standing.REPORTED and card.person.id != ctx.actor.person_id:
        yes = Button(_("Confirm"), f"{base}:yes", guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("Do not confirm"), f"{base}:no", style=Style.DANGER)))
    rows.append((Button(_("« What is to be passed on"), "cascs"),))
    body = (
        _("{name}, {unit}", name=card.person.name, unit=card.person.unit),
        *duty_lines(card),
    )
    return Screen(title=card.course, body=body, rows=tuple(rows), protect=True)
