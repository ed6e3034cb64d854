"""Who is qualified in what: one curriculum, one office, what ends; for the unit and executives."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Text, Words, _
from bot.people.access_table import Action
from bot.reports.qualification_figures import FIGURES
from bot.reports.qualification_forecast import FORECAST
from bot.reports.qualification_matrix import MATRIX, marks_words
from bot.screens import Button, Reply, Screen, Style
from bot.training.qualifications import curriculum_cards, evidence_cards, figures, matrix
from bot.training.qualifications.figures import CurriculumFigures, Listed, OfficeFigures
from bot.training.qualifications.marks import MARK_WORDS, Mark
from handlers.common import menu
from handlers.common.class_screens import NO_LONGER, cut_search, number_in, page_asked, with_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, turning
from handlers.common.report_orders import COMING, order, ordered
from handlers.common.routes import command, press, text

QUALIFICATIONS = _("Qualifications")
ASKS_OFFICE = "qualoffice:find"
OFFICES = 8
LAST_DAY = _("The day is the last day of validity; without one it does not end.")
DAYS = dict.fromkeys(Mark, LAST_DAY) | {
    Mark.OPEN: _("The day is the one by which it is to be earned.")
}

menu.menu_entry("qualifications", QUALIFICATIONS, "quals", Action.READ_REPORTS, 43)


@command("holders", Action.SEE_QUALIFICATIONS, menu=_("Who is qualified in what, and until when"))
@press("quals", Action.SEE_QUALIFICATIONS)
def show_desk(ctx: Ctx, _event: Event) -> Reply:
    """The ways into everything about qualifications."""
    rows: Rows = [
        (Button(_("All qualifications"), "curricula"),),
        (Button(_("What posts require"), "reqs"),),
        (Button(_("One person"), "qualone"),),
        (Button(_("An office as a table"), "qualoffice"),),
        (Button(_("What ends in the coming months"), "qualends", guarded=True),),
    ]
    if evidence_cards.is_desk(ctx):
        rows.append((Button(_("Certificates to confirm"), "evidq"),))
    body = _("Who holds which qualification, until when, and what is missing.")
    return Reply(screen=Screen(title=QUALIFICATIONS, body=(body,), rows=with_menu(rows)))


@press("qualcur", Action.SEE_QUALIFICATIONS)
def show_figures(ctx: Ctx, event: Event) -> Reply:
    """How many stand how in a curriculum, `qualcur:id`; of many it comes as a message."""
    about = number_in(event, 1)
    if figures.is_many(ctx, about):
        return _counted_later(ctx, about)
    found = figures.of_curriculum(ctx, about)
    rows: Rows = [
        (Button(_counted(mark, count), f"qualwho:{found.id}:{mark}:0"),)
        for mark, count in _in_order(found)
    ]
    if found.counts:
        rows.append((Button(_("By office"), f"qualby:{found.id}:0"),))
    body = (
        _("Choose a line to see who they are.")
        if found.counts
        else _("Nobody holds it, and nobody is to earn it.")
    )
    last = (Button(_("« {code}", code=found.code), f"curriculum:{found.id}"),)
    return Reply(screen=Screen(title=found.title, body=(body,), rows=(*rows, last)))


@press("qualwho", Action.SEE_QUALIFICATIONS)
def show_people(ctx: Ctx, event: Event) -> Reply:
    """Who stands so in a curriculum: `qualwho:id:mark:page`."""
    about, mark = number_in(event, 1), _mark(event)
    row = curriculum_cards.row_of(ctx, about)
    page = figures.people(ctx, about, mark, number_after(event.text, 3) or 0)
    rows: Rows = [(Button(_person(one), f"qualp:{one.person_id}"),) for one in page.people]
    rows += turning(page.number, page.pages, lambda turned: f"qualwho:{about}:{mark}:{turned}")
    rows.append((Button(_("« {code}", code=row.code), f"qualcur:{about}"),))
    body: tuple[Words, ...] = (_("Standing: {standing}", standing=MARK_WORDS[mark]), DAYS[mark])
    if not page.people:
        body = (_("Nobody stands so any more."),)
    return Reply(screen=Screen(title=_title(row.code), body=body, rows=tuple(rows), protect=True))


@press("qualby", Action.SEE_QUALIFICATIONS)
def show_offices(ctx: Ctx, event: Event) -> Reply:
    """A curriculum office by office: `qualby:id:page`."""
    about = number_in(event, 1)
    row = curriculum_cards.row_of(ctx, about)
    if figures.is_many(ctx, about):
        return _counted_later(ctx, about)
    page = page_of(figures.by_office(ctx, about), number_after(event.text, 2) or 0, OFFICES)
    rows: Rows = [
        (Button(_("{office}: as a table", office=one.name), f"qualtable:{one.id}", guarded=True),)
        for one in page.shown
    ]
    rows += page.rows(lambda turned: f"qualby:{about}:{turned}")
    rows.append((Button(_("« {code}", code=row.code), f"qualcur:{about}"),))
    body = tuple(map(_office, page.shown)) or (_("Nobody holds it, and nobody is to earn it."),)
    return Reply(screen=Screen(title=_title(row.code), body=body, rows=tuple(rows)))


@press("qualoffice", Action.SEE_QUALIFICATIONS)
def choose_office(ctx: Ctx, event: Event) -> Reply:
    """The offices within reach: `qualoffice:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_offices(ctx, number, search))


@text("qualoffice", Action.SEE_QUALIFICATIONS)
def find_office(ctx: Ctx, event: Event) -> Reply:
    """Offices by a part of their path."""
    return Reply(screen=_offices(ctx, 0, event.text.strip()))


@press("qualtable", Action.SEE_QUALIFICATIONS)
def make_table(ctx: Ctx, event: Event) -> Reply:
    """Have the matrix of an office made: `qualtable:unit`; refuses an empty one now."""
    return ordered(ctx, MATRIX, {"unit": number_in(event, 1)})


@press("qualends", Action.SEE_QUALIFICATIONS)
def make_forecast(ctx: Ctx, _event: Event) -> Reply:
    """Have the forecast of what ends made; refuses where nothing does."""
    return ordered(ctx, FORECAST, {})


def _counted_later(ctx: Ctx, about: int) -> Reply:
    order(ctx, FIGURES, {"curriculum": about})
    row = curriculum_cards.row_of(ctx, about)
    body = (
        _("More than {most} people hold it or are to earn it.", most=curriculum_cards.MANY),
        COMING,
    )
    last = (Button(_("« {code}", code=row.code), f"curriculum:{about}"),)
    return Reply(screen=Screen(title=_title(row.code), body=body, rows=(last,)))


def _title(code: str) -> Text:
    return _("Qualification {code}", code=code)


def _in_order(found: CurriculumFigures) -> list[tuple[Mark, int]]:
    return [(mark, found.counts[mark]) for mark in Mark if found.counts.get(mark)]


def _counted(mark: Mark, count: int) -> Text:
    return _("{standing}: {count}", standing=MARK_WORDS[mark], count=count)


def _mark(event: Event) -> Mark:
    named = event.text.split(":")[2:3]
    if not named or named[0] not in set(Mark):
        raise Refusal(NO_LONGER)
    return Mark(named[0])


def _person(one: Listed) -> Text:
    if one.day is None:
        return _("{name}, {unit}", name=one.name, unit=one.unit)
    return _("{name}, {unit}: {day}", name=one.name, unit=one.unit, day=one.day)


def _office(one: OfficeFigures) -> Text:
    counts = [(mark, one.counts[mark]) for mark in Mark if one.counts.get(mark)]
    return _("{office}: {marks}", office=one.name, marks=marks_words(counts))


def _offices(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(matrix.offices(ctx, search), number, OFFICES)
    kept = cut_search(search)
    rows: Rows = [(Button(one.path, f"qualtable:{one.id}", guarded=True),) for one in page.shown]
    rows += page.rows(lambda turned: f"qualoffice:{turned}:{kept}")
    rows.append((Button(_("« Qualifications"), "quals", style=Style.PLAIN),))
    if page.shown:
        body = _("Choose an office, or type a part of its name. Its table comes as a message.")
    else:
        body = _("No office was found for “{words}”.", words=search)
    return Screen(
        title=_("An office as a table"), body=(body,), rows=tuple(rows), asks=ASKS_OFFICE
    )
