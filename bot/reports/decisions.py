"""The one decision that has waited longest for somebody, in words and as a button."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.campaigns.broadcasts import cards
from bot.context import Ctx
from bot.i18n import Words, _, _n
from bot.models.approvals import Approval
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button
from bot.training import approval_cards


@dataclass(frozen=True, slots=True)
class Decision:
    """What waits, since when, how many of its kind there are, and where it is decided."""

    words: Words
    since: dt.datetime
    count: int
    button: Button

    @property
    def others(self) -> Words:
        """How many more of the kind wait."""
        return _n("{count} more waits.", "{count} more wait.", self.count - 1)


def oldest(ctx: Ctx) -> Decision | None:
    """What has waited longest for the actor; None where nothing does."""
    found = [one for one in (_message(ctx), _request(ctx)) if one is not None]
    return min(found, key=lambda one: one.since, default=None)


def _message(ctx: Ctx) -> Decision | None:
    if not access.may(ctx, Action.APPROVE_BROADCAST):
        return None
    waiting = cards.waiting_for_approval(ctx)
    if not waiting:
        return None
    first = min(waiting, key=lambda card: card.made_at)
    words = _("A message to many: {title}", title=first.title)
    return Decision(words, first.made_at, len(waiting), Button(_("Messages to approve"), "bcoks"))


def _request(ctx: Ctx) -> Decision | None:
    if not access.may(ctx, Action.DECIDE):
        return None
    waiting = approval_cards.waiting(ctx)
    if not waiting:
        return None
    first = waiting[0]
    asked_at = ctx.session.get_one(Approval, first.id).asked_at
    words = _("{name} asks for a place: {course}", name=first.name, course=first.course)
    return Decision(words, asked_at, len(waiting), Button(_("Requests to decide"), "apps"))
