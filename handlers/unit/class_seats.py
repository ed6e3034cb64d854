"""Fewer seats in a class that is full: who would have to leave first, each with a button."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import fewer_seats
from bot.training.fewer_seats import Leaving, Seats
from handlers.common.class_screens import class_id, number_in
from handlers.common.routes import press


@press("classseats", Action.EDIT_CLASSES)
def show_seats(ctx: Ctx, event: Event) -> Reply:
    """Seats, and who would leave first: `classseats:class`."""
    return Reply(screen=_seats_screen(fewer_seats.seats_of(ctx, class_id(event))))


@press("classcut", Action.EDIT_CLASSES)
def ask_before_leaving(ctx: Ctx, event: Event) -> Reply:
    """Ask once more: `classcut:enrolment`."""
    one = fewer_seats.leaving(ctx, number_in(event, 1))
    yes = Button(
        _("Take off, with the seat"),
        f"classcutyes:{one.enrolment_id}",
        guarded=True,
        style=Style.DANGER,
    )
    body: list[Words] = [
        _("The class then has one seat less, and {name} is told.", name=one.name),
    ]
    if one.required:
        body.append(_("This training is required of {name}.", name=one.name))
    return Reply(
        screen=Screen(
            title=_("Take {name} off the list?", name=one.name),
            body=tuple(body),
            rows=((yes,), (Button(_("« Seats"), f"classseats:{one.class_id}"),)),
        )
    )


@press("classcutyes", Action.EDIT_CLASSES)
def leave(ctx: Ctx, event: Event) -> Reply:
    """Take somebody off the list, and the seat with them: `classcutyes:enrolment`."""
    one = fewer_seats.leaving(ctx, number_in(event, 1))
    left = fewer_seats.leave_with_seat(ctx, one.enrolment_id)
    return Reply(screen=_seats_screen(left), toast=_("{name} is off the list.", name=one.name))


def _seats_screen(found: Seats) -> Screen:
    body: list[Words] = [
        _n("{count} seat, {free} free", "{count} seats, {free} free", found.seats, free=found.free)
    ]
    if found.waiting:
        body.append(
            _n(
                "{count} person is approved and waits for a seat.",
                "{count} people are approved and wait for a seat.",
                found.waiting,
            )
        )
    body.append(_advice(found))
    rows = [(Button(_line(one), f"classcut:{one.enrolment_id}"),) for one in found.first]
    rows.append((Button(_("Lots"), f"lots:{found.class_id}"),))
    return Screen(
        title=_("Seats of class {code}", code=found.code),
        body=tuple(body),
        rows=(*rows, (Button(_("« Class {code}", code=found.code), f"class:{found.class_id}"),)),
        protect=True,
    )


def _advice(found: Seats) -> Text:
    if not found.first:
        return _("Nobody has a place yet. Give another number of seats with Correct.")
    if found.free:
        return _(
            "Free seats can be taken away with Correct. For fewer than that, whoever was approved "
            "last leaves first; required training stays longest."
        )
    return _(
        "For fewer seats somebody has to leave. Whoever was approved last leaves first; required "
        "training stays longest."
    )


def _line(one: Leaving) -> Text:
    if one.required:
        return _("{name}, required", name=one.name)
    if one.approved_at is None:
        return _("{name}, no time of approval", name=one.name)
    return _("{name}, approved {day}", name=one.name, day=one.approved_at.date())
