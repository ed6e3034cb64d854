"""Competencies as the training unit keeps them: made, described level by level, retired."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.models.needs import CompetencyKind
from bot.needs import competencies, competency_forms, defining, start
from bot.needs.competencies import MOST_LEVELS, CompetencyCard, CompetencyLine
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, closing, menu
from handlers.common.class_screens import cut_search, number_in, page_asked
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press, text

COMPETENCIES = _("Competencies")
DESK = _("Competencies and posts")
ASKS = "cpts:find"
PER_PAGE, IN_ROW = 8, 4

menu.menu_entry("competencies", DESK, "cptdesk", Action.ANALYSE_JOBS, 47, menu.Part.PLAN)


@press("cptdesk", Action.READ_NEEDS)
def show_desk(_ctx: Ctx, _event: Event) -> Reply:
    """The ways into what officers are to be able to do."""
    rows: Rows = [(Button(COMPETENCIES, "cpts"),), (Button(_("What posts require"), "posts"),)]
    body = (_("What officers are to be able to do, and which level of it each post requires."),)
    return Reply(screen=Screen(title=DESK, body=body, rows=(*rows, menu.back_to_menu())))


@press("cpts", Action.READ_NEEDS)
def show_competencies(ctx: Ctx, event: Event) -> Reply:
    """All competencies, retired ones at the end: `cpts:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("cpts", Action.READ_NEEDS)
def find_competencies(ctx: Ctx, event: Event) -> Reply:
    """Competencies by a part of their code, field or name in any language."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("cpt", Action.READ_NEEDS)
def show_competency(ctx: Ctx, event: Event) -> Reply:
    """One competency with its levels: `cpt:id`."""
    return Reply(screen=_screen(ctx, competencies.card(ctx, number_in(event, 1))))


@press("cptstart", Action.EDIT_COMPETENCIES)
def take_start(ctx: Ctx, _event: Event) -> Reply:
    """Take over the competencies that come with Rollcall."""
    count = start.take_over(ctx)
    toast = _n("{count} competency was added.", "{count} competencies were added.", count)
    return Reply(screen=_list(ctx, 0, ""), toast=toast)


@press("cptnew", Action.EDIT_COMPETENCIES)
def begin_competency(ctx: Ctx, _event: Event) -> Reply:
    """Ask what the new competency is called."""
    service.begin(ctx, competency_forms.NEW)
    return ask_form.show(ctx)


@press("cptedit", Action.EDIT_COMPETENCIES)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `cptedit:id`."""
    about = number_in(event, 1)
    typed = defining.as_typed(ctx, about)
    service.begin(ctx, competency_forms.EDIT, {"competency": about}, typed)
    return ask_form.show_all(ctx)


@press("cptlvl", Action.EDIT_COMPETENCIES)
def begin_level(ctx: Ctx, event: Event) -> Reply:
    """Ask what shows a level, with what is known filled in: `cptlvl:id:level`."""
    about, level = number_in(event, 1), number_in(event, 2)
    typed = defining.level_as_typed(ctx, about, level)
    service.begin(ctx, competency_forms.LEVEL, {"competency": about, "level": level}, typed)
    return ask_form.show_all(ctx) if typed else ask_form.show(ctx)


@press("cptless", Action.EDIT_COMPETENCIES)
def take_level_off(ctx: Ctx, event: Event) -> Reply:
    """Take the highest level off: `cptless:id:level`."""
    card = defining.take_off(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(screen=_screen(ctx, card), toast=_("The level is taken off."))


@press("cpton", Action.EDIT_COMPETENCIES)
def switch_competency(ctx: Ctx, event: Event) -> Reply:
    """`cpton:id:0` retires a competency, `cpton:id:1` brings it back."""
    active = number_in(event, 2) == 1
    card = defining.switch(ctx, number_in(event, 1), active=active)
    toast = _("It is rated again.") if active else _("It is retired. What was rated stays.")
    return Reply(screen=_screen(ctx, card), toast=toast)


@closing.offer(29)
def offer_way_back(ctx: Ctx) -> Button | None:
    """After one of these forms, what it was about."""
    action = competency_forms.way_back(ctx)
    if action is None:
        return None
    label = _("The competency") if action.startswith("cpt:") else _("The post")
    return Button(label, action)


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(competencies.find(ctx, search), number, PER_PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"cpt:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"cpts:{turned}:{kept}")
    if access.may(ctx, Action.EDIT_COMPETENCIES):
        rows += _editing(ctx)
    rows.append((Button(_("« Competencies and posts"), "cptdesk"),))
    if page.shown:
        body = _("Choose a competency, or type a part of its code or name.")
    elif search:
        body = _("No competency was found for “{words}”.", words=search)
    else:
        body = _("There are no competencies yet. Send them as a file, or take over a start.")
    return Screen(title=COMPETENCIES, body=(body,), rows=tuple(rows), asks=ASKS)


def _editing(ctx: Ctx) -> Rows:
    rows: Rows = [(Button(_("A new competency"), "cptnew", style=Style.PRIMARY),)]
    missing = start.missing(ctx)
    if missing:
        label = _n(
            "Take over {count} that comes with Rollcall",
            "Take over {count} that come with Rollcall",
            missing,
        )
        rows.append((Button(label, "cptstart", guarded=True),))
    return rows


def _label(line: CompetencyLine) -> Text:
    if line.active:
        return _("{code} {name}", code=line.code, name=line.name)
    return _("{code} {name} (retired)", code=line.code, name=line.name)


def _screen(ctx: Ctx, card: CompetencyCard) -> Screen:
    line = card.line
    body: list[Words] = [_("Competency {code}", code=line.code), kind_words(line)]
    if not line.active:
        body.append(_("Retired: nobody is rated at it any more."))
    body.append(_n("{count} post requires it.", "{count} posts require it.", card.posts))
    body.append("")
    body += level_lines(card)
    rows: Rows = [(Button(_("Posts that require it"), f"cptposts:{line.id}"),)]
    if access.may(ctx, Action.EDIT_COMPETENCIES):
        rows += _levels(card)
        correct = Button(_("Correct"), f"cptedit:{line.id}", style=Style.PRIMARY)
        rows.append((correct, _turn(line)))
    rows.append((Button(_("« Competencies"), "cpts"),))
    return Screen(title=line.name, body=tuple(body), rows=tuple(rows))


def kind_words(line: CompetencyLine) -> Words:
    """Which kind of competency it is, and its field."""
    if line.kind is CompetencyKind.BEHAVIOURAL:
        return _("Behavioural: how somebody works")
    if line.field:
        return _("Functional: {field}", field=line.field)
    return _("Functional: the subject of the work")


def level_lines(card: CompetencyCard) -> list[Words]:
    """The behaviour of each level, or that none is described."""
    if not card.behaviours:
        return [
            _("No level is described yet. Levels go from 1 to {high}.", high=card.line.highest)
        ]
    return [
        _("{level}. {behaviour}", level=level, behaviour=behaviour)
        for level, behaviour in enumerate(card.behaviours, 1)
    ]


def _levels(card: CompetencyCard) -> Rows:
    about, count = card.line.id, len(card.behaviours)
    buttons = [
        Button(_("Level {level}", level=level), f"cptlvl:{about}:{level}")
        for level in range(1, count + 1)
    ]
    rows: Rows = [tuple(buttons[at : at + IN_ROW]) for at in range(0, count, IN_ROW)]
    more: list[Button] = []
    if count < MOST_LEVELS:
        more.append(Button(_("Describe level {level}", level=count + 1),
                           f"cptlvl:{about}:{count + 1}"))  # fmt: skip
    if count:
        more.append(Button(_("Take level {level} off", level=count), f"cptless:{about}:{count}",
                           guarded=True))  # fmt: skip
    return [*rows, tuple(more)]


def _turn(line: CompetencyLine) -> Button:
    if line.active:
        return Button(_("Retire"), f"cpton:{line.id}:0", guarded=True)
    return Button(_("Bring back"), f"cpton:{line.id}:1", guarded=True)
