"""How classes look in a chat, whoever looks: a list in pages, one class with its facts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import class_results, closing
from bot.events import Event
from bot.i18n import Lines, Percent, Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Screen, Style
from bot.training.catalogue import ClassCard, ClassLine, ClassPage
from handlers.common import follow_up_words
from handlers.common.menu import back_to_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, turning

NO_LONGER = _("This button no longer works. Please open the list again.")
LONGEST_SEARCH = 24
"""Bytes of a search that fit into a button beside its prefix and page."""


def class_id(event: Event) -> int:
    """The class that a button is about: `prefix:id…`."""
    return number_in(event, 1)


def number_in(event: Event, place: int) -> int:
    """The number at a place of a button's data; refuses a button that has none there."""
    number = number_after(event.text, place)
    if number is None:
        raise Refusal(NO_LONGER)
    return number


def page_asked(event: Event) -> tuple[int, str]:
    """Page and search of a list's button: `prefix:page:search`, both optional."""
    parts = event.text.split(":", 2)
    return number_after(event.text) or 0, parts[2] if len(parts) > 2 else ""


def class_page(ctx: Ctx, about: int) -> str:
    """What leads back to a class: the training unit's page of it, else its trainer's."""
    prefix = "class" if access.may(ctx, Action.EDIT_CLASSES) else "myclass"
    return f"{prefix}:{about}"


def list_screen(
    title: Text, page: ClassPage, prefixes: tuple[str, str], search: str = "", asks: str = ""
) -> Screen:
    """Classes as buttons; `prefixes` are those of the list and of one class."""
    of_list, of_class = prefixes
    if page.lines:
        body: tuple[Words, ...] = (_("Choose a class, or type a part of its code or title."),)
    elif search:
        body = (_("No class was found for “{words}”.", words=search),)
    else:
        body = (_("There are no classes here yet."),)
    rows: Rows = [(Button(_label(line), f"{of_class}:{line.id}"),) for line in page.lines]
    rows += turning(
        page.number, page.pages, lambda number: f"{of_list}:{number}:{cut_search(search)}"
    )
    return Screen(title=title, body=body, rows=tuple(rows), asks=asks)


def facts(ctx: Ctx, held: ClassCard) -> tuple[Words, ...]:
    """When, where, who, how many; blank facts are left out."""
    lines: list[Words] = [held.title]
    if held.cancelled:
        lines.append(_("This class is cancelled."))
    lines.append(dates_words(held))
    lines.append(hours_words(held))
    if held.place:
        lines.append(_("Place: {place}", place=held.place))
    if held.trainer:
        lines.append(_("Lead trainer: {name}", name=held.trainer))
    if held.coordinator:
        lines.append(_("Coordinator: {name}", name=held.coordinator))
    lines.append(
        _n(
            "{count} trainee, {seats} seats",
            "{count} trainees, {seats} seats",
            held.trainees,
            seats=held.seats,
        )
    )
    return (*lines, *_reaction(ctx, held))


def report_rows(ctx: Ctx, held: ClassCard) -> Rows:
    """The buttons that have a class's reports made, once its questionnaires have closed, and the
    ways to what its group said later.
    """
    later = follow_up_words.class_rows(ctx, held.id)
    if not closing.results_are_open(ctx.session, held.id):
        return later
    label, whole = _("Make the report"), _("All levels, to be signed")
    return [
        (Button(label, f"rep:{held.id}", guarded=True, style=Style.PRIMARY),),
        (Button(whole, f"outcome:class:{held.id}", guarded=True),),
        *later,
    ]


def with_menu(screen_rows: Sequence[tuple[Button, ...]]) -> tuple[tuple[Button, ...], ...]:
    """These rows, and the way back to the menu."""
    return (*screen_rows, back_to_menu())


def _reaction(ctx: Ctx, held: ClassCard) -> tuple[Words, ...]:
    rate = class_results.rate(ctx, held.id)
    naming: Words = (
        _("Questionnaire: without names") if held.anonymous else _("Questionnaire: by name")
    )
    if not rate.asked:
        return (naming,)
    answered = _(
        "Answered: {answered} of {asked} ({share}).",
        answered=rate.answered,
        asked=rate.asked,
        share=Percent(rate.share),
    )
    ready = closing.results_are_open(ctx.session, held.id)
    return (naming, Lines((answered, _("The results can be read."))) if ready else answered)


def dates_words(held: ClassCard) -> Words:
    """From which day to which, or that there are no dates yet."""
    if held.starts_on is None or held.ends_on is None:
        return _("No dates yet: the class gathers interest.")
    if held.starts_on == held.ends_on:
        return _("On {day}", day=held.starts_on)
    return _("From {first} to {last}", first=held.starts_on, last=held.ends_on)


def hours_words(held: ClassCard) -> Words:
    """At what time, and in which zone."""
    if held.start_time and held.end_time:
        return _(
            "{start} to {end}, {zone}", start=held.start_time, end=held.end_time, zone=held.zone
        )
    if held.start_time:
        return _("From {start}, {zone}", start=held.start_time, zone=held.zone)
    if held.end_time:
        return _("Until {end}, {zone}", end=held.end_time, zone=held.zone)
    return _("Time zone: {zone}", zone=held.zone)


def _label(line: ClassLine) -> Text:
    if line.cancelled:
        return _("{code} {course} (cancelled)", code=line.code, course=line.title)
    if line.starts_on is None:
        return _("{code} {course}", code=line.code, course=line.title)
    return _("{code} {course}, {day}", code=line.code, course=line.title, day=line.starts_on)


def cut_search(search: str, most: int = LONGEST_SEARCH) -> str:
    """As much of a search as fits into `most` bytes of a button."""
    return search.encode()[:most].decode(errors="ignore")
