"""/mydata: what Rollcall keeps about the person who asks, a section at a time."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Words, _
from bot.people import mydata
from bot.people.access_table import Action
from bot.people.mydata import Section
from bot.screens import Button, Reply, Screen
from handlers.common import menu
from handlers.common.numbers import number_after
from handlers.common.paging import page_of_lines
from handlers.common.routes import command, press

menu.menu_entry(
    "mydata", _("What is kept about me"), "mydata", Action.USE_DESK, 90, menu.Part.DESK
)


@command("mydata", Action.USE_DESK, menu=_("What is kept about me"))
@press("mydata", Action.USE_DESK)
def show_mydata(ctx: Ctx, event: Event) -> Reply:
    """The sections, or a page of one of them: `mydata:section:page`."""
    name = event.text.split(":")[1] if event.text.startswith("mydata:") else ""
    section = mydata.about_me(ctx, name) if name else None
    if section is None:
        return Reply(screen=_sections())
    return Reply(screen=_section(section, number_after(event.text, 2) or 0))


def _sections() -> Screen:
    rows = [(Button(title, f"mydata:{name}"),) for name, title in mydata.names()]
    return Screen(
        title=_("What is kept about you"),
        body=(_("Only you see this. Choose a part."),),
        rows=(*rows, menu.back_to_menu()),
        protect=True,
    )


def _section(section: Section, number: int) -> Screen:
    lines: list[Words] = [
        _("{what}: {value}", what=fact.label, value=fact.value) for fact in section.facts
    ]
    if not lines:
        lines.append(_("Nothing is kept here."))
    if section.note:
        lines += ["", section.note]
    page = page_of_lines(lines, number)
    turn = page.rows(lambda turned: f"mydata:{section.name}:{turned}")
    return Screen(
        title=section.title,
        body=page.shown,
        rows=(*turn, (Button(_("« All parts"), "mydata"),)),
        protect=True,
    )
