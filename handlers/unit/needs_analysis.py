"""What a survey of needs found: gaps by competency, and the ways to all that is made of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Percent, Text, Words, _, _n
from bot.needs import analysis, analysis_forms, sorting, topics
from bot.needs.analysis import CUT_WORDS, Cut, GapTable, RoundCard
from bot.needs.tallies import Tally
from bot.people import access
from bot.people.access_table import Action
from bot.reports.competency_gaps import GAPS, words_of
from bot.reports.needs_export import EXPORT
from bot.screens import Button, Reply, Screen, Style
from handlers.common import closing
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press

FOUND = _("What is needed")
PAGE = 8
TOO_MANY = _("The figures of so many people are made as a report. It comes as a message.")
BACK: Mapping[str, Text] = {
    "topic": _("The topic"),
    "wishes": _("Next wish"),
    "rank": _("Topics by priority"),
    "rank1": _("The topic"),
    "jobof": _("The job"),
    "jobsteps": _("The steps"),
    "jobtasks": _("The tasks"),
    "jobtalks": _("The interviews"),
}

menu_entry("needan", FOUND, "needan", Action.READ_NEEDS, 32, Part.PLAN)


@closing.offer(31)
def offer_way_back(ctx: Ctx) -> Button | None:
    """Back to what a form of the analysis was about, once it is taken."""
    action = analysis_forms.way_back(ctx)
    return Button(BACK[action.partition(":")[0]], action) if action is not None else None


@press("needan", Action.READ_NEEDS)
def show_round(ctx: Ctx, event: Event) -> Reply:
    """A survey, the newest if none is named, and what can be read of it: `needan:round`."""
    named = number_after(event.text)
    card = analysis.round_card(ctx, named) if named is not None else analysis.latest(ctx)
    return Reply(screen=_empty() if card is None else _home(ctx, card))


@press("gaps", Action.READ_NEEDS)
def show_gaps(ctx: Ctx, event: Event) -> Reply:
    """The competencies that lack most: `gaps:round:cut:page`."""
    round_id, cut = number_in(event, 1), _cut(event)
    card = analysis.round_card(ctx, round_id)
    if not analysis.is_quick(ctx):
        return Reply(screen=_as_report(card, cut))
    table = analysis.gaps(ctx, round_id, cut)
    return Reply(screen=_gaps(table, number_after(event.text, 3) or 0))


@press("gapsrep", Action.READ_NEEDS)
def make_gaps(ctx: Ctx, event: Event) -> Reply:
    """Have the heat map and the workbook made: `gapsrep:round:cut`."""
    return ordered(ctx, GAPS, {"round": number_in(event, 1), "cut": _cut(event).value})


@press("gap1", Action.READ_NEEDS)
def show_competency(ctx: Ctx, event: Event) -> Reply:
    """One competency, office by office or post by post: `gap1:round:cut:competency:page`."""
    card, cut = analysis.round_card(ctx, number_in(event, 1)), _cut(event)
    if not analysis.is_quick(ctx):
        return Reply(screen=_as_report(card, cut))
    table = analysis.gaps(ctx, card.id, cut)
    return Reply(screen=_competency(ctx, table, number_in(event, 3), number_after(event.text, 4)))


@press("gaptopic", Action.RUN_NEEDS)
def make_topic(ctx: Ctx, event: Event) -> Reply:
    """Make a topic of a competency, so that it is ranked: `gaptopic:round:competency`."""
    round_id = number_in(event, 1)
    made = topics.of_competency(ctx, number_in(event, 2))
    toast = _("“{name}” is a topic now, and is ranked.", name=made.name)
    return Reply(screen=_home(ctx, analysis.round_card(ctx, round_id)), toast=toast)


@press("needraw", Action.READ_NEEDS)
def make_export(ctx: Ctx, event: Event) -> Reply:
    """Have the raw figures made: `needraw:round`."""
    return ordered(ctx, EXPORT, {"round": number_in(event, 1)})


def back_home(round_id: int) -> tuple[Button, ...]:
    """The row that leads back to the survey."""
    return (Button(_("« What is needed"), f"needan:{round_id}"),)


def _empty() -> Screen:
    body = (_("No survey of needs has been opened yet."),)
    return Screen(title=FOUND, body=body, rows=with_menu([]))


def _home(ctx: Ctx, card: RoundCard) -> Screen:
    about = card.id
    rows: Rows = [
        (
            Button(_("Gaps by position"), f"gaps:{about}:position"),
            Button(_("by office"), f"gaps:{about}:unit"),
            Button(_("by cluster"), f"gaps:{about}:cluster"),
        ),
        (Button(_("Topics by priority"), f"rank:{about}", style=Style.PRIMARY),),
    ]
    rows += _of_unit(ctx, card)
    rows += [
        (Button(_("For those who manage"), f"mgmt:{about}"),),
        (Button(_("Raw figures (workbook)"), f"needraw:{about}", guarded=True),),
    ]
    for other in analysis.rounds(ctx):
        if other.id != about:
            rows.append((Button(_("Survey {year}", year=other.year), f"needan:{other.id}"),))
    body: Words = _("The survey of needs for {year}. Choose what to look at.", year=card.year)
    return Screen(title=FOUND, body=(body,), rows=with_menu(rows))


def _of_unit(ctx: Ctx, card: RoundCard) -> Rows:
    if not access.may(ctx, Action.RUN_NEEDS):
        return []
    count = sorting.waiting_count(ctx, card.id)
    wishes = _n("{count} wish to be put to a topic", "{count} wishes to be put to topics", count)
    return [
        (Button(wishes, f"wishes:{card.id}"),),
        (
            Button(_("The list of topics"), "topics"),
            Button(_("Letters to donors"), f"needlets:{card.id}"),
        ),
    ]


def _cut(event: Event) -> Cut:
    parts = event.text.split(":")
    named = parts[2] if len(parts) > 2 else ""
    return Cut(named) if named in set(Cut) else Cut.POSITION


def _as_report(card: RoundCard, cut: Cut) -> Screen:
    make = Button(_("Make the heat map"), f"gapsrep:{card.id}:{cut}", guarded=True)
    return Screen(title=_title(cut), body=(TOO_MANY,), rows=((make,), back_home(card.id)))


def _title(cut: Cut) -> Text:
    return _("Gaps {cut}", cut=CUT_WORDS[cut])


def _gaps(table: GapTable, number: int) -> Screen:
    about, cut = table.round.id, table.cut
    page = page_of(table.rows, number, PAGE)
    body: list[Words] = [_n("{count} person was rated.", "{count} people were rated.",
                            table.people)]  # fmt: skip
    body += [words_of(row) for row in page.shown]
    if not page.shown:
        body.append(_("No rating can be compared with what a post requires yet."))
    rows: Rows = [
        (Button(row.name, f"gap1:{about}:{cut}:{row.competency_id}"),) for row in page.shown
    ]
    rows += page.rows(lambda turned: f"gaps:{about}:{cut}:{turned}")
    if table.rows:
        make = Button(_("Make the heat map"), f"gapsrep:{about}:{cut}", guarded=True)
        rows.append((make,))
    return Screen(title=_title(cut), body=tuple(body), rows=(*rows, back_home(about)))


def _competency(ctx: Ctx, table: GapTable, competency: int, number: int | None) -> Screen:
    about, cut = table.round.id, table.cut
    back = (Button(_("« Gaps"), f"gaps:{about}:{cut}"),)
    row = next((row for row in table.rows if row.competency_id == competency), None)
    if row is None:
        return Screen(title=_title(cut), body=(_("Nobody was rated in this."),), rows=(back,))
    cells = [
        _cell(name, tally)
        for name, tally in zip(table.columns, row.cells, strict=True)
        if tally is not None
    ]
    page = page_of(cells, number or 0, 2 * PAGE)
    body: list[Words] = [words_of(row)]
    if row.whole.own_mean is not None:
        body.append(_("They see themselves at {mean}.", mean=round(row.whole.own_mean, 1)))
    rows = page.rows(lambda turned: f"gap1:{about}:{cut}:{competency}:{turned}")
    if access.may(ctx, Action.RUN_NEEDS):
        rows.append((Button(_("Make a topic of it"), f"gaptopic:{about}:{competency}"),))
    return Screen(title=row.name, body=(*body, "", *page.shown), rows=(*rows, back))


def _cell(name: Words, tally: Tally) -> Words:
    if tally.lack is None or tally.share_below is None:
        return _("{name}: only by themselves", name=name)
    return _(
        "{name}: levels missing {gap}, {share} below ({count})",
        name=name,
        gap=round(tally.lack, 1),
        share=Percent(tally.share_below),
        count=tally.count,
    )
