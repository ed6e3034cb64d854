"""/start, which may be sent at any time, and with an invite."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people import privacy
from bot.screens import Reply
from bot.training import guests, verification
from handlers.anyone import guest, home, link, verify
from handlers.common.routes import command, press


@command("start", None, menu=_("Begin, and see what waits"))
def start(ctx: Ctx, event: Event) -> Reply:
    """Greet, say what waits, offer one thing to do; with a token, link first.

    The code printed on a certificate opens the chat, too, and so does the link for guests.
    """
    code = verification.code_of_link(event.text)
    if code is not None:
        return verify.check(ctx, code)
    token = guests.token_in(event.text)
    if token is not None:
        return guest.open_link(ctx, token)
    if event.text:
        return link.open_invite(ctx, event.text)
    return _begin(ctx)


@press("home", None)
def back_home(ctx: Ctx, _event: Event) -> Reply:
    """The first screen in place of the one that led to it."""
    return _begin(ctx)


def _begin(ctx: Ctx) -> Reply:
    if privacy.is_pending(ctx):
        return Reply(screen=privacy.screen())
    return Reply(screen=home.first_screen(ctx))
