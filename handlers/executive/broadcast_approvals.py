"""The second pair of eyes: a message to many is read, approved, or given back with a reason."""

from __future__ import annotations

from bot.campaigns.broadcasts import cards, sending
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.states import Act
from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import LANGUAGES, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, broadcast_words
from handlers.common.class_screens import number_in, with_menu
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.routes import command, press
from handlers.common.waiting import Waiting, waiting_counter

WAITING = _("Messages to approve")
PER_PAGE = 8


@waiting_counter("broadcasts", Action.APPROVE_BROADCAST, 35)
def count_waiting(ctx: Ctx) -> Waiting:
    """How many messages wait for a second person."""
    count = len(cards.waiting_for_approval(ctx))
    sentence = _n(
        "{count} message to many waits for approval.",
        "{count} messages to many wait for approval.",
        count,
    )
    return Waiting(sentence, Button(WAITING, "bcoks"))


@command("approve", Action.APPROVE_BROADCAST, menu=WAITING)
@press("bcoks", Action.APPROVE_BROADCAST)
def show_waiting(ctx: Ctx, event: Event) -> Reply:
    """The messages that the actor may approve: `bcoks:page`."""
    page = page_of(cards.waiting_for_approval(ctx), number_after(event.text) or 0, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"bcok:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"bcoks:{turned}")
    body = _("Choose a message.") if page.shown else _("No message waits for approval.")
    return Reply(screen=Screen(title=WAITING, body=(body,), rows=with_menu(rows)))


@press("bcok", Action.APPROVE_BROADCAST)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """One message in one language: `bcok:id:language:page`."""
    card = cards.card(ctx, number_in(event, 1))
    named = event.text.split(":")[2:3]
    language = named[0] if named and named[0] in card.texts else _first(ctx, card)
    return Reply(screen=_screen(ctx, card, language, number_after(event.text, 3) or 0))


@press("bcokyes", Action.APPROVE_BROADCAST)
def approve(ctx: Ctx, event: Event) -> Reply:
    """Let it go out: `bcokyes:id`."""
    card = sending.approve(ctx, number_in(event, 1))
    sentence = _("“{title}” is approved. It goes out now, or at its time.", title=card.title)
    return Reply(screen=Screen(body=(sentence,), rows=((Button(WAITING, "bcoks"),),)))


@press("bcokno", Action.APPROVE_BROADCAST)
def decline(ctx: Ctx, event: Event) -> Reply:
    """Ask for the reason, and give it back: `bcokno:id`."""
    card = cards.card(ctx, number_in(event, 1))
    if not card.can(Act.APPROVE):
        return Reply(toast=_("This message does not wait for approval any more."), fresh=True)
    service.begin(ctx, "broadcast_decline", {"broadcast_id": card.id})
    return ask_form.show(ctx)


def _first(ctx: Ctx, card: BroadcastCard) -> str:
    """The reader's own language, where there is a text in it."""
    return ctx.language if ctx.language in card.texts else card.fallback


def _label(card: BroadcastCard) -> Words:
    if card.size is None:
        return card.title
    return _n("{title}: {count} person", "{title}: {count} people", card.size, title=card.title)


def _screen(ctx: Ctx, card: BroadcastCard, language: str, number: int) -> Screen:
    page = page_of_lines([*_facts(ctx, card), "", card.texts.get(language, "")], number)
    rows: Rows = page.rows(lambda turned: f"bcok:{card.id}:{language}:{turned}")
    others = [one for one in card.texts if one != language]
    if others:
        rows.append(
            tuple(Button(LANGUAGES.get(one, one), f"bcok:{card.id}:{one}:0") for one in others)
        )
    if card.can(Act.APPROVE):
        yes = Button(_("Approve"), f"bcokyes:{card.id}", guarded=True, style=Style.SUCCESS)
        rows.append((yes, Button(_("Give it back"), f"bcokno:{card.id}")))
    rows.append((Button(_("« Messages to approve"), "bcoks"),))
    return Screen(title=card.title, body=page.shown, rows=tuple(rows))


def _facts(ctx: Ctx, card: BroadcastCard) -> list[Words]:
    """By whom, to whom, how many, when, with what."""
    lines: list[Words] = []
    if card.maker is not None:
        lines.append(_("Made by {name}", name=card.maker))
    if card.size is not None:
        lines.append(_n("It goes to {count} person.", "It goes to {count} people.", card.size))
    lines += [
        *broadcast_words.to_whom(ctx, card),
        broadcast_words.when(ctx, card),
        *broadcast_words.file(card),
        *broadcast_words.buttons(card),
    ]
    return lines
