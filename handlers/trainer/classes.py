"""A trainer's own classes: who is in them, how many answered, and the results once closed."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people.access_table import Action
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
from handlers.common.holding import holding_rows
from handlers.common.menu import menu_entry
from handlers.common.routes import command, press, text

MINE = _("My classes as a trainer")
ASKS = "myclasses:find"

menu_entry("myclasses", MINE, "myclasses", Action.KEEP_CLASS, 20)


@command("teaching", Action.KEEP_CLASS, menu=MINE)
@press("myclasses", Action.KEEP_CLASS)
def show_own_classes(ctx: Ctx, event: Event) -> Reply:
    """The classes that the actor leads, backs up or coordinates: `myclasses:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("myclasses", Action.KEEP_CLASS)
def find_own_classes(ctx: Ctx, event: Event) -> Reply:
    """Own classes by a part of their code or title."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("myclass", Action.USE_DESK)
def show_own_class(ctx: Ctx, event: Event) -> Reply:
    """One own class: `myclass:id`."""
    held = catalogue.card(ctx, class_reach.require_keeper(ctx, class_id(event)).id)
    rows = [
        (Button(_("Who is in it"), f"members:{held.id}:0"),),
        *holding_rows(ctx, held),
        *report_rows(ctx, held),
        (Button(_("« My classes"), "myclasses"),),
    ]
    return Reply(
        screen=Screen(
            title=_("Class {code}", code=held.code), body=facts(ctx, held), rows=tuple(rows)
        )
    )


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = catalogue.own(ctx, number, search)
    screen = list_screen(MINE, page, ("myclasses", "myclass"), search, ASKS)
    return replace(screen, rows=with_menu(screen.rows))
