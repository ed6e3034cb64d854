"""Reports to read: a class is chosen, its report comes as messages. Executives and unit."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people.access_table import Action
from bot.reports.year import YEAR
from bot.screens import Button, Reply, Screen
from bot.training import catalogue, class_reach
from handlers.common.class_screens import (
    class_id,
    facts,
    list_screen,
    page_asked,
    report_rows,
    with_menu,
)
from handlers.common.menu import Part, menu_entry
from handlers.common.report_orders import ordered
from handlers.common.routes import command, press, text

REPORTS = _("Reports on classes")
ASKS = "reports:find"

menu_entry("reports", REPORTS, "reports", Action.READ_REPORTS, 42, Part.CLASSES)


@command("reports", Action.READ_REPORTS, menu=REPORTS)
@press("reports", Action.READ_REPORTS)
def show_classes(ctx: Ctx, event: Event) -> Reply:
    """The classes whose results the actor may read: `reports:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("reports", Action.READ_REPORTS)
def find_classes(ctx: Ctx, event: Event) -> Reply:
    """Classes by a part of their code or title."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("yearreport", Action.READ_REPORTS)
def make_year_report(ctx: Ctx, _event: Event) -> Reply:
    """Have the report on the last twelve months made."""
    return ordered(ctx, YEAR, {})


@press("results", Action.READ_REPORTS)
def show_results(ctx: Ctx, event: Event) -> Reply:
    """How many answered about a class, and the way to its report: `results:class`."""
    held = catalogue.card(ctx, class_reach.require_reader(ctx, class_id(event)).id)
    rows = [*report_rows(ctx, held), (Button(_("« Reports"), "reports"),)]
    return Reply(
        screen=Screen(
            title=_("Class {code}", code=held.code), body=facts(ctx, held), rows=tuple(rows)
        )
    )


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = catalogue.visible_to_reader(ctx, number, search)
    screen = list_screen(REPORTS, page, ("reports", "results"), search, ASKS)
    year = (Button(YEAR.title, "yearreport", guarded=True),)
    return replace(screen, rows=with_menu((*screen.rows, year)))
