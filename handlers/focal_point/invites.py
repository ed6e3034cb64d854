"""Invites: a sheet to print for an office, or a link for one person."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people import directory, invites
from bot.people.access_table import Action
from bot.people.invites import OfficeToInvite
from bot.screens import Button, Reply, Screen, Style
from bot.work import queue as work
from handlers.common import menu
from handlers.common.numbers import number_of
from handlers.common.routes import press, text

ASKS = "invites:office"

menu.menu_entry("invites", _("Invites"), "invites", Action.INVITE, 50, menu.Part.PEOPLE)


@press("invites", Action.INVITE)
def show_offices(ctx: Ctx, _event: Event) -> Reply:
    """The offices where most people have no account yet."""
    return Reply(screen=_offices(invites.offices(ctx)))


@text("invites", Action.INVITE)
def find_office(ctx: Ctx, event: Event) -> Reply:
    """Offices by a typed part of their name."""
    return Reply(screen=_offices(invites.offices(ctx, event.text)))


@press("invite", Action.INVITE)
def invite_office(ctx: Ctx, event: Event) -> Reply:
    """`invite:office` says what would be made, `invite:office:go` makes it."""
    _invite, number, *said = [*event.text.split(":"), ""]
    unit_id = number_of(number) or 0
    waiting = invites.unlinked(ctx, unit_id)
    if not waiting:
        raise Refusal(_("Everybody in this office is linked already."))
    if said[:1] != ["go"]:
        return Reply(screen=_question(ctx, unit_id, len(waiting)))
    work.queue(ctx, "invite_sheet", {"unit": unit_id})
    sentence = _("The sheet is being made. It comes here as a file, ready to print.")
    return Reply(screen=Screen(body=(sentence,), rows=(menu.back_to_menu(),)))


@press("onelink", Action.INVITE)
def invite_one(ctx: Ctx, event: Event) -> Reply:
    """A link for one person, to be handed over now: `onelink:person`."""
    about = number_of(event.text.partition(":")[2])
    if about is None:
        raise Refusal(_("Choose the person again."))
    card = directory.require_card(ctx, about, Action.INVITE)
    made = invites.make(ctx, [card.id])[0]
    body: tuple[Words, ...] = (
        _(
            "Give this link to {name} and to nobody else. It works once, until {day}.",
            name=made.name,
            day=made.expires_at.date(),
        ),
        made.link,
        _("Links made earlier for this person do not work any more."),
    )
    return Reply(
        screen=Screen(
            title=_("Invite for {name}", name=made.name),
            body=body,
            rows=(menu.back_to_menu(),),
            protect=True,
        )
    )


def _offices(found: list[OfficeToInvite]) -> Screen:
    rows = [
        (
            Button(
                _("{office}: {count}", office=one.office.name, count=one.count),
                f"invite:{one.office.id}",
            ),
        )
        for one in found
    ]
    body = (
        _(
            "The number says how many people have no account yet. Choose an office, or type "
            "part of its name."
        )
        if found
        else _("No office was found in which somebody still has to be invited.")
    )
    return Screen(title=_("Invites"), body=(body,), rows=(*rows, menu.back_to_menu()), asks=ASKS)


def _question(ctx: Ctx, unit_id: int, count: int) -> Screen:
    office = directory.office(ctx.session, unit_id)
    return Screen(
        title=office.name,
        body=(
            _n(
                "{count} person has no account yet.",
                "{count} people have no account yet.",
                count,
            ),
            _(
                "A sheet with one code for each can be printed, cut and handed out. A code works "
                "once, for 30 days. Codes and links from earlier sheets stop working."
            ),
        ),
        rows=(
            (
                Button(
                    _("Make the sheet"), f"invite:{unit_id}:go", guarded=True, style=Style.PRIMARY
                ),
            ),
            (Button(_("« Offices"), "invites"),),
        ),
    )
