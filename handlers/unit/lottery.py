"""Lots for the seats of a class: seats held back, lots drawn, who drew which."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Moment, Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import lots
from bot.training.enrolments import STATE_WORDS
from bot.training.lots import FEWEST, Draw, Drawn, Waiting
from handlers.common import ask_form
from handlers.common.class_screens import class_id
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

PAGE = 15
LOTS = _("Lots for the seats")


@press("lots", Action.EDIT_CLASSES)
def show_lots(ctx: Ctx, event: Event) -> Reply:
    """What was drawn, or what a draw would do: `lots:class:page`."""
    about = class_id(event)
    drawn = lots.of_class(ctx, about)
    if drawn is not None:
        return Reply(screen=_drawn_screen(ctx, drawn, number_after(event.text, 2) or 0))
    return Reply(screen=_waiting_screen(lots.waiting(ctx, about)))


@press("lotshold", Action.EDIT_CLASSES)
def hold_seats_back(ctx: Ctx, event: Event) -> Reply:
    """Give no seat until lots are drawn: `lotshold:class`."""
    held = lots.hold_back(ctx, class_id(event))
    return Reply(
        screen=_waiting_screen(held),
        toast=_("The free seats are held back. Whoever is approved waits from now on."),
    )


@press("lotsdraw", Action.EDIT_CLASSES)
def begin_drawing(ctx: Ctx, event: Event) -> Reply:
    """Ask how many seats are given by lot: `lotsdraw:class`; refuses where nobody waits."""
    found = lots.waiting(ctx, class_id(event))
    lots.require_some(found)
    service.begin(ctx, "draw_lots", {"class_id": found.class_id})
    return ask_form.show(ctx)


def _waiting_screen(found: Waiting) -> Screen:
    body: list[Words] = [
        _n(
            "{count} seat, {free} free", "{count} seats, {free} free", found.seats, free=found.free
        ),
        _n(
            "{count} person is approved and waits for a seat.",
            "{count} people are approved and wait for a seat.",
            found.waiting,
        ),
    ]
    if found.required:
        body.append(
            _n(
                "{count} of them is ordered to attend and goes first, without a lot.",
                "{count} of them are ordered to attend and go first, without a lot.",
                found.required,
            )
        )
    body += ["", *_explained(found)]
    return Screen(title=LOTS, body=tuple(body), rows=(*_choices(found), _back(found.class_id)))


def _explained(found: Waiting) -> list[Words]:
    if found.began:
        return [_("The class has begun, or has no dates yet. Lots cannot be drawn.")]
    if found.free:
        return [
            _(
                "A free seat goes to whoever is approved first. Hold the free seats back, and "
                "everybody waits until lots are drawn."
            )
        ]
    return [
        _(
            "A draw gives everybody who waits a random place and adds seats, which are filled in "
            "that order. All of them are told. It can be done once and not be taken back."
        ),
        _(
            "Because chance alone decides, those who win and those who do not can be compared "
            "later: that shows what the training brought about."
        ),
    ]


def _choices(found: Waiting) -> Rows:
    if found.began:
        return []
    if found.free:
        label = _("Hold the free seats back")
        return [(Button(label, f"lotshold:{found.class_id}", guarded=True, style=Style.PRIMARY),)]
    if found.taking_part < FEWEST:
        return []
    return [(Button(_("Draw lots"), f"lotsdraw:{found.class_id}", style=Style.PRIMARY),)]


def _drawn_screen(ctx: Ctx, drawn: Draw, number: int) -> Screen:
    page = page_of(drawn.entries, number, PAGE)
    won = sum(one.won for one in drawn.entries)
    body: list[Words] = [
        _("Drawn {moment}", moment=Moment(drawn.drawn_at, ctx.actor.zone)),
        _n(
            "{won} of {count} won a place.",
            "{won} of {count} won a place.",
            len(drawn.entries),
            won=won,
        ),
        _("Seed of the draw: {seed}", seed=drawn.seed),
        "",
        *map(_entry, page.shown),
    ]
    rows = page.rows(lambda turned: f"lots:{drawn.class_id}:{turned}")
    made = Button(_("The draw, compared"), f"impactlots:{drawn.class_id}", guarded=True)
    return Screen(
        title=LOTS,
        body=tuple(body),
        rows=(*rows, (made,), _back(drawn.class_id)),
        protect=True,
    )


def _entry(one: Drawn) -> Text:
    if one.won:
        return _("{place}. {name}: won a place", place=one.place, name=one.name)
    if one.state is None:
        return _("{place}. {name}", place=one.place, name=one.name)
    state = STATE_WORDS[one.state]
    return _("{place}. {name}: {state}", place=one.place, name=one.name, state=state)


def _back(about: int) -> tuple[Button, ...]:
    return (Button(_("« Seats"), f"classseats:{about}"),)
