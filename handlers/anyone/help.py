"""/help: what one can do here, by role; and what is said to words nobody asked for."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event, EventKind
from bot.forms import service
from bot.i18n import Lines, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.anyone import home
from handlers.common import ask_form, free_words, menu
from handlers.common.routes import command, press, text

NOT_ASKED = _("Nothing was asked just now, so these words were not kept.")
STILL_OPEN = _("These words were not kept. This question is still open:")
UNREADABLE = _("Pictures, stickers and voice messages cannot be read here.")

menu.menu_entry("help", _("Help"), "help", Action.USE_DESK, 99, menu.Part.DESK)


@command("help", None, menu=_("Help"))
@press("help", None)
def show_help(ctx: Ctx, _event: Event) -> Reply:
    """The commands of the person's roles; to a stranger, how to link."""
    return Reply(screen=_help(ctx))


@text("", None)
def unexpected(ctx: Ctx, event: Event) -> Reply:
    """Words while nothing is asked: an answer to those that are understood, else what to do; the
    same for what nobody can read.
    """
    if ctx.actor.person_id is None:
        return Reply(screen=home.how_to_link())
    unreadable = event.kind is EventKind.OTHER
    answer = None if unreadable else free_words.understood(ctx, event.text)
    if answer is not None:
        return Reply(screen=answer)
    if service.current_draft(ctx) is not None:
        return ask_form.show(ctx, UNREADABLE if unreadable else STILL_OPEN, fresh=True)
    return Reply(screen=home.first_screen(ctx, UNREADABLE if unreadable else NOT_ASKED))


def _help(ctx: Ctx) -> Screen:
    if ctx.actor.person_id is None:
        return home.how_to_link()
    commands: tuple[Words, ...] = tuple(
        f"/{name}: {line}" for name, line in menu.command_menu(access.roles(ctx), ctx.language)
    )
    return Screen(
        title=_("Help"),
        body=(
            _("You answer with buttons or by typing. What you have answered is never lost."),
            Lines(commands),
            _("If something is wrong or missing, ask the training unit."),
        ),
        rows=((Button(_("Ask the training unit"), "ask"),), menu.back_to_menu()),
    )
