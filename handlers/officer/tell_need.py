"""/need: something is needed, said at any time of the year; answers of a survey are changed."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.stages import STAGES
from bot.events import Event
from bot.forms import service
from bot.i18n import Moment, Text, Words, _
from bot.needs import forms, intake, telling
from bot.needs.telling import ToldCard
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, menu
from handlers.common.class_screens import number_in, with_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import command, press

TITLE = _("What I need to learn")
PER_PAGE = 6

menu.menu_entry("need", TITLE, "need", Action.TELL_NEEDS, 22, menu.Part.PLAN)


@command("need", Action.TELL_NEEDS, menu=_("Say what you need to learn"))
def tell(ctx: Ctx, event: Event) -> Reply:
    """`/need words` keeps them at once; without words, what was told and a way to tell."""
    if event.text:
        telling.tell(ctx, event.text)
        return Reply(screen=_mine(ctx, 0, _("Noted. It goes into the survey of needs.")))
    return Reply(screen=_mine(ctx, 0))


@press("need", Action.TELL_NEEDS)
def show_mine(ctx: Ctx, event: Event) -> Reply:
    """What the actor told, the newest first: `need:page`."""
    return Reply(screen=_mine(ctx, number_after(event.text) or 0))


@press("needtell", Action.TELL_NEEDS)
def begin_telling(ctx: Ctx, _event: Event) -> Reply:
    """Ask what is needed; who leads people is asked for whom, too."""
    known = {"leads": "yes" if telling.leads(ctx) else "no"}
    service.begin(ctx, forms.TELL, {}, known)
    return ask_form.show(ctx)


@press("needback", Action.TELL_NEEDS)
def take_back(ctx: Ctx, event: Event) -> Reply:
    """Take back what waits still: `needback:id`."""
    telling.take_back(ctx, number_in(event, 1))
    return Reply(screen=_mine(ctx, 0), toast=_("It is taken back."))


@press("needagain", Action.TELL_NEEDS)
def answer_again(ctx: Ctx, event: Event) -> Reply:
    """All answers to a questionnaire of the survey, each to be changed by its number:
    `needagain:assignment`.
    """
    about = number_in(event, 1)
    form, before = intake.answers_before(ctx, about)
    service.begin(ctx, form, {intake.AGAIN: about}, before)
    return ask_form.show_all(ctx)


def _mine(ctx: Ctx, number: int, before: Words = "") -> Screen:
    page = page_of(telling.mine(ctx), number, PER_PAGE)
    body: list[Words] = [_line(ctx, place, one) for place, one in enumerate(page.shown, 1)]
    if not body:
        body.append(_("You can say at any time what you need to learn for your work."))
    rows: Rows = [(Button(_("Tell a need"), "needtell", style=Style.PRIMARY),)]
    for row in intake.answered(ctx):
        label = _("Change my answers: {form}", form=STAGES[row.stage].title)
        rows.append((Button(label, f"needagain:{row.id}"),))
    rows += [
        (Button(_("Take back {place}", place=place), f"needback:{one.id}", guarded=True),)
        for place, one in enumerate(page.shown, 1)
        if not one.year
    ]
    rows += page.rows(lambda turned: f"need:{turned}")
    return Screen(above=before, title=TITLE, body=tuple(body), rows=with_menu(rows))


def _line(ctx: Ctx, place: int, one: ToldCard) -> Text:
    told = Moment(one.told_at, ctx.actor.zone)
    state: Words = (
        _("in the survey for {year}", year=one.year)
        if one.year
        else _("waits for the next survey")
    )
    if one.whose is not None:
        return _("{place}. {words}, for {name} ({moment}, {state})", place=place, words=one.words,
                 name=one.whose, moment=told, state=state)  # fmt: skip
    if one.people > 1:
        return _("{place}. {words}, for {count} people ({moment}, {state})", place=place,
                 words=one.words, count=one.people, moment=told, state=state)  # fmt: skip
    return _(
        "{place}. {words} ({moment}, {state})",
        place=place,
        words=one.words,
        moment=told,
        state=state,
    )
