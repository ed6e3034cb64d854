"""What follows the writing of an outline: experts, law, letters, pilot, the years after."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _
from bot.models.planning import Verdict
from bot.people.access_table import Action
from bot.planning.outlines import cards, forms, piloting, reaching, reviewing, said, writing
from bot.planning.outlines.states import Act
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.unit.outlines import outline_screen

PER_PAGE = 8


@press("outlx", Action.EDIT_OUTLINES)
def show_experts(ctx: Ctx, event: Event) -> Reply:
    """Who reviews it, and what they found: `outlx:outline`."""
    return Reply(screen=_experts(ctx, number_in(event, 1)))


@press("outlxnew", Action.EDIT_OUTLINES)
def begin_expert(ctx: Ctx, event: Event) -> Reply:
    """Ask whom: `outlxnew:outline`."""
    return _ask(ctx, forms.EXPERT, number_in(event, 1), Act.NAME_EXPERTS)


@press("outlxoff", Action.EDIT_OUTLINES)
def drop_expert(ctx: Ctx, event: Event) -> Reply:
    """Ask somebody no longer: `outlxoff:outline:person`."""
    card = reviewing.unname(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(screen=_experts(ctx, card.id), toast=_("This person is asked no longer."))


@press("outlsend", Action.EDIT_OUTLINES)
def send(ctx: Ctx, event: Event) -> Reply:
    """Ask all experts: `outlsend:outline`."""
    card = reviewing.send(ctx, number_in(event, 1))
    return Reply(screen=outline_screen(ctx, card), toast=_("The experts are told."))


@press("outllaw", Action.EDIT_OUTLINES)
def begin_law(ctx: Ctx, event: Event) -> Reply:
    """Ask who checked it against the law: `outllaw:outline`."""
    return _ask(ctx, forms.LAW, number_in(event, 1), Act.CHECK_LAW)


@press("outlet", Action.EDIT_OUTLINES)
def begin_letter(ctx: Ctx, event: Event) -> Reply:
    """Ask what a signed letter says: `outlet:outline`."""
    return _ask(ctx, forms.LETTER, number_in(event, 1), Act.DECIDE)


@press("outlpil", Action.EDIT_OUTLINES)
def show_classes(ctx: Ctx, event: Event) -> Reply:
    """Which class tries it: `outlpil:outline:page`, `outlpil:outline:page:class`."""
    about, chosen = number_in(event, 1), number_after(event.text, 3)
    if chosen is not None:
        card = piloting.choose(ctx, about, chosen)
        toast = _("Class {code} is the pilot.", code=card.pilot_class)
        return Reply(screen=outline_screen(ctx, card), toast=toast)
    page = page_of(piloting.classes(ctx, about), number_after(event.text, 2) or 0, PER_PAGE)
    rows: Rows = [
        (Button(_("{code}, {day}", code=one.code, day=one.first_day),
                f"outlpil:{about}:0:{one.id}", guarded=True),)
        for one in page.shown
    ]  # fmt: skip
    rows += page.rows(lambda turned: f"outlpil:{about}:{turned}")
    rows.append((Button(_("« The outline"), f"outl:{about}"),))
    body: Words = _("Choose the class in which the course is tried.")
    if not page.shown:
        body = _("There is no class of this course yet. Make one first.")
    title = said.heading(cards.card(ctx, about))
    return Reply(screen=Screen(title=title, body=(body,), rows=tuple(rows)))


@press("outlrep", Action.EDIT_OUTLINES)
def begin_report(ctx: Ctx, event: Event) -> Reply:
    """Ask what the pilot showed: `outlrep:outline`."""
    about = number_in(event, 1)
    row = reaching.require_writer(ctx, about, Act.REPORT_PILOT)
    piloting.require_begun(ctx, row)
    return _ask(ctx, forms.PILOT, about, Act.REPORT_PILOT)


@press("outlyear", Action.EDIT_OUTLINES)
def begin_yearly(ctx: Ctx, event: Event) -> Reply:
    """Ask why it stays as it is: `outlyear:outline`."""
    return _ask(ctx, forms.YEARLY, number_in(event, 1), Act.LOOK_AGAIN)


@press("outlnext", Action.EDIT_OUTLINES)
def begin_version(ctx: Ctx, event: Event) -> Reply:
    """Begin a new version of it: `outlnext:outline`."""
    row = reaching.require_writer(ctx, number_in(event, 1), Act.NEW_VERSION)
    card = writing.begin(ctx, cards.read(ctx, row).code)
    toast = _("Version {version} is begun.", version=card.version)
    return Reply(screen=outline_screen(ctx, card), toast=toast)


@press("outlcat", Action.SET_POLICY)
def into_catalogue(ctx: Ctx, event: Event) -> Reply:
    """The catalogue takes over hours, seats and outcomes: `outlcat:outline`."""
    card = writing.into_catalogue(ctx, number_in(event, 1))
    return Reply(screen=outline_screen(ctx, card), toast=_("The catalogue says the same now."))


def _ask(ctx: Ctx, form: str, outline: int, act: Act) -> Reply:
    reaching.require_writer(ctx, outline, act)
    service.begin(ctx, form, {"outline": outline})
    return ask_form.show(ctx)


def _experts(ctx: Ctx, outline: int) -> Screen:
    card = cards.card(ctx, outline)
    body: list[Words] = []
    rows: Rows = []
    for one in card.reviews:
        body += said.review(one)
        if not one.linked:
            body.append(_("{name} is not on Telegram yet.", name=one.name))
        if card.can(Act.NAME_EXPERTS) and one.verdict is Verdict.ASKED:
            label = _("Do not ask {name}", name=one.name)
            rows.append((Button(label, f"outlxoff:{outline}:{one.person_id}", guarded=True),))
    if not body:
        body = [_("Nobody is named yet. Experts are people who know the subject.")]
    if card.can(Act.NAME_EXPERTS):
        rows.append((Button(_("Name an expert"), f"outlxnew:{outline}", style=Style.PRIMARY),))
    rows.append((Button(_("« The outline"), f"outl:{outline}"),))
    return Screen(title=said.heading(card), body=tuple(body), rows=tuple(rows))
