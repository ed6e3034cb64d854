"""Attendance on the phone of who keeps the class: its days, all present, and the exceptions."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import attendance, catalogue
from bot.training.attendance import PRESENCES, DayCard, PresenceCard
from handlers.common.class_screens import NO_LONGER, class_id, class_page, number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

PAGE = 8
CHOICES = tuple(PRESENCES)


@press("att", Action.USE_DESK)
def show_days(ctx: Ctx, event: Event) -> Reply:
    """The days of a class: `att:class:page`."""
    return Reply(screen=_days_screen(ctx, class_id(event), number_after(event.text, 2) or 0))


@press("attday", Action.USE_DESK)
def show_day(ctx: Ctx, event: Event) -> Reply:
    """Who was there on one day: `attday:class:day:page`."""
    page = number_after(event.text, 3) or 0
    return Reply(screen=_day_screen(ctx, class_id(event), _day(event), page))


@press("attall", Action.USE_DESK)
def note_all_present(ctx: Ctx, event: Event) -> Reply:
    """Whoever is not noted yet was there: `attall:class:day`; a second press changes nothing."""
    about, day = class_id(event), _day(event)
    count = attendance.note_all_present(ctx, about, day)
    toast = _n("{count} person noted as present.", "{count} people noted as present.", count)
    return Reply(screen=_day_screen(ctx, about, day, 0), toast=toast)


@press("attevery", Action.USE_DESK)
def note_always_present(ctx: Ctx, event: Event) -> Reply:
    """The same for every day that is not noted yet: `attevery:class`."""
    about = class_id(event)
    count = attendance.note_always_present(ctx, about)
    toast = _n("{count} day was noted.", "{count} days were noted.", count)
    return Reply(screen=_days_screen(ctx, about, 0), toast=toast)


@press("attone", Action.USE_DESK)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """One person on one day, with the four choices: `attone:enrolment:day:page`."""
    card = attendance.person_on(ctx, number_in(event, 1), _day(event))
    page = number_after(event.text, 3) or 0
    rows: Rows = [
        (Button(_choice(card, place), f"attset:{card.enrolment_id}:{card.day:%Y%m%d}:{place}"),)
        for place in range(len(CHOICES))
    ]
    rows.append((Button(_("« Day"), f"attday:{card.class_id}:{card.day:%Y%m%d}:{page}"),))
    return Reply(
        screen=Screen(
            title=card.name,
            body=(_("Was this person there on {day}?", day=card.day),),
            rows=tuple(rows),
            protect=True,
        )
    )


@press("attset", Action.USE_DESK)
def set_presence(ctx: Ctx, event: Event) -> Reply:
    """Write down one value: `attset:enrolment:day:place`."""
    place = number_in(event, 3)
    if place >= len(CHOICES):
        raise Refusal(_("Choose one of the answers shown."))
    card = attendance.note(ctx, number_in(event, 1), _day(event), CHOICES[place])
    people = attendance.people_on(ctx, card.class_id, card.day)
    numbers = [one.enrolment_id for one in people]
    page = numbers.index(card.enrolment_id) // PAGE if card.enrolment_id in numbers else 0
    return Reply(
        screen=_day_screen(ctx, card.class_id, card.day, page),
        toast=_("{name}: {presence}", name=card.name, presence=PRESENCES[CHOICES[place]]),
    )


def _days_screen(ctx: Ctx, about: int, number: int) -> Screen:
    found = attendance.days(ctx, about)
    held = catalogue.card(ctx, about)
    page = page_of(found, number, PAGE)
    rows: Rows = [
        (Button(_day_line(one), f"attday:{about}:{one.day:%Y%m%d}:0"),)
        for one in page.shown
        if not one.to_come
    ]
    rows += page.rows(lambda turned: f"att:{about}:{turned}")
    if any(not one.to_come and one.noted < one.people for one in found):
        label = _("All present on every day not noted yet")
        rows.append((Button(label, f"attevery:{about}", guarded=True),))
    rows.append((Button(_("« Class {code}", code=held.code), class_page(ctx, about)),))
    return Screen(
        title=_("Attendance of class {code}", code=held.code),
        body=_days_body(found),
        rows=tuple(rows),
    )


def _days_body(found: list[DayCard]) -> tuple[Words, ...]:
    if not found:
        return (_("This class has no dates yet."),)
    if all(one.to_come for one in found):
        return (
            _("The first day is {day}. Attendance can be noted from then on.", day=found[0].day),
        )
    return (_("Choose a day. Weekends and public holidays are left out."),)


def _day_screen(ctx: Ctx, about: int, day: dt.date, number: int) -> Screen:
    people = attendance.people_on(ctx, about, day)
    page = page_of(people, number, PAGE)
    key = f"{day:%Y%m%d}"
    rows: Rows = [
        (Button(_person_line(one), f"attone:{one.enrolment_id}:{key}:{page.number}"),)
        for one in page.shown
    ]
    rows += page.rows(lambda turned: f"attday:{about}:{key}:{turned}")
    open_ones = sum(one.presence is None for one in people)
    if open_ones:
        every = open_ones == len(people)
        label = _("All present") if every else _("All others present")
        rows.append((Button(label, f"attall:{about}:{key}", style=Style.PRIMARY),))
    rows.append((Button(_("« Attendance"), f"att:{about}:0"),))
    return Screen(
        title=_("Attendance on {day}", day=day),
        body=(_hint(len(people), open_ones),),
        rows=tuple(rows),
        protect=True,
    )


def _hint(people: int, open_ones: int) -> Text:
    if not people:
        return _("Nobody is on the list yet.")
    if open_ones:
        return _n(
            "{count} person is not noted yet.", "{count} people are not noted yet.", open_ones
        )
    return _("Everybody is noted. Press a name to correct it.")


def _day_line(one: DayCard) -> Text:
    if not one.noted:
        return _("{day}: not noted", day=one.day)
    if one.noted < one.people:
        return _(
            "{day}: {noted} of {people} noted", day=one.day, noted=one.noted, people=one.people
        )
    if not one.away:
        return _("{day}: all present", day=one.day)
    return _n("{day}: {count} absent", "{day}: {count} absent", one.away, day=one.day)


def _person_line(one: PresenceCard) -> Words:
    if one.presence is None:
        return one.name
    return _("{name}: {presence}", name=one.name, presence=PRESENCES[one.presence])


def _choice(card: PresenceCard, place: int) -> Text:
    words = PRESENCES[CHOICES[place]]
    return _("✓ {choice}", choice=words) if CHOICES[place] is card.presence else words


def _day(event: Event) -> dt.date:
    number = number_in(event, 2)
    try:
        return dt.date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        raise Refusal(NO_LONGER) from None
