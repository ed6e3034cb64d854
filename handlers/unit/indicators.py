"""Indicators of a course: named, corrected, their figures entered month by month."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.impact import figures, indicators
from bot.evaluation.impact import reach as impact_reach
from bot.evaluation.impact.indicators import BETTER_WORDS, IndicatorCard
from bot.evaluation.impact.said import shown
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

PAGE, FIGURES = 8, 12


@press("inds", Action.READ_IMPACT)
def show_indicators(ctx: Ctx, event: Event) -> Reply:
    """The indicators of a course: `inds:course:page:class`; the class is the one to go back to."""
    course, number = number_in(event, 1), number_after(event.text, 2) or 0
    return Reply(screen=_list(ctx, course, number, number_after(event.text, 3) or 0))


@press("ind", Action.READ_IMPACT)
def show_indicator(ctx: Ctx, event: Event) -> Reply:
    """One indicator with its figures: `ind:id:page`."""
    card = indicators.card(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, card, number_after(event.text, 2) or 0))


@press("indnew", Action.MEASURE)
def begin_indicator(ctx: Ctx, event: Event) -> Reply:
    """Ask what is to be measured: `indnew:course`; not for one part of the administration."""
    impact_reach.require_whole(ctx)
    service.begin(ctx, "new_indicator", {"course_id": number_in(event, 1)})
    return ask_form.show(ctx)


@press("indedit", Action.MEASURE)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `indedit:id`."""
    about = number_in(event, 1)
    typed = indicators.as_typed(ctx, about)
    service.begin(ctx, "edit_indicator", {"indicator_id": about}, typed)
    return ask_form.show_all(ctx)


@press("indfig", Action.MEASURE)
def begin_figure(ctx: Ctx, event: Event) -> Reply:
    """Ask for the figure of one month: `indfig:id`."""
    card = indicators.card(ctx, number_in(event, 1))
    service.begin(ctx, "indicator_figure", {"indicator_id": card.id})
    return ask_form.show(ctx)


@press("induse", Action.MEASURE)
def use_indicator(ctx: Ctx, event: Event) -> Reply:
    """Use an indicator or use it no longer: `induse:id:1`."""
    card = indicators.set_active(ctx, number_in(event, 1), event.text.endswith(":1"))
    toast = (
        _("It is compared again.")
        if card.active
        else _("It is not compared any more. Its figures stay.")
    )
    return Reply(screen=_screen(ctx, card, 0), toast=toast)


def _list(ctx: Ctx, course: int, number: int, from_class: int) -> Screen:
    found = indicators.of_course(ctx, course)
    page = page_of(found, number, PAGE)
    rows: Rows = [(Button(_label(one), f"ind:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"inds:{course}:{turned}:{from_class}")
    if impact_reach.is_whole(ctx):
        new = Button(_("Name an indicator"), f"indnew:{course}", style=Style.PRIMARY)
        rows.append((new,))
    if from_class:
        back = Button(_("« What it brought about"), f"impactc:{from_class}")
    else:
        back = Button(_("« What training brought about"), "impact")
    body = (
        _("What the course is to change. Choose one to see or enter its figures.")
        if found
        else _("No indicator of this course has been named yet.")
    )
    return Screen(
        title=_("Indicators: {course}", course=indicators.course_title(ctx, course)),
        body=(body,),
        rows=(*rows, (back,)),
    )


def _label(one: IndicatorCard) -> Text:
    if one.active:
        return _("{code}: {title}", code=one.code, title=one.title)
    return _("{code}: {title}, not in use", code=one.code, title=one.title)


def _screen(ctx: Ctx, card: IndicatorCard, number: int) -> Screen:
    page = page_of(figures.of_indicator(ctx, card.id), number, FIGURES)
    body: list[Words] = [*_facts(card), ""]
    body += [
        _("{month}, {whose}: {figure}", month=f"{one.month:%Y-%m}", whose=one.whose,
          figure=shown(one.figure))
        for one in page.shown
    ]  # fmt: skip
    if not page.shown:
        body.append(_("No figure of an office or of all has been entered yet."))
    rows: Rows = page.rows(lambda turned: f"ind:{card.id}:{turned}")
    if access.may(ctx, Action.MEASURE):
        figure = Button(_("Enter a figure"), f"indfig:{card.id}", style=Style.PRIMARY)
        rows.append((figure,))
    if impact_reach.is_whole(ctx):
        label = _("Use it no longer") if card.active else _("Use it again")
        wanted = "0" if card.active else "1"
        use = Button(label, f"induse:{card.id}:{wanted}", guarded=True)
        rows.append((Button(_("Correct"), f"indedit:{card.id}"), use))
    rows.append((Button(_("« Indicators"), f"inds:{card.course_id}"),))
    return Screen(title=card.title, body=tuple(body), rows=tuple(rows))


def _facts(card: IndicatorCard) -> list[Words]:
    facts: list[Words] = [_("{code}, of the course {course}", code=card.code, course=card.course)]
    if card.measure:
        facts.append(_("Counted in: {measure}", measure=card.measure))
    facts.append(BETTER_WORDS[card.better])
    if card.worth is not None:
        facts.append(_("One of it is worth {worth}.", worth=card.worth))
    else:
        facts.append(_("It is not counted in money."))
    if not card.active:
        facts.append(_("It is not in use."))
    return facts
