"""The training unit's course outlines: found, begun, written, handed in, dropped."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.planning.outlines import cards, deciding, forms, said, writing
from bot.planning.outlines.cards import OutlineCard
from bot.planning.outlines.states import Act
from bot.reports.course_outline import COURSE_OUTLINE
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import cut_search, number_in, page_asked, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.outline_screens import reading
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press, text

OUTLINES = _("Course outlines")
ASKS = "outs:find"
PER_PAGE = 8

menu_entry("outlines", OUTLINES, "outs", Action.EDIT_OUTLINES, 49, Part.PLAN)


@press("outs", Action.EDIT_OUTLINES)
def show_outlines(ctx: Ctx, event: Event) -> Reply:
    """The outlines that the actor may read: `outs:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("outs", Action.EDIT_OUTLINES)
def find_outlines(ctx: Ctx, event: Event) -> Reply:
    """Outlines by a part of the course's code or title."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("outnew", Action.EDIT_OUTLINES)
def begin_outline(ctx: Ctx, _event: Event) -> Reply:
    """Ask of which course."""
    service.begin(ctx, forms.NEW)
    return ask_form.show(ctx)


@press("outl", Action.EDIT_OUTLINES)
def show_outline(ctx: Ctx, event: Event) -> Reply:
    """One outline with what can be done now: `outl:id`."""
    return Reply(screen=outline_screen(ctx, cards.card(ctx, number_in(event, 1))))


@press("outlread", Action.EDIT_OUTLINES)
def read_outline(ctx: Ctx, event: Event) -> Reply:
    """The whole of it: `outlread:id:page`."""
    card = cards.card(ctx, number_in(event, 1))
    rows: Rows = [(Button(_("« The outline"), f"outl:{card.id}"),)]
    number = number_after(event.text, 2) or 0
    screen = reading(ctx, card, number, lambda turned: f"outlread:{card.id}:{turned}", rows)
    return Reply(screen=screen)


@press("outldoc", Action.EDIT_OUTLINES)
def make_document(ctx: Ctx, event: Event) -> Reply:
    """Have the document made: `outldoc:id`."""
    return ordered(ctx, COURSE_OUTLINE, {"outline": number_in(event, 1)})


@press("outlparts", Action.EDIT_OUTLINES)
def begin_parts(ctx: Ctx, event: Event) -> Reply:
    """Ask for the parts; of those that are written, all at once: `outlparts:id`."""
    about = number_in(event, 1)
    typed = writing.as_typed(ctx, about)
    service.begin(ctx, forms.PARTS, {"outline": about}, typed)
    return ask_form.show_all(ctx) if typed.get("rationale") else ask_form.show(ctx)


@press("outlsub", Action.EDIT_OUTLINES)
def submit(ctx: Ctx, event: Event) -> Reply:
    """Hand it to the executives: `outlsub:id`."""
    card = deciding.submit(ctx, number_in(event, 1))
    toast = _("It is handed in. The executives are told.")
    return Reply(screen=outline_screen(ctx, card), toast=toast)


@press("outlback", Action.EDIT_OUTLINES)
def take_back(ctx: Ctx, event: Event) -> Reply:
    """Take it back to change it: `outlback:id`."""
    card = deciding.take_back(ctx, number_in(event, 1))
    toast = _("It can be changed again. The experts are asked anew afterwards.")
    return Reply(screen=outline_screen(ctx, card), toast=toast)


@press("outldrop", Action.EDIT_OUTLINES)
def drop(ctx: Ctx, event: Event) -> Reply:
    """Ask, then throw it away: `outldrop:id`, `outldrop:id:yes`."""
    card = cards.card(ctx, number_in(event, 1))
    if event.text.endswith(":yes"):
        writing.drop(ctx, card.id)
        return Reply(screen=_list(ctx, 0, ""), toast=_("It is thrown away."))
    rows: Rows = [
        (Button(_("Throw it away"), f"outldrop:{card.id}:yes", guarded=True, style=Style.DANGER),),
        (Button(_("« The outline"), f"outl:{card.id}"),),
    ]
    body = (_("Everything that was written in this version, and what experts said of it, goes."),)
    return Reply(screen=Screen(title=said.heading(card), body=body, rows=tuple(rows)))


def outline_screen(ctx: Ctx, card: OutlineCard) -> Screen:
    """Facts, what is lacking, and a button for everything that can be done now."""
    body = said.facts(card, ctx.actor.zone)
    if count := said.objections(card):
        body.append(_("Experts who object: {count}", count=count))
    if card.can(Act.SUBMIT) or card.can(Act.WRITE):
        body += _lacking(card)
    rows = [*_writing(card), *_steps(card), *_afterwards(ctx, card)]
    read = (
        Button(_("Read it"), f"outlread:{card.id}"),
        Button(_("As a document"), f"outldoc:{card.id}", guarded=True),
    )
    rows += [read, (Button(_("« Course outlines"), "outs"),)]
    return Screen(title=said.heading(card), body=tuple(body), rows=tuple(rows))


def _lacking(card: OutlineCard) -> list[Words]:
    lacking = deciding.lacking(card)
    if not lacking:
        return []
    lines: list[Words] = [_("• {line}", line=line) for line in lacking]
    return ["", _("Before it can be handed in:"), *lines]


def _writing(card: OutlineCard) -> Rows:
    rows: Rows = []
    if card.can(Act.WRITE):
        parts = Button(_("The parts"), f"outlparts:{card.id}")
        rows.append((parts, Button(_sessions(card), f"outls:{card.id}")))
    if card.can(Act.NAME_EXPERTS):
        law = Button(_("Checked against the law"), f"outllaw:{card.id}")
        rows.append((Button(_experts(card), f"outlx:{card.id}"), law))
    return rows


def _steps(card: OutlineCard) -> Rows:
    rows: Rows = []
    if card.can(Act.SEND):
        send = Button(_("Send to the experts"), f"outlsend:{card.id}", guarded=True,
                      style=Style.PRIMARY)  # fmt: skip
        rows.append((send,))
    if card.can(Act.SUBMIT) and not deciding.lacking(card):
        hand_in = Button(_("Hand it in for approval"), f"outlsub:{card.id}", guarded=True,
                         style=Style.PRIMARY)  # fmt: skip
        rows.append((hand_in,))
    if card.can(Act.DECIDE):
        rows.append((Button(_("A signed letter decides"), f"outlet:{card.id}"),))
    if card.can(Act.TAKE_BACK):
        rows.append((Button(_("Take it back to change it"), f"outlback:{card.id}", guarded=True),))
    if card.can(Act.DROP):
        rows.append((Button(_("Throw it away"), f"outldrop:{card.id}"),))
    return rows


def _afterwards(ctx: Ctx, card: OutlineCard) -> Rows:
    rows: Rows = []
    if card.can(Act.CHOOSE_PILOT):
        rows.append((Button(_("Choose the pilot class"), f"outlpil:{card.id}"),))
    if card.can(Act.REPORT_PILOT):
        rows.append((Button(_("Report on the pilot"), f"outlrep:{card.id}"),))
    if card.can(Act.LOOK_AGAIN):
        again = Button(_("Looked at: it stays"), f"outlyear:{card.id}")
        rows.append((again, Button(_("New version"), f"outlnext:{card.id}", guarded=True)))
        if access.may(ctx, Action.SET_POLICY):
            into = Button(_("Take it into the catalogue"), f"outlcat:{card.id}", guarded=True)
            rows.append((into,))
    return rows


def _sessions(card: OutlineCard) -> Text:
    return _("Sessions: {count}", count=len(card.sessions))


def _experts(card: OutlineCard) -> Text:
    return _("Experts: {count}", count=len(card.reviews))


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(cards.everything(ctx, search), number, PER_PAGE)
    if page.shown:
        body: Words = _("Choose an outline, or type a part of the course's code or title.")
    elif search:
        body = _("No outline was found for “{words}”.", words=search)
    else:
        body = _("There is no course outline yet.")
    rows: Rows = [(Button(said.in_list(line), f"outl:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"outs:{turned}:{cut_search(search)}")
    rows.append((Button(_("New outline, or new version"), "outnew", style=Style.PRIMARY),))
    return Screen(title=OUTLINES, body=(body,), rows=with_menu(rows), asks=ASKS)
