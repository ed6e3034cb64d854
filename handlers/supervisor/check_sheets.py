"""Check sheets of a team: who stands where, and the career stage that decides about the sheet."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.check_sheets import forms, progress
from bot.evaluation.check_sheets.progress import TeamLine
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, _
from bot.people import access
from bot.people.access_table import Action
from bot.reports.check_sheet import tenths
from bot.screens import Button, Reply, Screen
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.progress_screens import progress_screen
from handlers.common.routes import press

TEAM = _("Check sheets of my people")
PER_PAGE = 8

menu_entry("teamsheets", TEAM, "chkt", Action.SIGN_TASKS, 59)


@press("chkt", Action.SIGN_TASKS)
def show_team(ctx: Ctx, event: Event) -> Reply:
    """Everybody of the actor's people whom a sheet rates: `chkt:page`."""
    page = page_of(progress.team(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(line), f"chkp:{line.person.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"chkt:{turned}")
    words = _("Choose a person. The number is the mean of the last assessment.")
    if not page.shown:
        words = _("None of your people has a check sheet.")
    return Reply(screen=Screen(title=TEAM, body=(words,), rows=(*rows, back_to_menu())))


@press("chkp", Action.SIGN_TASKS)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """The progress of one person: `chkp:person`."""
    about = number_in(event, 1)
    access.require(ctx, Action.SIGN_TASKS, about)
    stage = (Button(_("Set the career stage"), f"chkstage:{about}"),)
    back = (Button(_("« Check sheets"), "chkt"),)
    return Reply(screen=progress_screen(progress.of_person(ctx, about), (stage,), back))


@press("chkstage", Action.SIGN_TASKS)
def begin_stage(ctx: Ctx, event: Event) -> Reply:
    """Ask for the career stage of one person: `chkstage:person`."""
    about = number_in(event, 1)
    access.require(ctx, Action.SIGN_TASKS, about)
    service.begin(ctx, forms.STAGE, {"person": about})
    return ask_form.show(ctx)


def _label(line: TeamLine) -> Text:
    own = tenths(line.own)
    if line.final is None:
        return _("{name}: {own}", name=line.person.name, own=own)
    final = tenths(line.final)
    return _("{name}: {own}, evaluated {final}", name=line.person.name, own=own, final=final)
