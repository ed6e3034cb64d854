"""The end of a questionnaire: what was not answered is closed, then results may be read."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlmodel import Session

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation import assignments, results_readers
from bot.evaluation.class_end import REACTION_STAGES, Outcome, oldest_end
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.training import TrainingClass

RESULTS_READY = outbox.declare(
    NoticeKind(
        "results_ready", Urgency.ORDINARY, useful_for=dt.timedelta(days=30), merge="results"
    )
)
CHUNK = 500
COUNTED = (AssignmentState.OPEN, AssignmentState.ANSWERED)


def close_due(ctx: Ctx) -> None:
    """Close assignments whose time is over, and tell whom the results of a class concern."""
    over = ctx.session.scalars(
        select(Assignment)
        .where(Assignment.state == AssignmentState.OPEN, Assignment.closes_at <= ctx.now())
        .order_by(Assignment.closes_at)
        .limit(CHUNK)
        .with_for_update()  # what is being answered right now is answered, or closed, not both
    ).all()
    assignments.close(ctx, over)
    ctx.session.flush()
    for closure in ctx.session.scalars(_finished_classes(ctx)).all():
        closure.closed_results = True
        if closure.outcome == Outcome.ASKED:
            _tell(ctx, ctx.session.get_one(TrainingClass, closure.class_id))


def next_closing(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which something closes."""
    return ctx.session.execute(
        select(func.min(Assignment.closes_at)).where(
            Assignment.state.in_(COUNTED), Assignment.closes_at > after
        )
    ).scalar()


def results_are_open(session: Session, class_id: int) -> bool:
    """Whether a class's questionnaires have closed, so that results may be read."""
    closure = session.get(ClassClosure, class_id)
    return closure is not None and closure.closed_results


def _finished_classes(ctx: Ctx) -> Select[ClassClosure]:
    """Classes past the last closing time of all who were asked, answered or not.

    A small group is finished when nothing could be asked any more.
    """
    now = ctx.now()
    waiting = exists().where(
        Assignment.class_id == ClassClosure.class_id,
        Assignment.stage.in_(REACTION_STAGES),
        or_(
            Assignment.state == AssignmentState.OPEN,
            and_(Assignment.state == AssignmentState.ANSWERED, Assignment.closes_at > now),
        ),
    )
    over = or_(
        ClassClosure.outcome == Outcome.ASKED,
        and_(
            ClassClosure.outcome == Outcome.SMALL_GROUP,
            ClassClosure.occasion < oldest_end(ctx),
        ),
    )
    return select(ClassClosure).where(over, ClassClosure.closed_results.is_(False), ~waiting)


def _tell(ctx: Ctx, held: TrainingClass) -> None:
    for person_id in results_readers.of_class(ctx, held):
        key = f"{person_id}:results_ready:class:{held.id}:{held.ends_on}"
        outbox.tell(ctx, RESULTS_READY, person_id, {"class": held.id}, key=key)
