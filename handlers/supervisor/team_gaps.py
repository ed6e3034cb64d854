"""Where a team stands against what its posts require, by the ratings of the latest survey."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.needs import ratings, rounds, standing
from bot.needs.matrix import Cell
from bot.needs.standing import StandingLine
from bot.people import access, directory
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.routes import press

TITLE = _("Where my people stand")
PER_PAGE = 8


@press("tgap", Action.RATE)
def show_team(ctx: Ctx, event: Event) -> Reply:
    """The team, who lacks most first: `tgap:page`."""
    row = rounds.latest_begun(ctx.session)
    back = (Button(_("« Rate my people"), "rate"),)
    if row is None or row.id is None:
        words = _("No survey of needs has been held yet, so nobody was rated.")
        return Reply(screen=Screen(title=TITLE, body=(words,), rows=(back,)))
    found = ratings.matrix(ctx, row.id)
    lines = [(one, found.of_person(one.id)) for one in found.people]
    lines.sort(key=lambda line: -_missing(line[1]))
    page = page_of(lines, number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [
        (Button(_label(one.name, cells), f"tgap1:{one.id}"),) for one, cells in page.shown
    ]
    rows += page.rows(lambda turned: f"tgap:{turned}")
    words = (
        _("Choose a person. The number says how many levels are missing in all.")
        if page.shown
        else _("No competency is required of the posts of your people yet.")
    )
    screen = Screen(title=TITLE, body=(words,), rows=(*rows, back), protect=True)
    return Reply(screen=screen)


@press("tgap1", Action.RATE)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """One person's competencies, the largest gap first: `tgap1:person:page`."""
    about = number_in(event, 1)
    access.require(ctx, Action.RATE, about)
    found = standing.of_person(ctx, about)
    page = page_of_lines([_line(one) for one in found.lines], number_after(event.text, 2) or 0)
    body: list[Words] = [found.position, *page.shown]
    if not found.lines:
        body.append(_("The post of this person requires no competency yet."))
    rows = page.rows(lambda turned: f"tgap1:{about}:{turned}")
    rows.append((Button(_("« Where my people stand"), "tgap"),))
    name = directory.name_of(ctx.session, about)
    return Reply(screen=Screen(title=name, body=tuple(body), rows=tuple(rows), protect=True))


def _missing(cells: Mapping[int, Cell]) -> int:
    return sum(cell.gap or 0 for cell in cells.values())


def _label(name: Words, cells: Mapping[int, Cell]) -> Text:
    if not any(cell.rated for cell in cells.values()):
        return _("{name}: not rated", name=name)
    missing = _missing(cells)
    if not missing:
        return _("{name}: nothing missing", name=name)
    return _n("{name}: {count} level", "{name}: {count} levels", missing, name=name)


def _line(line: StandingLine) -> Text:
    """What is required, how the person sees themself, and how they were rated last."""
    name, cell = line.required.competency.name, line.cell
    if cell.own and cell.rated:
        return _("• {name}: required {level}, own {own}, rated {rated}", name=name,
                 level=cell.required, own=cell.own, rated=cell.rated)  # fmt: skip
    if cell.rated:
        return _("• {name}: required {level}, rated {rated}", name=name, level=cell.required,
                 rated=cell.rated)  # fmt: skip
    if cell.own:
        return _("• {name}: required {level}, own {own}, not rated", name=name,
                 level=cell.required, own=cell.own)  # fmt: skip
    return _("• {name}: required {level}, not rated", name=name, level=cell.required)
