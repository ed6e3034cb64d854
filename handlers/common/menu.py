"""The menu by role: a screen of buttons that conversations add to, and the command menu."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, _, render
from bot.people import access
from bot.people.access_table import Action
from bot.people.reach import Roles
from bot.screens import Button, Reply, Screen
from handlers.common import closing, routes
from handlers.common.routes import RouteKind

# Presses after which another language or other roles may hold; the edge looks again then.
CHANGING_PRESSES = ("language:", "privacy:")
FIRST, LAST = ("tasks", "menu", "ask"), ("mydata", "language", "cancel", "help", "start")
MOST_DESCRIPTION = 256


@dataclass(frozen=True, slots=True)
class Entry:
    """One button of the menu, for those who may do what it `needs`."""

    name: str
    label: Text
    action: str
    needs: Action
    order: int


ENTRIES: dict[str, Entry] = {}


def menu_entry(name: str, label: Text, action: str, needs: Action, order: int) -> None:
    """Add a button to the menu; refuses a second one of the name."""
    if name in ENTRIES:
        raise ValueError(f"menu entry {name} is added twice")
    ENTRIES[name] = Entry(name, label, action, needs, order)


def back_to_menu() -> tuple[Button, ...]:
    """The row that ends most screens."""
    return (Button(_("« Menu"), "menu"),)


def menu_screen(ctx: Ctx) -> Screen:
    """Everything the actor can do, one button a row."""
    roles = access.roles(ctx)
    entries = sorted(ENTRIES.values(), key=lambda entry: entry.order)
    rows = tuple(
        (Button(entry.label, entry.action),)
        for entry in entries
        if access.allows(roles, entry.needs)
    )
    return Screen(title=_("Menu"), body=(_("What would you like to do?"),), rows=rows)


def command_menu(roles: Roles, language: str) -> list[tuple[str, str]]:
    """The commands that people with these roles can use: name and line, in `language`."""
    have = frozenset(roles)
    shown = [
        (route.name, render(route.menu, language)[:MOST_DESCRIPTION])
        for (kind, _name), route in routes.ROUTES.items()
        if kind is RouteKind.COMMAND and route.menu is not None
        if route.action is None or access.allows(have, route.action)
    ]
    return sorted(shown, key=lambda line: _place(line[0]))


@closing.offer(99)
def offer_menu(_ctx: Ctx) -> Button:
    """The way on after a finished form."""
    return Button(_("Menu"), "menu")


@routes.command("menu", Action.USE_DESK, menu=_("Everything you can do here"))
@routes.press("menu", Action.USE_DESK)
def show_menu(ctx: Ctx, _event: Event) -> Reply:
    """The menu, as a new message or in place of the screen that led to it."""
    return Reply(screen=menu_screen(ctx))


def _place(name: str) -> tuple[int, str]:
    if name in FIRST:
        return FIRST.index(name), ""
    if name in LAST:
        return len(FIRST) + 1 + LAST.index(name), ""
    return len(FIRST), name
