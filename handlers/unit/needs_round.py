"""The yearly survey of needs: planned and run by the unit, its response read by who may."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Percent, Text, Words, _, _n
from bot.models.needs import RoundState
from bot.needs import forms, response, rounds, years
from bot.needs.response import Rate
from bot.needs.rounds import RoundCard
from bot.people import access
from bot.people.access_table import Action
from bot.reports.needs_response import NEEDS_RESPONSE
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, closing
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press

TITLE = _("Survey of needs")
PER_PAGE = 8
NAMES = 20
STATES: dict[RoundState, Text] = {
    RoundState.PLANNED: _("planned"),
    RoundState.OPEN: _("open"),
    RoundState.CLOSED: _("closed"),
}
BACK: dict[str, Text] = {
    "nround": _("The survey"),
    "need": _("What I told"),
    "nmeet": _("The meeting"),
    "perf": _("Figures of performance"),
    "donor": _("The partner's survey"),
}

menu_entry("nrounds", TITLE, "nrounds", Action.READ_NEEDS, 46, Part.PLAN)


@closing.offer(33)
def offer_way_back(ctx: Ctx) -> Button | None:
    """Back to what a form about needs was for, once it is taken."""
    action = forms.way_back(ctx)
    return Button(BACK[action.partition(":")[0]], action) if action is not None else None


@press("nrounds", Action.READ_NEEDS)
def show_rounds(ctx: Ctx, event: Event) -> Reply:
    """Every survey, the newest first, and what else feeds it: `nrounds:page`."""
    page = page_of(rounds.cards(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"nround:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"nrounds:{turned}")
    if access.may(ctx, Action.RUN_NEEDS):
        rows += _running(ctx)
    if access.may(ctx, Action.NOTE_PERFORMANCE):
        rows.append((Button(_("Figures of performance"), "perf"),))
    body = (
        _("Once a year everybody says what they need to learn, before the plan is made.")
        if page.shown
        else _("No survey has been planned yet.")
    )
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=with_menu(rows)))


@press("nrplan", Action.RUN_NEEDS)
def begin_plan(ctx: Ctx, _event: Event) -> Reply:
    """Ask for the days, those of the settings filled in."""
    opens, closes = rounds.suggested(ctx)
    return _ask_days(ctx, {}, opens.isoformat(), closes.isoformat())


@press("nround", Action.READ_NEEDS)
def show_round(ctx: Ctx, event: Event) -> Reply:
    """One survey with its response until now: `nround:id`."""
    return Reply(screen=_round(ctx, rounds.card(ctx, number_in(event, 1))))


@press("nropen", Action.RUN_NEEDS)
def open_round(ctx: Ctx, event: Event) -> Reply:
    """`nropen:id` says how many are asked, `nropen:id:1` opens it today."""
    about = number_in(event, 1)
    if number_after(event.text, 2) == 1:
        card = rounds.open_now(ctx, about)
        toast = _("The survey is open. Everybody is asked now.")
        return Reply(screen=_round(ctx, card), toast=toast)
    card = rounds.card(ctx, about)
    if card.state is not RoundState.PLANNED:
        return Reply(screen=_round(ctx, card))
    yes = Button(_("Open it today"), f"nropen:{about}:1", guarded=True, style=Style.PRIMARY)
    body = _n(
        "{count} person is asked now, and gets a message.",
        "{count} people are asked now, and get a message.",
        rounds.to_ask(ctx),
    )
    rows = ((yes,), (Button(_("« Back"), f"nround:{about}"),))
    return Reply(screen=Screen(title=_title(card), body=(body,), rows=rows))


@press("nrdays", Action.RUN_NEEDS)
def begin_shift(ctx: Ctx, event: Event) -> Reply:
    """Ask for other days: `nrdays:id`."""
    card = rounds.card(ctx, number_in(event, 1))
    opens, closes = card.opens_on.isoformat(), card.closes_on.isoformat()
    return _ask_days(ctx, {"round": card.id}, opens, closes)


@press("nrclose", Action.RUN_NEEDS)
def close_round(ctx: Ctx, event: Event) -> Reply:
    """`nrclose:id` asks, `nrclose:id:1` closes it today."""
    about = number_in(event, 1)
    if number_after(event.text, 2) == 1:
        card = rounds.close_now(ctx, about)
        return Reply(screen=_round(ctx, card), toast=_("The survey is closed."))
    card = rounds.card(ctx, about)
    owing = response.whole(ctx, about).missing
    yes = Button(_("Close it today"), f"nrclose:{about}:1", guarded=True, style=Style.DANGER)
    body = _n(
        "{count} questionnaire is not answered. It cannot be answered any more then.",
        "{count} questionnaires are not answered. They cannot be answered any more then.",
        owing,
    )
    rows = ((yes,), (Button(_("« Back"), f"nround:{about}"),))
    return Reply(screen=Screen(title=_title(card), body=(body,), rows=rows))


@press("nrout", Action.RUN_NEEDS)
def take_round_out(ctx: Ctx, event: Event) -> Reply:
    """Forget one that is planned only: `nrout:id`."""
    rounds.take_out(ctx, number_in(event, 1))
    back = Button(_("« Survey of needs"), "nrounds")
    return Reply(screen=Screen(body=(_("The survey is taken out."),), rows=((back,),)))


@press("nrposts", Action.READ_NEEDS)
def show_posts(ctx: Ctx, event: Event) -> Reply:
    """The response by post: `nrposts:id:page`."""
    card = rounds.card(ctx, number_in(event, 1))
    found = response.by_post(ctx, card.id)
    page = page_of(found, number_after(event.text, 2) or 0, NAMES)
    rows = page.rows(lambda turned: f"nrposts:{card.id}:{turned}")
    rows.append((Button(_("« Back"), f"nround:{card.id}"),))
    body = tuple(_line(one.name or _("without a post"), one) for one in page.shown)
    title = _("Response by post, {year}", year=card.label)
    return Reply(screen=Screen(title=title, body=body or (response.NOBODY,), rows=tuple(rows)))


@press("nroffices", Action.READ_NEEDS)
def show_offices(ctx: Ctx, event: Event) -> Reply:
    """The response by office, each with who has not answered: `nroffices:id:page`."""
    card = rounds.card(ctx, number_in(event, 1))
    page = page_of(response.by_office(ctx, card.id), number_after(event.text, 2) or 0, PER_PAGE)
    rows: Rows = [
        (Button(_line(one.name, one), f"nrwho:{card.id}:{one.id}"),) for one in page.shown
    ]
    rows += page.rows(lambda turned: f"nroffices:{card.id}:{turned}")
    rows.append((Button(_("« Back"), f"nround:{card.id}"),))
    title = _("Response by office, {year}", year=card.label)
    body = _("Choose an office to see who has not answered.") if page.shown else response.NOBODY
    return Reply(screen=Screen(title=title, body=(body,), rows=tuple(rows)))


@press("nrwho", Action.READ_NEEDS)
def show_missing(ctx: Ctx, event: Event) -> Reply:
    """Who of an office has not answered: `nrwho:round:office:page`."""
    card, unit_id = rounds.card(ctx, number_in(event, 1)), number_in(event, 2)
    number = number_after(event.text, 3) or 0
    people, count = response.missing(ctx, card.id, unit_id, number, NAMES)
    turning = page_of(range(count), number, NAMES)
    rows = turning.rows(lambda turned: f"nrwho:{card.id}:{unit_id}:{turned}")
    rows.append((Button(_("« Back"), f"nroffices:{card.id}"),))
    title = _n("{count} person has not answered", "{count} people have not answered", count)
    body = tuple(_("{name}, {number}", name=one.name, number=one.staff_no) for one in people)
    return Reply(screen=Screen(title=title, body=body, rows=tuple(rows)))


@press("nrrep", Action.READ_NEEDS)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the response drawn and written: `nrrep:id`."""
    return ordered(ctx, NEEDS_RESPONSE, {"round": number_in(event, 1)})


