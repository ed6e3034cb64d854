"""A question that the approver puts to the officer before deciding, and the officer's answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.approvals import Approval, Decision
from bot.models.delivery import Urgency
from bot.models.training import Enrolment
from bot.people import directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import approvals, catalogue
from bot.training.catalogue import ClassCard

ANSWER = "answer"
APPROVAL_ANSWERED = outbox.declare(
    NoticeKind("approval_answered", Urgency.ORDINARY, merge="approvals", repeats=True)
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was asked back; `answer` is "" as long as there is none."""

    id: int
    asker: Texts
    question: str
    answer: str
    held: ClassCard


def question(ctx: Ctx, approval_id: int) -> Exchange:
    """A question to the actor that can still be answered; refuses all others."""
    return _exchange(ctx, _open_question(ctx, approval_id))


def answer(ctx: Ctx, approval_id: int, words: str) -> Exchange:
    """Answer a question about one's own request; who decides is told.

    Refuses one that is answered, and a request that has been decided meanwhile.
    """
    asked = _open_question(ctx, approval_id)
    asked.letter = {**asked.letter, ANSWER: words}
    waiting = approvals.open_about(ctx, asked.enrolment_id)
    assert waiting is not None, "that was asked just now"
    waiting.passed_on_at, waiting.reminded_at = ctx.now(), None
    ctx.session.flush()
    audit.record(ctx, "approval.answered", "approval", asked.id)
    for person_id in approvals.receivers(ctx, waiting):
        key = f"approval:{asked.id}:answered:{person_id}"
        params = {"approval": waiting.id, "question": asked.id}
        outbox.tell(ctx, APPROVAL_ANSWERED, person_id, params, key=key)
    return _exchange(ctx, asked)


def exchanges(ctx: Ctx, approval: Approval) -> tuple[Exchange, ...]:
    """What was asked back about this request before, the first first."""
    rows = ctx.session.scalars(
        select(Approval)
        .where(
            Approval.enrolment_id == approval.enrolment_id,
            Approval.asked_at == approval.asked_at,
            Approval.decision == Decision.ASKED_BACK,
            Approval.ended_at.is_not(None),
        )
        .order_by(Approval.id)
    )
    return tuple(_exchange(ctx, row) for row in rows)


def _open_question(ctx: Ctx, approval_id: int) -> Approval:
    asked = ctx.session.get(Approval, approval_id, with_for_update=True, populate_existing=True)
    row = ctx.session.get(Enrolment, asked.enrolment_id) if asked is not None else None
    if asked is None or row is None or row.person_id != ctx.actor.person_id:
        sentence = _("This question was not put to you.")
        raise OutOfReach(Action.USE_DESK, approval_id, "approval", sentence)
    if asked.decision is not Decision.ASKED_BACK or asked.ended_at is None:
        raise Refusal(_("This question has been taken back."))
    if asked.letter.get(ANSWER):
        raise Refusal(_("You have answered this question already."))
    waiting = approvals.open_about(ctx, asked.enrolment_id)
    if waiting is None or waiting.asked_at != asked.asked_at:
        raise Refusal(_("Your request has been decided meanwhile."))
    return asked


def _exchange(ctx: Ctx, asked: Approval) -> Exchange:
    assert asked.id is not None
    assert asked.decided_by is not None
    row = ctx.session.get_one(Enrolment, asked.enrolment_id)
    return Exchange(
        id=asked.id,
        asker=directory.name_of(ctx.session, asked.decided_by),
        question=asked.reason,
        answer=str(asked.letter.get(ANSWER, "")),
        held=catalogue.card(ctx, row.class_id),
    )
