"""Messages to many: the list of them, a new one, and the page of each by where it stands."""

from __future__ import annotations

from bot.campaigns.broadcasts import cards, drafting, recent
from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, broadcast_words, closing, menu
from handlers.common.class_screens import number_in, with_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, turning
from handlers.common.routes import command, press
from handlers.unit.broadcast_screens import screen_of

MESSAGES = _("Messages to many")
PAGE = 8

menu.menu_entry("broadcasts", MESSAGES, "bcs", Action.BROADCAST, 44)


@closing.offer(16)
def offer_message(ctx: Ctx) -> Button | None:
    """After a form about a message: the way back to it."""
    row = recent.worked_on(ctx)
    if row is None:
        return None
    prefix = "bc" if access.may(ctx, Action.BROADCAST) else "bcok"
    return Button(_("« {title}", title=row.title), f"{prefix}:{row.id}", style=Style.PRIMARY)


@command("messages", Action.BROADCAST, menu=MESSAGES)
@press("bcs", Action.BROADCAST)
def show_messages(ctx: Ctx, event: Event) -> Reply:
    """The messages of the actor and of who sends to a part of their people: `bcs:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("bcnew", Action.BROADCAST)
def begin_message(ctx: Ctx, _event: Event) -> Reply:
    """Ask what it is about and of which kind it is."""
    service.begin(ctx, "broadcast_new")
    return ask_form.show(ctx)


@press("bc", Action.BROADCAST)
def show_message(ctx: Ctx, event: Event) -> Reply:
    """One message: `bc:id:page`."""
    card = cards.card(ctx, number_in(event, 1))
    return Reply(screen=screen_of(ctx, card, number_after(event.text, 2) or 0))


@press("bccopy", Action.BROADCAST)
def copy_message(ctx: Ctx, event: Event) -> Reply:
    """A new draft like this one: `bccopy:id`."""
    copied = drafting.copy(ctx, number_in(event, 1))
    return Reply(screen=screen_of(ctx, copied), toast=_("This is a new draft."))


@press("bcdrop", Action.BROADCAST)
def ask_to_drop(ctx: Ctx, event: Event) -> Reply:
    """Ask before a draft is thrown away: `bcdrop:id`."""
    card = cards.card(ctx, number_in(event, 1))
    rows: Rows = [
        (Button(_("Throw it away"), f"bcdropped:{card.id}", guarded=True, style=Style.DANGER),),
        (Button(_("« The draft"), f"bc:{card.id}"),),
    ]
    body = _("The draft is thrown away with its texts. Nothing was sent.")
    return Reply(screen=Screen(title=card.title, body=(body,), rows=tuple(rows)))


@press("bcdropped", Action.BROADCAST)
def drop(ctx: Ctx, event: Event) -> Reply:
    """Throw a draft away: `bcdropped:id`."""
    drafting.discard(ctx, number_in(event, 1))
    return Reply(screen=_list(ctx, 0), toast=_("The draft was thrown away."))


def _list(ctx: Ctx, number: int) -> Screen:
    found, count = cards.page(ctx, number * PAGE, PAGE)
    pages = max(1, -(-count // PAGE))
    if number >= pages:
        return _list(ctx, pages - 1)
    rows: Rows = [(Button(broadcast_words.in_list(card), f"bc:{card.id}"),) for card in found]
    rows += turning(number, pages, lambda turned: f"bcs:{turned}")
    rows.append((Button(_("New message"), "bcnew", style=Style.PRIMARY),))
    rows.append((Button(_("Audiences"), "auds"),))
    body = _("Choose a message.") if found else _("There are no messages yet.")
    return Screen(title=MESSAGES, body=(body,), rows=with_menu(rows))
