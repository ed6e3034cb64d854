"""When a form may be answered: from when, until when, and for how long once it was begun.

The end is stored when a draft is begun, so that nothing that happens later moves it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.definition import FormDefinition
from bot.forms.rules import closing, deadline, opening, rules_of
from bot.i18n import Moment, _
from bot.models.chats import Chat
from bot.models.forms import Draft

if TYPE_CHECKING:
    from bot.forms.service import OpenDraft

QUESTIONS = frozenset({"q", "qf"})
"""How what a chat asks begins while it is a question of a form."""


def require_open(ctx: Ctx, form: FormDefinition) -> None:
    """Refuses a form whose time has not come, or is over."""
    rules, zone = rules_of(form), ctx.actor.zone
    opens, closes = opening(rules.opens, zone), closing(rules.closes, zone)
    if opens is not None and ctx.now() < opens:
        raise Refusal(
            _("“{form}” opens {moment}. Please come back then.", form=form.title,
              moment=Moment(opens, zone))
        )  # fmt: skip
    if closes is not None and ctx.now() >= closes:
        raise Refusal(
            _("“{form}” closed {moment}. It cannot be begun any more.", form=form.title,
              moment=Moment(closes, zone))
        )  # fmt: skip


def ends_at(ctx: Ctx, form: FormDefinition) -> dt.datetime | None:
    """When a draft that is begun now is handed in as it stands; None if there is no such time."""
    return deadline(rules_of(form), ctx.now(), ctx.actor.zone)


def asks_what_is_finished(ctx: Ctx) -> bool:
    """Whether the actor's chat still shows a question of a draft that is not there any more."""
    asks = ctx.session.execute(
        select(Chat.asks).where(Chat.user_id == ctx.actor.user_id)
    ).scalar_one_or_none()
    kind, _colon, rest = (asks or "").partition(":")
    number = rest.partition(":")[0]
    if kind not in QUESTIONS or not number.isdecimal():
        return False
    return ctx.session.get(Draft, int(number)) is None


def is_over(ctx: Ctx, draft: OpenDraft, sent_at: dt.datetime | None = None) -> bool:
    """Whether time was up now, or when an answer was sent, where that is known."""
    at = ctx.now() if sent_at is None else min(sent_at, ctx.now())
    return draft.ends_at is not None and at >= draft.ends_at
