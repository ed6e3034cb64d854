"""A guest opens the link of a class, types a name, and is on its list."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Words, _
from bot.screens import Button, Reply, Screen
from bot.training import guests
from bot.training.catalogue import ClassCard
from handlers.anyone import home
from handlers.common.class_screens import dates_words, hours_words
from handlers.common.routes import text


def open_link(ctx: Ctx, token: str) -> Reply:
    """What the class is; a stranger is asked for a name, an officer shown the class."""
    held = guests.invited_to(ctx, token)
    if held is None:
        return Reply(screen=home.first_screen(ctx, guests.NO_LINK))
    if ctx.actor.person_id is None:
        return Reply(screen=_name_asked(held, token))
    if guests.is_guest(ctx):
        guests.join(ctx, token, "")
        return Reply(screen=_joined(held))
    body = (_("This link is for guests. You can ask for a place."), *_facts(held))
    rows = ((Button(_("Show the class"), f"c:{held.id}"),),)
    return Reply(screen=Screen(title=held.title, body=body, rows=rows))


@text("guest", None)
def type_name(ctx: Ctx, event: Event) -> Reply:
    """The name as it should stand on the list; what is none is asked for again."""
    token = event.asks.partition(":")[2]
    if not guests.is_name(event.text):
        asked = guests.invited_to(ctx, token)
        if asked is not None:
            return Reply(screen=_name_asked(asked, token, guests.NO_NAME))
    held = guests.join(ctx, token, event.text)
    return Reply(screen=_joined(held))


def _name_asked(held: ClassCard, token: str, problem: Words = "") -> Screen:
    return Screen(
        above=problem,
        title=_("You are invited to a class"),
        body=(
            held.title,
            *_facts(held),
            "",
            _("Type your name as it should stand on the list. Nothing else is asked of you."),
        ),
        asks=f"guest:{token}",
    )


def _joined(held: ClassCard) -> Screen:
    return Screen(
        title=_("You are on the list"),
        body=(held.title, *_facts(held)),
        remove_keyboard=True,
    )


def _facts(held: ClassCard) -> list[Words]:
    lines: list[Words] = [dates_words(held), hours_words(held)]
    if held.place:
        lines.append(_("Place: {place}", place=held.place))
    return lines
