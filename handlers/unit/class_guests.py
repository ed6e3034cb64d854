"""The link by which guests join a class: made, handed on, ended."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Moment, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import guests
from bot.training.guests import GuestLink
from handlers.common.class_screens import class_id
from handlers.common.routes import press


@press("classguests", Action.EDIT_CLASSES)
def show_guests(ctx: Ctx, event: Event) -> Reply:
    """The link, and how many came: `classguests:class`."""
    return Reply(screen=_screen(ctx, guests.of_class(ctx, class_id(event))))


@press("classguestlink", Action.EDIT_CLASSES)
def make_link(ctx: Ctx, event: Event) -> Reply:
    """Make the link: `classguestlink:class`."""
    return Reply(screen=_screen(ctx, guests.make_link(ctx, class_id(event))))


@press("classguestend", Action.EDIT_CLASSES)
def end_link(ctx: Ctx, event: Event) -> Reply:
    """End it: `classguestend:class`; who has joined stays."""
    found = guests.end_link(ctx, class_id(event))
    return Reply(screen=_screen(ctx, found), toast=_("The link does not work any more."))


def _screen(ctx: Ctx, found: GuestLink) -> Screen:
    body: list[Words] = [
        _n("{count} guest has a place.", "{count} guests have a place.", found.guests)
    ]
    if found.expires_at is not None:
        until = Moment(found.expires_at, ctx.actor.zone)
        body += [
            _("Whoever opens this link and types a name is on the list, as long as there are "
              "seats. It works until {moment}:", moment=until),
            found.link,
        ]  # fmt: skip
        main = Button(_("End the link"), f"classguestend:{found.class_id}", guarded=True)
    else:
        body.append(_("Guests have no staff number and see this class only."))
        main = Button(
            _("Make a link"),
            f"classguestlink:{found.class_id}",
            guarded=True,
            style=Style.PRIMARY,
        )
    back = Button(_("« Class {code}", code=found.code), f"class:{found.class_id}")
    return Screen(
        title=_("Guests of class {code}", code=found.code),
        body=tuple(body),
        rows=((main,), (back,)),
        protect=True,
    )
