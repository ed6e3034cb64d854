"""Figures of performance, entered by HR and the unit: evidence beside what people say."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.needs import forms, performance
from bot.needs.performance import KIND_WORDS, FigureLine
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

TITLE = _("Figures of performance")
PER_PAGE = 8


@press("perf", Action.NOTE_PERFORMANCE)
def show_figures(ctx: Ctx, event: Event) -> Reply:
    """The figures of the newest survey within reach: `perf:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("perfnew", Action.NOTE_PERFORMANCE)
def begin_figure(ctx: Ctx, _event: Event) -> Reply:
    """Ask for one figure."""
    service.begin(ctx, forms.FIGURE)
    return ask_form.show(ctx)


@press("perfout", Action.NOTE_PERFORMANCE)
def take_figure_out(ctx: Ctx, event: Event) -> Reply:
    """Forget a figure: `perfout:id`."""
    performance.take_out(ctx, number_in(event, 1))
    return Reply(screen=_list(ctx, 0), toast=_("The figure is taken out."))


def _list(ctx: Ctx, number: int) -> Screen:
    page = page_of(range(performance.count(ctx)), number, PER_PAGE)
    shown = performance.lines(ctx, page.number * PER_PAGE, PER_PAGE)
    lines: list[Words] = [_line(place, one) for place, one in enumerate(shown, 1)]
    rows: Rows = [(Button(_("Enter a figure"), "perfnew", style=Style.PRIMARY),)]
    rows += [
        (Button(_("Take out {place}", place=place), f"perfout:{one.id}", guarded=True),)
        for place, one in enumerate(shown, 1)
    ]
    rows += page.rows(lambda turned: f"perf:{turned}")
    if access.may(ctx, Action.READ_NEEDS):
        rows.append((Button(_("« Survey of needs"), "nrounds"),))
    if not lines:
        lines.append(_nothing(ctx))
    return Screen(title=TITLE, body=tuple(lines), rows=with_menu(rows))


def _nothing(ctx: Ctx) -> Text:
    if access.may(ctx, Action.IMPORT):
        return _("Nothing has been entered for the survey. Whole files can be sent, too.")
    return _("Nothing has been entered for the survey.")


def _line(place: int, one: FigureLine) -> Text:
    line = _(
        "{place}. {kind}, {whose}, {competency}: {count}",
        place=place,
        kind=KIND_WORDS[one.kind],
        whose=one.whose,
        competency=one.competency,
        count=one.count,
    )
    return _("{line} ({remark})", line=line, remark=one.remark) if one.remark else line
