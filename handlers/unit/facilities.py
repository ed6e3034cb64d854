"""Places of training: entered, corrected, used no longer."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.planning import facilities
from bot.planning.facilities import FacilityCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.unit import plan_asking

PAGE = 10


@press("facs", Action.EDIT_PLAN)
def show_places(ctx: Ctx, event: Event) -> Reply:
    """Every place: `facs:page`."""
    access.require(ctx, Action.EDIT_PLAN)
    page = page_of(facilities.listed(ctx), number_after(event.text) or 0, PAGE)
    rows: Rows = [(Button(_label(one), f"fac:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"facs:{turned}")
    rows.append((Button(_("Enter a place"), "facnew", style=Style.PRIMARY),))
    rows.append((Button(_("« Plans"), "plans"),))
    body = (
        _("Rooms and beds of these places are counted in the plan.")
        if page.shown
        else _("No place has been entered yet.")
    )
    return Reply(screen=Screen(title=_("Places of training"), body=(body,), rows=tuple(rows)))


@press("fac", Action.EDIT_PLAN)
def show_place(ctx: Ctx, event: Event) -> Reply:
    """One place: `fac:id`."""
    return Reply(screen=_screen(facilities.card(ctx, number_in(event, 1))))


@press("facnew", Action.EDIT_PLAN)
def begin_place(ctx: Ctx, _event: Event) -> Reply:
    """Ask what a place has."""
    service.begin(ctx, "plan_facility")
    return ask_form.show(ctx)


@press("facedit", Action.EDIT_PLAN)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show what a place has, to be changed: `facedit:id`."""
    about = number_in(event, 1)
    typed = facilities.as_typed(ctx, about)
    return plan_asking.correct(ctx, "plan_facility", {"facility_id": about}, typed)


@press("facuse", Action.EDIT_PLAN)
def use_place(ctx: Ctx, event: Event) -> Reply:
    """Use a place or use it no longer: `facuse:id:1`."""
    card = facilities.set_active(ctx, number_in(event, 1), event.text.endswith(":1"))
    toast = _("The place is in use.") if card.active else _("The place is not in use any more.")
    return Reply(screen=_screen(card), toast=toast)


def _screen(one: FacilityCard) -> Screen:
    body: list[Words] = [
        _n("{count} room", "{count} rooms", one.rooms),
        _n("{count} bed", "{count} beds", one.beds),
    ]
    if one.seats:
        body.insert(1, _n("{count} seat at most", "{count} seats at most", one.seats))
    if not one.active:
        body.append(_("It is not in use."))
    label = _("Use it no longer") if one.active else _("Use it again")
    wanted = "0" if one.active else "1"
    rows: Rows = [
        (
            Button(_("Correct"), f"facedit:{one.id}", style=Style.PRIMARY),
            Button(label, f"facuse:{one.id}:{wanted}", guarded=True),
        ),
        (Button(_("« Places"), "facs"),),
    ]
    return Screen(title=one.name, body=tuple(body), rows=tuple(rows))


def _label(one: FacilityCard) -> Words:
    return one.name if one.active else _("{name}, not in use", name=one.name)
