"""The buttons under a message to many: read and understood, and the questionnaire it asks for."""

from __future__ import annotations

from bot.campaigns.broadcasts import acknowledging, answering
from bot.context import Ctx
from bot.events import Event
from bot.i18n import _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu
from handlers.common.routes import press


@press("bcread", Action.USE_DESK)
def confirm(ctx: Ctx, event: Event) -> Reply:
    """Note that it was read and understood: `bcread:id`."""
    if acknowledging.acknowledge(ctx, number_in(event, 1)):
        return Reply(toast=_("Thank you. It is noted that you have read and understood this."))
    return Reply(toast=_("It was noted before that you have read and understood this."))


@press("bcform", Action.USE_DESK)
def offer_questionnaire(ctx: Ctx, event: Event) -> Reply:
    """Say whose the answers are, before anything is asked: `bcform:id`."""
    about = number_in(event, 1)
    title = answering.title_for(ctx, about)
    body = (_("Your answers are kept with your name. The training unit reads them."),)
    begin = Button(_("Begin"), f"bcformgo:{about}", style=Style.PRIMARY)
    return Reply(
        screen=Screen(title=title, body=body, rows=((begin,), back_to_menu())), fresh=True
    )


@press("bcformgo", Action.USE_DESK)
def begin_questionnaire(ctx: Ctx, event: Event) -> Reply:
    """The first question: `bcformgo:id`."""
    answering.begin(ctx, number_in(event, 1))
    return ask_form.show(ctx)
