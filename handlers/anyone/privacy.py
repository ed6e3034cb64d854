"""The privacy notice: shown after linking and whenever it changes, accepted once."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people import privacy
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.anyone import home
from handlers.common import menu
from handlers.common.numbers import number_after
from handlers.common.routes import command, press

is_due = privacy.is_due


def ask(_ctx: Ctx) -> Reply:
    """The notice in force, to be accepted before anything else."""
    return Reply(screen=privacy.screen())


@press("privacy", None)
def accept(ctx: Ctx, event: Event) -> Reply:
    """Accept it and go on: `privacy:version`."""
    version = number_after(event.text)
    if ctx.actor.person_id is None or version is None:
        return Reply(screen=home.first_screen(ctx))
    is_new = privacy.accept(ctx, version)
    toast = _("Thank you.") if is_new else _("You have accepted this notice before.")
    return Reply(screen=home.first_screen(ctx), toast=toast)


@command("privacy", Action.USE_DESK)
def read_again(_ctx: Ctx, _event: Event) -> Reply:
    """The notice again, for somebody who has accepted it."""
    shown = privacy.screen()
    rows = ((Button(_("What is kept about me"), "mydata"),), menu.back_to_menu())
    return Reply(screen=Screen(title=shown.title, body=shown.body, rows=rows))
