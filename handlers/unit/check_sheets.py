"""The training unit's check sheets: which form rates whom, the rounds of a year, the results."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.check_sheets import forms, rounds, sheets
from bot.evaluation.check_sheets.belonging import STAGE_WORDS
from bot.evaluation.check_sheets.rounds import RoundCard
from bot.evaluation.check_sheets.sheets import SheetCard
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.reports.check_sheet import CHECK_SHEET_OFFICE
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press

SHEETS = _("Check sheets")
PER_PAGE = 8


@press("sheets", Action.ASSIGN)
def show_sheets(ctx: Ctx, event: Event) -> Reply:
    """All check sheets, retired ones at the end: `sheets:page`."""
    page = page_of(sheets.everything(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"sheet:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"sheets:{turned}")
    if access.may(ctx, Action.EDIT_SHEETS):
        rows.append((Button(_("New check sheet"), "sheetnew", style=Style.PRIMARY),))
    rows.append((Button(_("« On the job"), "ojt"),))
    words = _("Choose a check sheet.") if page.shown else _("There are no check sheets yet.")
    return Reply(screen=Screen(title=SHEETS, body=(words,), rows=tuple(rows)))


@press("sheetnew", Action.EDIT_SHEETS)
def begin_sheet(ctx: Ctx, _event: Event) -> Reply:
    """Ask which form rates which office and career stage."""
    service.begin(ctx, forms.NEW)
    return ask_form.show(ctx)


@press("sheet", Action.ASSIGN)
def show_sheet(ctx: Ctx, event: Event) -> Reply:
    """One check sheet with its rounds: `sheet:id:page`."""
    return Reply(screen=_sheet(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("sheeton", Action.EDIT_SHEETS)
def switch_sheet(ctx: Ctx, event: Event) -> Reply:
    """`sheeton:id:0` retires a sheet, `sheeton:id:1` brings it back."""
    about, active = number_in(event, 1), number_in(event, 2) == 1
    sheets.switch(ctx, about, active=active)
    toast = _("It is in use again.") if active else _("It is retired. Nobody is asked any more.")
    return Reply(screen=_sheet(ctx, about, 0), toast=toast)


@press("sheetplan", Action.EDIT_SHEETS)
def begin_plan(ctx: Ctx, event: Event) -> Reply:
    """Ask for a year of rounds: `sheetplan:id`."""
    card = sheets.card(ctx, number_in(event, 1))
    service.begin(ctx, forms.PLAN, {"sheet": card.id})
    return ask_form.show(ctx)


@press("sheetrep", Action.ASSIGN)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the results of a sheet drawn: `sheetrep:id`."""
    return ordered(ctx, CHECK_SHEET_OFFICE, {"sheet": number_in(event, 1)})


@press("crnd", Action.ASSIGN)
def show_round(ctx: Ctx, event: Event) -> Reply:
    """One round with who has answered: `crnd:id`."""
    return Reply(screen=_round(ctx, rounds.card(ctx, number_in(event, 1))))


@press("crndedit", Action.EDIT_SHEETS)
def begin_change(ctx: Ctx, event: Event) -> Reply:
    """Ask for other days of a round: `crndedit:id`."""
    card = rounds.card(ctx, number_in(event, 1))
    answers = {
        "opens_on": card.opens_on.isoformat(),
        "closes_on": card.closes_on.isoformat(),
        "final": "yes" if card.final else "no",
    }
    service.begin(ctx, forms.CHANGE, {"round": card.id}, answers)
    return ask_form.show(ctx)


@press("crndoff", Action.EDIT_SHEETS)
def remove_round(ctx: Ctx, event: Event) -> Reply:
    """Take a round out: `crndoff:id`."""
    sheet_id = rounds.remove(ctx, number_in(event, 1))
    return Reply(screen=_sheet(ctx, sheet_id, 0), toast=_("The round is taken out."))


def _label(card: SheetCard) -> Words:
    if card.active:
        return sheets.label_of(card)
    return _("{sheet} (retired)", sheet=sheets.label_of(card))


def _sheet(ctx: Ctx, about: int, number: int) -> Screen:
    card = sheets.card(ctx, about)
    body: list[Words] = [
        _("Office: {unit}, with what belongs to it", unit=card.unit),
        _("Career stage: {stage}", stage=STAGE_WORDS[card.stage]),
        _n("{count} item", "{count} items", card.items),
    ]
    if not card.active:
        body.append(_("Retired: nobody is asked any more."))
    page = page_of(rounds.cards(ctx, about), number, PER_PAGE)
    rows: Rows = [(Button(_days(one), f"crnd:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"sheet:{about}:{turned}")
    rows.append((Button(_("Results"), f"sheetrep:{about}"),))
    if access.may(ctx, Action.EDIT_SHEETS):
        plan = Button(_("Plan a year of rounds"), f"sheetplan:{about}", style=Style.PRIMARY)
        rows += [(plan,), (_turn(card),)]
    rows.append((Button(_("« Check sheets"), "sheets"),))
    return Screen(title=card.title, body=tuple(body), rows=tuple(rows))


def _turn(card: SheetCard) -> Button:
    if card.active:
        return Button(_("Retire"), f"sheeton:{card.id}:0", guarded=True)
    return Button(_("Bring back"), f"sheeton:{card.id}:1", guarded=True)


def _days(one: RoundCard) -> Text:
    if one.final:
        return _("{first} to {last}, final", first=one.opens_on, last=one.closes_on)
    return _("{first} to {last}", first=one.opens_on, last=one.closes_on)


def _round(ctx: Ctx, one: RoundCard) -> Screen:
    body: list[Words] = [
        _n(
            "{answered} of {count} officer has answered.",
            "{answered} of {count} officers have answered.",
            one.asked,
            answered=one.answered,
        )
    ]
    if one.final:
        body.append(_("After its last day supervisors are asked for their evaluation."))
    if one.judges:
        body.append(
            _n(
                "{judged} of {count} evaluation by supervisors is here.",
                "{judged} of {count} evaluations by supervisors are here.",
                one.judges,
                judged=one.judged,
            )
        )
    rows: Rows = []
    if access.may(ctx, Action.EDIT_SHEETS) and one.closes_on >= ctx.today():
        off = Button(_("Take it out"), f"crndoff:{one.id}", guarded=True)
        rows.append((Button(_("Change the days"), f"crndedit:{one.id}"), off))
    rows.append((Button(_("« Check sheet"), f"sheet:{one.sheet_id}"),))
    return Screen(title=_days(one), body=tuple(body), rows=tuple(rows))