def _running(ctx: Ctx) -> Rows:
    rows: Rows = []
    if rounds.of_plan_year(ctx.session, years.next_plan_year(ctx)) is None:
        label = _("Plan the survey for {year}", year=years.label(years.next_plan_year(ctx)))
        rows.append((Button(label, "nrplan", style=Style.PRIMARY),))
    rows.append((Button(_("Meetings"), "nmeets"), Button(_("Partners' surveys"), "donors")))
    return rows


def _ask_days(ctx: Ctx, purpose: dict[str, int], opens: str, closes: str) -> Reply:
    service.begin(ctx, forms.ROUND, purpose, {"opens_on": opens, "closes_on": closes})
    return ask_form.show(ctx)


def _round(ctx: Ctx, card: RoundCard) -> Screen:
    body: list[Words] = [
        _("State: {state}", state=STATES[card.state]),
        _("From {first} to {last}", first=card.opens_on, last=card.closes_on),
    ]
    whole = response.whole(ctx, card.id)
    if whole.asked:
        body.append(_line(_("All questionnaires"), whole))
        body += [_line(one.title or one.name, one) for one in response.by_stage(ctx, card.id)]
    elif card.state is RoundState.OPEN and access.may(ctx, Action.RUN_NEEDS):
        body.append(_("Everybody is being asked. Look again in a minute."))
    rows: Rows = []
    if whole.asked:
        rows.append(
            (
                Button(_("By post"), f"nrposts:{card.id}"),
                Button(_("By office"), f"nroffices:{card.id}"),
            )
        )
        rows.append((Button(_("Make the report"), f"nrrep:{card.id}", guarded=True),))
    if access.may(ctx, Action.RUN_NEEDS):
        rows += _acts(card)
    rows.append((Button(_("« Survey of needs"), "nrounds"),))
    return Screen(title=_title(card), body=tuple(body), rows=tuple(rows))


def _acts(card: RoundCard) -> Rows:
    days = Button(_("Change the days"), f"nrdays:{card.id}")
    if card.state is RoundState.PLANNED:
        begin = Button(_("Open it today"), f"nropen:{card.id}", style=Style.PRIMARY)
        return [(begin,), (days, Button(_("Take it out"), f"nrout:{card.id}", guarded=True))]
    if card.state is RoundState.OPEN:
        return [(days, Button(_("Close it"), f"nrclose:{card.id}"))]
    return []


def _title(card: RoundCard) -> Text:
    return _("Survey of needs for {year}", year=card.label)


def _label(card: RoundCard) -> Text:
    return _("{year}: {state}, {first} to {last}", year=card.label, state=STATES[card.state],
             first=card.opens_on, last=card.closes_on)  # fmt: skip


def _line(name: Words, rate: Rate) -> Text:
    return _(
        "{what}: {answered} of {asked} ({share})",
        what=name,
        answered=rate.answered,
        asked=rate.asked,
        share=Percent(rate.share),
    )
