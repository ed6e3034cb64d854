"""/language: each language in its own name, one tap to change."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import LANGUAGES, _
from bot.people import chats
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.anyone import home
from handlers.common import ask_form, menu
from handlers.common.routes import command, press

menu.menu_entry("language", _("Language"), "languages", Action.USE_DESK, 95, menu.Part.DESK)


@command("language", None, menu=_("Language"))
@press("languages", None)
def show_languages(ctx: Ctx, _event: Event) -> Reply:
    """The languages Rollcall speaks."""
    return Reply(screen=_languages(ctx))


@press("language", None)
def choose_language(ctx: Ctx, event: Event) -> Reply:
    """Take the choice, and show in it that it holds: `language:code`."""
    _name, _colon, language = event.text.partition(":")
    chats.choose_language(ctx, language)
    toast = _("The language has been changed.")
    if service.current_draft(ctx) is not None:
        again = ask_form.show(replace(ctx, actor=replace(ctx.actor, language=language)))
        return replace(again, toast=toast, language=language)
    return Reply(screen=home.first_screen(ctx), toast=toast, language=language)


def _languages(ctx: Ctx) -> Screen:
    rows: list[tuple[Button, ...]] = [
        (Button(f"✓ {name}" if code == ctx.language else name, f"language:{code}"),)
        for code, name in LANGUAGES.items()
    ]
    if ctx.actor.person_id is not None:
        rows.append(menu.back_to_menu())
    return Screen(title=_("Language"), body=(_("Choose your language."),), rows=tuple(rows))
