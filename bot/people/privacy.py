"""The privacy notice: what it says, which version is in force, who has accepted it."""

from __future__ import annotations

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.people import chats
from bot.screens import Button, Screen, Style

# Raise by one whenever the notice's meaning changes; everybody is asked again, once.
VERSION = 1

PARAGRAPHS: tuple[Text, ...] = (
    _("Rollcall is the training desk of your administration. The training unit runs it."),
    _(
        "It keeps your entry in the roster, your classes and results, and what you answer "
        "here. /mydata shows you all of it."
    ),
    _(
        "Your supervisor sees your classes and what you still owe. The training unit sees the "
        "answers that you give under your name."
    ),
    _(
        "A questionnaire without names says so on its first screen. Its answers are kept "
        "without anything that tells who gave them."
    ),
    _("Every decision and every change is kept with who made it and when."),
    _("Telegram carries the messages. Do not write about cases or secrets here."),
)


def screen() -> Screen:
    """The notice in force, with the button that accepts it."""
    accept = Button(_("I have read this"), f"privacy:{VERSION}", style=Style.PRIMARY)
    return Screen(title=_("Privacy notice"), body=PARAGRAPHS, rows=((accept,),))


def is_due(version: int) -> bool:
    """Whether somebody who accepted this version has to be shown the notice in force."""
    return version < VERSION


def is_pending(ctx: Ctx) -> bool:
    """Whether the speaker is linked and has not accepted the notice in force."""
    return ctx.actor.person_id is not None and is_due(chats.mine(ctx).privacy_version)


def accept(ctx: Ctx, version: int) -> bool:
    """Accept the notice; False if it was accepted before.

    Refuses the button of an older notice: what that one said is not in force any more.
    """
    if version != VERSION:
        raise Refusal(_("This notice has been replaced. Send /start to read the one in force."))
    chat = chats.own_row(ctx)
    if not is_due(chat.privacy_version):
        return False
    chat.privacy_version = version
    audit.record(ctx, "privacy.accepted", "chat", version=version, user_id=chat.user_id)
    return True
