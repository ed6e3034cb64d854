"""A questionnaire sent by mistake is taken back, and whoever got it is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, func, select

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation import anonymous, assignments
from bot.evaluation.class_end import Outcome
from bot.evaluation.stages import STAGES, Stage
from bot.i18n import Text, _
from bot.models.delivery import ItemState, OutboxItem, Urgency
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure, FollowUpReply
from bot.models.forms import AnonymousResponse, Response
from bot.people import access
from bot.people.access_table import Action
from bot.training import class_reach

RECALLED = outbox.declare(
    NoticeKind("recalled", Urgency.ORDINARY, useful_for=dt.timedelta(days=7))
)
RECALLABLE = (AssignmentState.OPEN, AssignmentState.ANSWERED)


@dataclass(frozen=True, slots=True)
class RecallCard:
    """What recalling would do: open ones taken back, answers deleted, people told."""

    class_id: int
    stage: str
    title: Text
    open: int
    answered: int
    told: int


def what_can_be_recalled(ctx: Ctx, class_id: int) -> list[RecallCard]:
    """The questionnaires about a class that are out, each with its counts."""
    _require(ctx, class_id)
    found = {row.stage for row in ctx.session.scalars(_out(ctx, class_id))}
    return [_card(ctx, class_id, STAGES[stage]) for stage in sorted(found)]


def recall(ctx: Ctx, class_id: int, stage_name: str) -> RecallCard:
    """Take a questionnaire back: open ones are lifted, answers given so far are deleted.

    Whoever was shown it is told. Refuses where nothing is out, and after the closing.
    """
    _require(ctx, class_id)
    card = _card(ctx, class_id, STAGES[stage_name])
    if not card.open and not card.answered:
        raise Refusal(_("There is nothing to take back: this questionnaire is not out."))
    out = _out(ctx, class_id).where(Assignment.stage == stage_name)
    # Held before the answers are deleted: none comes in behind that.
    held = out.order_by(Assignment.id).with_for_update()
    rows = ctx.session.scalars(held.execution_options(populate_existing=True)).all()
    told = [row for row in rows if _was_sent(ctx, row)]
    _delete_answers(ctx, class_id, stage_name)
    assignments.lift(ctx, rows, assignments.RECALLED)
    for row in rows:
        row.state, row.reason = AssignmentState.RECALLED, assignments.RECALLED
    for row in told:
        key = f"task:{row.id}:recalled"
        outbox.tell(ctx, RECALLED, row.person_id, {"class": class_id}, key=key)
    _mark_closure(ctx, class_id, stage_name)
    ctx.session.flush()
    audit.record(
        ctx,
        "questionnaire.recalled",
        "class",
        class_id,
        stage=stage_name,
        open=card.open,
        answered=card.answered,
    )
    return card


def _require(ctx: Ctx, class_id: int) -> None:
    access.require(ctx, Action.RECALL)
    class_reach.require_editor(ctx, class_id)


def _card(ctx: Ctx, class_id: int, stage: Stage) -> RecallCard:
    rows = ctx.session.scalars(_out(ctx, class_id).where(Assignment.stage == stage.name)).all()
    return RecallCard(
        class_id=class_id,
        stage=stage.name,
        title=stage.title,
        open=sum(row.state is AssignmentState.OPEN for row in rows),
        answered=sum(row.state is AssignmentState.ANSWERED for row in rows),
        told=sum(_was_sent(ctx, row) for row in rows),
    )


def _out(ctx: Ctx, class_id: int) -> Select[Assignment]:
    """What can be taken back; once closed, answers stand."""
    return select(Assignment).where(
        Assignment.class_id == class_id,
        Assignment.state.in_(RECALLABLE),
        Assignment.closes_at > ctx.now(),
    )


def _was_sent(ctx: Ctx, row: Assignment) -> bool:
    assert row.id is not None
    return (
        ctx.session.scalars(
            select(func.count()).where(
                OutboxItem.unique_key == assignments.due_key(row.id), _went_out()
            )
        ).one()
        > 0
    )


def _went_out() -> ColumnElement[bool]:
    return OutboxItem.state.in_((ItemState.CLAIMED, ItemState.SENT, ItemState.UNKNOWN))


def _delete_answers(ctx: Ctx, class_id: int, stage: str) -> None:
    ctx.session.execute(
        delete(AnonymousResponse).where(
            AnonymousResponse.class_id == class_id, AnonymousResponse.stage == stage
        )
    )
    anonymous.ask_for_wipe(ctx.session)
    given = select(Assignment.id).where(Assignment.class_id == class_id, Assignment.stage == stage)
    reports = select(Response.id).where(Response.assignment_id.in_(given))
    ctx.session.execute(delete(FollowUpReply).where(FollowUpReply.response_id.in_(reports)))
    ctx.session.execute(delete(Response).where(Response.assignment_id.in_(given)))


def _mark_closure(ctx: Ctx, class_id: int, stage: str) -> None:
    closure = ctx.session.get(ClassClosure, class_id)
    if closure is not None and stage == "reaction_trainee":
        closure.outcome = Outcome.RECALLED
