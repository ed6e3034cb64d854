"""The unit's own work: a year evaluated by all whom it concerns, and the way to the courses."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.own_work import years
from bot.evaluation.own_work.years import Invited
from bot.events import Event
from bot.i18n import Percent, Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.reports.year_review import YEAR_REVIEW
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.paging import Rows
from handlers.common.report_orders import ordered
from handlers.common.routes import press

OWN_WORK = _("The unit's own work")
BACK = (Button(_("« The unit's own work"), "ownwork"),)

menu_entry("ownwork", OWN_WORK, "ownwork", Action.READ_REPORTS, 48, Part.FORMS)


@press("ownwork", Action.READ_REPORTS)
def show_own_work(ctx: Ctx, _event: Event) -> Reply:
    """What of its own work the unit can evaluate."""
    rows: Rows = [(Button(_("Courses"), "owncourses", style=Style.PRIMARY),)]
    rows += [(Button(_year_label(ctx, year), f"ownyear:{year}"),) for year in years.shown(ctx)]
    body = (
        _("Courses are evaluated with a matrix, once a year."),
        _("A whole year is evaluated by trainers, heads of offices and the training unit."),
    )
    return Reply(screen=Screen(title=OWN_WORK, body=body, rows=with_menu(rows)))


@press("ownyear", Action.READ_REPORTS)
def show_year(ctx: Ctx, event: Event) -> Reply:
    """How many have answered about a year, and what can be done: `ownyear:year`."""
    return Reply(screen=_year(ctx, number_in(event, 1)))


@press("ownyask", Action.SET_EVALUATION)
def ask_year(ctx: Ctx, event: Event) -> Reply:
    """Whom it would ask, before anybody is asked: `ownyask:year`."""
    year = number_in(event, 1)
    count = len(years.not_asked_yet(ctx, year))
    rows: Rows = []
    if count:
        label = _n("Ask {count} person", "Ask {count} people", count)
        rows.append((Button(label, f"ownyyes:{year}", guarded=True, style=Style.PRIMARY),))
    rows.append((Button(_("« Back"), f"ownyear:{year}"),))
    body = (*_invited(years.invited(ctx)), "", _to_ask(count))
    return Reply(
        screen=Screen(title=_("Evaluate {year}", year=str(year)), body=body, rows=tuple(rows))
    )


@press("ownyyes", Action.SET_EVALUATION)
def confirm_year(ctx: Ctx, event: Event) -> Reply:
    """Ask them: `ownyyes:year`."""
    year = number_in(event, 1)
    count = years.ask(ctx, year)
    toast = _n("{count} person is asked.", "{count} people are asked.", count)
    return Reply(screen=_year(ctx, year), toast=toast)


@press("ownyrep", Action.READ_REPORTS)
def make_year_report(ctx: Ctx, event: Event) -> Reply:
    """Have the report on a year made: `ownyrep:year`; refuses without answers."""
    return ordered(ctx, YEAR_REVIEW, {"year": number_in(event, 1)})


def _year(ctx: Ctx, year: int) -> Screen:
    counts = years.counts(ctx, year)
    body: list[Words] = [_("Nobody has been asked about this year yet.")]
    if counts.asked:
        share = Percent(counts.answered / counts.asked)
        body = [
            _(
                "Answered: {answered} of {asked} ({share}).",
                answered=counts.answered,
                asked=counts.asked,
                share=share,
            )
        ]
    rows: Rows = []
    if access.may(ctx, Action.SET_EVALUATION) and year in years.shown(ctx)[:2]:
        label = _("Ask those not asked yet") if counts.asked else _("Ask for answers")
        rows.append((Button(label, f"ownyask:{year}"),))
    if counts.answered:
        rows.append((Button(_("Make the report"), f"ownyrep:{year}", guarded=True),))
    title = _("The training work of {year}", year=str(year))
    return Screen(title=title, body=tuple(body), rows=(*rows, BACK))


def _year_label(ctx: Ctx, year: int) -> Text:
    counts = years.counts(ctx, year)
    if not counts.asked:
        return _("The year {year}", year=str(year))
    return _(
        "The year {year}: {answered} of {asked} answered",
        year=str(year),
        answered=counts.answered,
        asked=counts.asked,
    )


def _invited(found: Invited) -> tuple[Words, ...]:
    return (
        _n("Trainers: {count} person", "Trainers: {count} people", len(found.trainers)),
        _n("Heads of offices: {count} person", "Heads of offices: {count} people",
           len(found.heads)),
        _n("Training unit: {count} person", "Training unit: {count} people", len(found.unit)),
    )  # fmt: skip


def _to_ask(count: int) -> Text:
    if not count:
        return _("All of them have been asked.")
    return _n(
        "{count} of them has not been asked yet, and gets a message.",
        "{count} of them have not been asked yet, and get a message.",
        count,
    )
