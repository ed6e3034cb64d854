"""The menu by role: a screen of buttons that conversations add to, and the command menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.context import Ctx
from bot.events import Event, EventKind
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
MOST_FLAT = 12
"""A menu of more buttons than this shows the parts that have several as one button each."""


class Part(StrEnum):
    """What buttons of a long menu have in common."""

    CLASSES = "classes"
    PEOPLE = "people"
    FORMS = "forms"
    PLAN = "plan"
    DESK = "desk"


PARTS: Mapping[Part, Text] = {
    Part.CLASSES: _("Classes and catalogue"),
    Part.PEOPLE: _("People and accounts"),
    Part.FORMS: _("Questionnaires and questions"),
    Part.PLAN: _("Needs and the annual plan"),
    Part.DESK: _("Settings and help"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One button of the menu, for those who may do what it `needs`."""

    name: str
    label: Text
    action: str
    needs: Action
    order: int
    part: Part | None = None


ENTRIES: dict[str, Entry] = {}


def menu_entry(
    name: str, label: Text, action: str, needs: Action, order: int, part: Part | None = None
) -> None:
    """Add a button to the menu; refuses a second one of the name."""
    if name in ENTRIES:
        raise ValueError(f"menu entry {name} is added twice")
    ENTRIES[name] = Entry(name, label, action, needs, order, part)


def back_to_menu() -> tuple[Button, ...]:
    """The row that ends most screens."""
    return (Button(_("« Menu"), "menu"),)


def menu_screen(ctx: Ctx) -> Screen:
    """Everything the actor can do, one button a row; of a long menu, its parts."""
    entries = _allowed(ctx)
    sizes = Counter(entry.part for entry in entries if len(entries) > MOST_FLAT)
    buttons: dict[str, Button] = {}
    for entry in entries:
        if entry.part is not None and sizes[entry.part] > 1:
            action = f"menu:{entry.part}"
            buttons.setdefault(action, Button(PARTS[entry.part], action))
        else:
            buttons[entry.action] = Button(entry.label, entry.action)
    rows = tuple((button,) for button in buttons.values())
    return Screen(title=_("Menu"), body=(_("What would you like to do?"),), rows=rows)


def part_screen(ctx: Ctx, part: Part) -> Screen:
    """One part of a long menu."""
    own = [entry for entry in _allowed(ctx) if entry.part is part]
    rows = tuple((Button(entry.label, entry.action),) for entry in own)
    return Screen(title=PARTS[part], rows=(*rows, back_to_menu()))


def _allowed(ctx: Ctx) -> list[Entry]:
    roles = access.roles(ctx)
    entries = sorted(ENTRIES.values(), key=lambda entry: entry.order)
    return [entry for entry in entries if access.allows(roles, entry.needs)]


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
def show_menu(ctx: Ctx, event: Event) -> Reply:
    """The menu or a part of it, `menu:part`, new or in place of the screen that led to it."""
    named = event.text.removeprefix("menu:")
    if event.kind is EventKind.PRESS and named in set(Part):
        return Reply(screen=part_screen(ctx, Part(named)))
    return Reply(screen=menu_screen(ctx))


def _place(name: str) -> tuple[int, str]:
    if name in FIRST:
        return FIRST.index(name), ""
    if name in LAST:
        return len(FIRST) + 1 + LAST.index(name), ""
    return len(FIRST), name
