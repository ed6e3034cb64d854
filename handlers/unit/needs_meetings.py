"""Meetings with the heads of a cluster about needs, recorded by the unit."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.needs import forms, meetings
from bot.needs.meetings import MeetingCard, MeetingLine, Topic
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

TITLE = _("Meetings about needs")
PER_PAGE = 8


@press("nmeets", Action.RUN_NEEDS)
def show_meetings(ctx: Ctx, event: Event) -> Reply:
    """Every meeting, the newest first: `nmeets:page`."""
    page = page_of(meetings.lines(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(one), f"nmeet:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"nmeets:{turned}")
    rows.append((Button(_("Record a meeting"), "nmeetnew", style=Style.PRIMARY),))
    rows.append((Button(_("« Survey of needs"), "nrounds"),))
    body = (
        _("What the heads of a cluster agreed is needed counts with what people say.")
        if page.shown
        else _("No meeting has been recorded yet.")
    )
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=tuple(rows)))


@press("nmeetnew", Action.RUN_NEEDS)
def begin_meeting(ctx: Ctx, _event: Event) -> Reply:
    """Ask who met, on which day, and what is needed."""
    service.begin(ctx, forms.MEETING)
    return ask_form.show(ctx)


@press("nmeet", Action.RUN_NEEDS)
def show_meeting(ctx: Ctx, event: Event) -> Reply:
    """One meeting with its topics: `nmeet:id`."""
    return Reply(screen=_screen(meetings.card(ctx, number_in(event, 1))))


@press("nmeetout", Action.RUN_NEEDS)
def take_meeting_out(ctx: Ctx, event: Event) -> Reply:
    """`nmeetout:id` asks, `nmeetout:id:1` forgets the meeting with its topics."""
    about = number_in(event, 1)
    if number_after(event.text, 2) == 1:
        meetings.take_out(ctx, about)
        back = Button(_("« Meetings"), "nmeets")
        return Reply(screen=Screen(body=(_("The meeting is taken out."),), rows=((back,),)))
    card = meetings.card(ctx, about)
    body = _n(
        "The meeting goes with its {count} topic.",
        "The meeting goes with its {count} topics.",
        len(card.topics),
    )
    yes = Button(_("Take it out"), f"nmeetout:{about}:1", guarded=True, style=Style.DANGER)
    rows = ((yes,), (Button(_("« Back"), f"nmeet:{about}"),))
    return Reply(screen=Screen(title=_label(card.line), body=(body,), rows=rows))


def _screen(card: MeetingCard) -> Screen:
    body: list[Words] = [
        _("Survey for {year}", year=card.year),
        _("Agreed by: {names}", names=card.agreed_by),
        *(_topic(place, one) for place, one in enumerate(card.topics, 1)),
    ]
    if card.remark:
        body.append(_("Remark: {words}", words=card.remark))
    rows = (
        (Button(_("Take it out"), f"nmeetout:{card.line.id}"),),
        (Button(_("« Meetings"), "nmeets"),),
    )
    return Screen(title=_label(card.line), body=tuple(body), rows=rows)


def _topic(place: int, one: Topic) -> Text:
    return _n(
        "{place}. {words}: {unit}, {count} person, importance {importance}",
        "{place}. {words}: {unit}, {count} people, importance {importance}",
        one.people,
        place=place,
        words=one.words,
        unit=one.unit,
        importance=one.importance or "–",
    )


def _label(one: MeetingLine) -> Text:
    return _n(
        "{unit}, {day}: {count} topic",
        "{unit}, {day}: {count} topics",
        one.topics,
        unit=one.unit,
        day=one.held_on,
    )
