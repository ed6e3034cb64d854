"""What a class brought about: indicators before and after, costs, the return. Unit, executives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.context import Ctx
from bot.evaluation.impact import costs, forms, offices, roi, said
from bot.evaluation.impact import reach as impact_reach
from bot.evaluation.impact.change import Changes
from bot.evaluation.impact.roi import Reckoning
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.reports.lottery import LOTTERY
from bot.reports.roi import ROI
from bot.screens import Button, Reply, Screen, Style
from bot.training import catalogue, lots
from bot.training.catalogue import ClassCard
from handlers.common import ask_form, closing
from handlers.common.class_screens import class_id, list_screen, page_asked, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines
from handlers.common.report_orders import ordered
from handlers.common.routes import press, text

IMPACT = _("What training brought about")
ASKS = "impact:find"

BACK: Mapping[str, Text] = {
    "impactc": _("What it brought about"),
    "ind": _("The indicator"),
    "lots": _("The draw of lots"),
}

menu_entry("impact", IMPACT, "impact", Action.READ_IMPACT, 47, Part.CLASSES)


@closing.offer(27)
def offer_way_back(ctx: Ctx) -> Button | None:
    """Back to the class, the indicator or the draw, once a form about it is taken."""
    action = forms.way_back(ctx)
    return Button(BACK[action.partition(":")[0]], action) if action is not None else None


@press("impact", Action.READ_IMPACT)
def show_classes(ctx: Ctx, event: Event) -> Reply:
    """The classes whose results the actor may read: `impact:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("impact", Action.READ_IMPACT)
def find_classes(ctx: Ctx, event: Event) -> Reply:
    """Classes by a part of their code or title."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("impactc", Action.READ_IMPACT)
def show_class(ctx: Ctx, event: Event) -> Reply:
    """One class before and after: `impactc:class:page`."""
    about = class_id(event)
    return Reply(screen=class_screen(ctx, about, number_after(event.text, 2) or 0))


@press("impactcost", Action.MEASURE)
def begin_costs(ctx: Ctx, event: Event) -> Reply:
    """Show all costs at once, each to be changed by its number: `impactcost:class`."""
    held = impact_reach.require_class(ctx, class_id(event), Action.MEASURE)
    assert held.id is not None
    typed = costs.as_typed(ctx, held.id)
    service.begin(ctx, "training_costs", {"class_id": held.id}, typed)
    return ask_form.show_all(ctx) if typed else ask_form.show(ctx)


@press("impactsay", Action.MEASURE)
def begin_assumptions(ctx: Ctx, event: Event) -> Reply:
    """Ask what is put down to the training, and over how many months: `impactsay:class`."""
    held = impact_reach.require_class(ctx, class_id(event), Action.MEASURE)
    assert held.id is not None
    typed = costs.assumptions_as_typed(ctx, held.id)
    service.begin(ctx, "roi_assumptions", {"class_id": held.id}, typed)
    return ask_form.show_all(ctx) if typed else ask_form.show(ctx)


@press("impactoff", Action.READ_IMPACT)
def show_offices(ctx: Ctx, event: Event) -> Reply:
    """Offices that sent people beside the others: `impactoff:class:page`."""
    about = class_id(event)
    found = offices.of_class(ctx, about)
    lines: list[Words] = [line for one in found for line in (*said.offices(one), "")]
    lines.append(said.NOT_BY_LOT if found else _("No indicator of the course is kept by office."))
    page = page_of_lines(lines, number_after(event.text, 2) or 0)
    rows = page.rows(lambda number: f"impactoff:{about}:{number}")
    rows.append((Button(_("« What it brought about"), f"impactc:{about}"),))
    return Reply(screen=Screen(title=_("Offices compared"), body=page.shown, rows=tuple(rows)))


@press("impactroi", Action.READ_IMPACT)
def make_return(ctx: Ctx, event: Event) -> Reply:
    """Have the page of the return made: `impactroi:class`; refuses while anything is missing."""
    return ordered(ctx, ROI, {"class": class_id(event)})


@press("impactlots", Action.READ_IMPACT)
def make_comparison(ctx: Ctx, event: Event) -> Reply:
    """Have the comparison of a draw made: `impactlots:class`; refuses a class without one."""
    return ordered(ctx, LOTTERY, {"class": class_id(event)})


def class_screen(ctx: Ctx, about: int, number: int = 0) -> Screen:
    """What is known of a class, what is missing, and what may be done; refuses all others."""
    impact_reach.require_class(ctx, about)
    held = catalogue.card(ctx, about)
    has_dates = held.starts_on is not None and held.ends_on is not None
    found = roi.reckon(ctx, about) if has_dates else None
    page = page_of_lines([held.title, *_lines(found)], number)
    rows = page.rows(lambda turned: f"impactc:{about}:{turned}")
    return Screen(
        title=_("What class {code} brought about", code=held.code),
        body=page.shown,
        rows=(*rows, *_choices(ctx, held, found), (Button(_("« Classes"), "impact"),)),
    )


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = catalogue.visible_to_reader(ctx, number, search)
    screen = list_screen(IMPACT, page, ("impact", "impactc"), search, ASKS)
    return replace(screen, rows=with_menu(screen.rows))


def _lines(found: Reckoning | None) -> list[Words]:
    if found is None:
        return [_("The class has no dates, so there is no before and after.")]
    lines: list[Words] = [_compared(found.changes), ""]
    for one in found.changes.found:
        lines += [*said.before_and_after(one), ""]
    if not found.changes.found:
        lines += [_("No indicator of this course has been named yet."), ""]
    if found.result is not None:
        return [*lines, *said.result(found.result)]
    lines.append(_("The return cannot be reckoned yet:"))
    return [*lines, *(_("• {line}", line=line) for line in found.lacking)]


def _compared(found: Changes) -> Words:
    before, after = found.periods.before, found.periods.after
    return _(
        "Compared: {first} to {last} and {then} to {until}",
        first=f"{before[0]:%Y-%m}",
        last=f"{before[-1]:%Y-%m}",
        then=f"{after[0]:%Y-%m}",
        until=f"{after[-1]:%Y-%m}",
    )


def _choices(ctx: Ctx, held: ClassCard, found: Reckoning | None) -> Rows:
    rows: Rows = []
    if found is not None and found.result is not None:
        page = Button(
            _("Make the page of the return"),
            f"impactroi:{held.id}",
            guarded=True,
            style=Style.PRIMARY,
        )
        rows.append((page,))
    if access.may(ctx, Action.MEASURE):
        rows.append(
            (
                Button(_("Costs"), f"impactcost:{held.id}"),
                Button(_("Assumptions"), f"impactsay:{held.id}"),
            )
        )
    rows.append((Button(_("Indicators"), f"inds:{held.course_id}:0:{held.id}"),))
    if found is not None:
        rows.append((Button(_("Offices compared"), f"impactoff:{held.id}"),))
    if lots.drawn_at(ctx.session, held.id) is not None:
        made = Button(_("The draw, compared"), f"impactlots:{held.id}", guarded=True)
        rows.append((made,))
    if access.may(ctx, Action.EDIT_CLASSES):
        rows.append((Button(_("Lots"), f"lots:{held.id}"),))
    return rows
