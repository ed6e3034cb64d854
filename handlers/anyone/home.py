"""The first screen: for a stranger how to link, for a linked person what waits."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Ctx
from bot.i18n import LANGUAGES, Words, _
from bot.people import directory
from bot.screens import Button, Screen, Style
from handlers.common.waiting import waiting_for

STAFF_NO = "link:staff_no"


def first_screen(ctx: Ctx, before: Words = "") -> Screen:
    """Where everybody begins and comes back to; `before` is a sentence above it."""
    if ctx.actor.person_id is None:
        return how_to_link(before)
    return _greeting(ctx, ctx.actor.person_id, before)


def how_to_link(before: Words = "") -> Screen:
    """All that a stranger is told. It says nothing about who is in the roster."""
    return Screen(
        title=_("Welcome to the training desk"),
        body=_paragraphs(
            before,
            _("First the desk has to know who you are. There are three ways:"),
            _("1. Share your telephone number with the button below."),
            _("2. Open the invite link, or scan the invite code, that your office gave you."),
            _("3. Type your staff number here. Your supervisor or the training unit confirms it."),
            _("{languages}: /language", languages=" · ".join(LANGUAGES.values())),
        ),
        share_contact=_("Share my telephone number"),
        asks=STAFF_NO,
    )


def _greeting(ctx: Ctx, person_id: int, before: Words) -> Screen:
    card = directory.card(ctx.session, person_id)
    waiting = list(waiting_for(ctx))
    lines = [one.sentence for one in waiting] or [_("Nothing is waiting for you.")]
    main = waiting[0].button if waiting else Button(_("Menu"), "menu")
    rows = [(replace(main, style=Style.PRIMARY),)]
    if waiting:
        rows.append((Button(_("Menu"), "menu"),))
    return Screen(
        title=_("Hello, {name}.", name=card.greeting),
        body=_paragraphs(before, *lines),
        rows=tuple(rows),
    )


def _paragraphs(*parts: Words) -> tuple[Words, ...]:
    return tuple(part for part in parts if part)
