"""Somebody on the list of a class is ordered to attend, or moved to another class."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import enrolments, switching
from bot.training.catalogue import ClassCard
from handlers.common.class_screens import number_in
from handlers.common.routes import press
from handlers.unit.class_list import member_screen, members_screen


@press("classorder", Action.EDIT_CLASSES)
def order_member(ctx: Ctx, event: Event) -> Reply:
    """Somebody on the list has to attend: `classorder:enrolment`."""
    member = enrolments.order(ctx, number_in(event, 1))
    return Reply(
        screen=member_screen(ctx, member),
        toast=_("{name} is ordered to attend, and told.", name=member.name),
    )


@press("classmove", Action.EDIT_CLASSES)
def choose_class(ctx: Ctx, event: Event) -> Reply:
    """The other classes of the course with a seat free: `classmove:enrolment`."""
    member = enrolments.member(ctx, number_in(event, 1))
    found = switching.others(ctx, member.enrolment_id)
    rows = [
        (Button(_label(held), f"classmoveto:{member.enrolment_id}:{held.id}", guarded=True),)
        for held in found
    ]
    back = Button(_("« {name}", name=member.name), f"member:{member.enrolment_id}")
    body = (
        _(
            "Choose the class. {name} is told, and the seat here goes to the next.",
            name=member.name,
        )
        if found
        else _("No other class of this course to come has a seat free.")
    )
    return Reply(
        screen=Screen(
            title=_("To which class?"), body=(body,), rows=(*rows, (back,)), protect=True
        )
    )


@press("classmoveto", Action.EDIT_CLASSES)
def move_member(ctx: Ctx, event: Event) -> Reply:
    """Move somebody: `classmoveto:enrolment:class`."""
    member = enrolments.member(ctx, number_in(event, 1))
    held = switching.switch(ctx, member.enrolment_id, number_in(event, 2))
    return Reply(
        screen=members_screen(ctx, member.class_id, 0),
        toast=_("{name} is in class {code} now.", name=member.name, code=held.code),
    )


def _label(held: ClassCard) -> Text:
    return _n(
        "{code}, {day}: {count} seat free",
        "{code}, {day}: {count} seats free",
        held.seats - held.trainees,
        code=held.code,
        day=held.starts_on,
    )
