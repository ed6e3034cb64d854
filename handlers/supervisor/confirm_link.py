"""Somebody says that they are an officer of one's team: confirm it or turn it down."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people import link_requests, request_cards
from bot.people.access_table import Action
from bot.people.request_cards import RequestCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common import menu
from handlers.common.numbers import number_after, number_of
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

PER_PAGE = 8

menu.menu_entry("links", _("Requests to link"), "links", Action.CONFIRM_LINK, 60, menu.Part.PEOPLE)


@waiting_counter("links", Action.CONFIRM_LINK, 30)
def count_requests(ctx: Ctx) -> Waiting:
    """How many requests the actor can decide."""
    count = link_requests.count_waiting(ctx)
    sentence = _n("{count} person wants to be linked.", "{count} people want to be linked.", count)
    return Waiting(sentence, Button(_("Requests to link"), "links"))


@press("links", Action.CONFIRM_LINK)
def show_requests(ctx: Ctx, event: Event) -> Reply:
    """The requests that wait, oldest first: `links:page`."""
    page = page_of(link_requests.waiting(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [
        (
            Button(
                _("{name}, {unit}", name=card.person.name, unit=card.person.unit),
                f"link:{card.id}",
            ),
        )
        for card in page.shown
    ]
    rows += page.rows(lambda turned: f"links:{turned}")
    empty = () if page.shown else (_("No request is waiting."),)
    return Reply(
        screen=Screen(title=_("Requests to link"), body=empty, rows=(*rows, menu.back_to_menu()))
    )


@press("link", Action.CONFIRM_LINK)
def decide(ctx: Ctx, event: Event) -> Reply:
    """`link:id` shows a request, `link:id:yes` confirms it, `link:id:no` turns it down."""
    _link, number, *said = [*event.text.split(":"), ""]
    request_id = number_of(number) or 0
    if said[:1] == ["yes"]:
        card = link_requests.confirm(ctx, request_id)
        return _decided(_("{name} is linked now and has been told.", name=card.name))
    if said[:1] == ["no"]:
        card = link_requests.refuse(ctx, request_id)
        return _decided(
            _(
                "The request in the name of {name} is turned down. Who sent it is not told.",
                name=card.name,
            )
        )
    return Reply(screen=_request(ctx, link_requests.get(ctx, request_id)))


def _decided(sentence: Words) -> Reply:
    rows = ((Button(_("Requests to link"), "links"),), menu.back_to_menu())
    return Reply(screen=Screen(body=(sentence,), rows=rows))


def _request(ctx: Ctx, card: RequestCard) -> Screen:
    if not request_cards.is_open(card, ctx.now()):
        return Screen(
            body=(_("This request has been decided or is too old."),), rows=(menu.back_to_menu(),)
        )
    choice = (
        Button(_("Confirm"), f"link:{card.id}:yes", guarded=True, style=Style.SUCCESS),
        Button(_("Turn down"), f"link:{card.id}:no", guarded=True, style=Style.DANGER),
    )
    return Screen(
        title=_("Is this {name}?", name=card.person.name),
        body=request_cards.facts(card, ctx.actor.zone),
        rows=(choice, (Button(_("Later"), "links"),)),
        protect=True,
    )
