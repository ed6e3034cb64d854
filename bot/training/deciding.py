"""Somebody decides about a request: the one it waits for, or the training unit from a signed
letter.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.approvals import Decision
from bot.models.training import Enrolment
from bot.people import access
from bot.people.access_table import Action
from bot.training import approval_cards, approvals
from bot.training.approval_cards import RequestLine


@dataclass(frozen=True, slots=True)
class Letter:
    """The signed letter from which something is decided in somebody's place."""

    number: str
    date: dt.date


def approve(ctx: Ctx, approval_id: int, letter: Letter | None = None) -> RequestLine:
    """Approve a request, or have training put off; refuses as `approvals.decide` does.

    Without a letter it also refuses what waits for somebody else.
    """
    return _decide(ctx, approval_id, Decision.APPROVED, "", letter)


def decline(ctx: Ctx, approval_id: int, why: str, letter: Letter | None = None) -> RequestLine:
    """Decline with a reason, which the officer is told; refuses as `approve` does."""
    return _decide(ctx, approval_id, Decision.DECLINED, why, letter)


def ask_back(ctx: Ctx, approval_id: int, question: str) -> RequestLine:
    """Put a question to the officer first; the request stays open. Refuses as `approve` does."""
    return _decide(ctx, approval_id, Decision.ASKED_BACK, question, None)


def require_own(ctx: Ctx, approval_id: int) -> None:
    """Refuse unless the request is open and waits for the actor."""
    approvals.require_open(ctx, approval_id)
    if not ctx.actor.is_system and not approvals.is_with_actor(ctx, approval_id):
        card = approval_cards.card(ctx, approval_id)
        raise Refusal(
            _(
                "This waits for {name}. You can decide it from a signed letter.",
                name=card.with_whom,
            )
        )


def require_overruler(ctx: Ctx, approval_id: int) -> None:
    """Refuse unless the request is open and the actor may decide it in somebody's place."""
    approval = approvals.require_open(ctx, approval_id)
    row = ctx.session.get_one(Enrolment, approval.enrolment_id)
    access.require(ctx, Action.OVERRULE, row.person_id)


def _decide(
    ctx: Ctx, approval_id: int, decision: Decision, reason: str, letter: Letter | None
) -> RequestLine:
    kept = None
    if letter is None:
        require_own(ctx, approval_id)
    else:
        require_overruler(ctx, approval_id)
        kept = {"number": letter.number, "date": letter.date.isoformat()}
    approvals.decide(ctx, approval_id, decision, reason, kept)
    return approval_cards.line(ctx, approval_id)
