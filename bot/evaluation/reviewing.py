"""The unit's desk of comments: which wait, what is decided, and that the trainer hears of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.calendar import add_months
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.evaluation import class_results, closing, comment_review
from bot.evaluation.stages import REACTION_TRAINEE
from bot.i18n import Texts, _, _n
from bot.models.delivery import Urgency
from bot.models.evaluation import ClassClosure, CommentReview
from bot.models.training import Course, TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.training import catalogue, class_reach, trainers

COMMENTS_READY = outbox.declare(
    NoticeKind(
        "comments_ready", Urgency.ORDINARY, useful_for=dt.timedelta(days=30), merge="comments"
    )
)
MONTHS = 12
"""Older classes are in the reports; their comments wait no more."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment before the unit; `shown` is None as long as nobody has decided."""

    token: str
    question: Texts | str
    text: str
    shown: bool | None


@dataclass(frozen=True, slots=True)
class Stack:
    """The comments of one class, and how many of them wait."""

    class_id: int
    code: str
    title: Texts
    comments: tuple[Comment, ...]

    @property
    def waiting(self) -> int:
        return sum(one.shown is None for one in self.comments)


def stacks(ctx: Ctx) -> list[tuple[int, str, Texts]]:
    """The closed classes of the last year that the actor may correct, the latest first."""
    access.require(ctx, Action.EDIT_CLASSES)
    rows = ctx.session.execute(
        select(TrainingClass.id, TrainingClass.code, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .join(ClassClosure, ClassClosure.class_id == TrainingClass.id)
        .where(
            ClassClosure.closed_results,
            TrainingClass.ends_on >= add_months(ctx.today(), -MONTHS),
            class_reach.within(ctx, Action.EDIT_CLASSES),
        )
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
    )
    return [(class_id, code, catalogue.title_of(course)) for class_id, code, course in rows]


def stack(ctx: Ctx, class_id: int) -> Stack:
    """The comments of one class; refuses before closing, where too few answered, and to whoever
    taught the class.
    """
    held = class_reach.require_editor(ctx, class_id)
    person_id = ctx.actor.person_id
    if person_id is not None and trainers.trains(ctx.session, person_id, held):
        raise Refusal(_("You taught this class. Somebody else of the unit reads its comments."))
    if not closing.results_are_open(ctx.session, class_id):
        raise Refusal(_("Comments can be read once the questionnaire has closed."))
    found = class_results.collect(ctx, class_id, REACTION_TRAINEE)
    if found.answered < found.threshold:
        raise Refusal(
            _n(
                "Fewer than {count} person answered: no comment is passed on.",
                "Fewer than {count} people answered: no comment is passed on.",
                found.threshold,
            )
        )
    decided = comment_review.decisions(ctx, class_id)
    card = catalogue.card(ctx, class_id)
    comments = tuple(
        Comment(
            comment_review.token(key, one.name),
            one.label or one.name,
            text,
            decided.get((key, one.name)),
        )
        for one in found.comments
        for text, key in zip(one.texts, one.keys, strict=True)
    )
    return Stack(class_id, card.code, card.title, comments)


def decide(ctx: Ctx, class_id: int, token: str, shown: bool) -> Stack:
    """Let one comment through to the trainer, or keep it back; refuses what `stack` refuses."""
    before = stack(ctx, class_id)
    if token not in {one.token for one in before.comments}:
        raise Refusal(_("This comment is not there any more."))
    _keep(ctx, class_id, {token}, shown)
    audit.record(ctx, "comment.reviewed", "class", class_id, shown=shown)
    return _after(ctx, before)


def decide_rest(ctx: Ctx, class_id: int) -> Stack:
    """Let all comments through that nobody has decided about yet."""
    before = stack(ctx, class_id)
    rest = {one.token for one in before.comments if one.shown is None}
    _keep(ctx, class_id, rest, True)
    audit.record(ctx, "comments.reviewed", "class", class_id, count=len(rest))
    return _after(ctx, before)


def _keep(ctx: Ctx, class_id: int, tokens: set[str], shown: bool) -> None:
    found = class_results.collect(ctx, class_id, REACTION_TRAINEE)
    for one in found.comments:
        for key in one.keys:
            if comment_review.token(key, one.name) in tokens:
                row = CommentReview(
                    class_id=class_id, response=key, question=one.name, shown=shown
                )
                ctx.session.merge(row)
    ctx.session.flush()


def _after(ctx: Ctx, before: Stack) -> Stack:
    """The stack as it is now; its trainer hears of it once nothing waits any more."""
    found = stack(ctx, before.class_id)
    if before.waiting and not found.waiting and any(one.shown for one in found.comments):
        _tell(ctx, ctx.session.get_one(TrainingClass, found.class_id))
    return found


def _tell(ctx: Ctx, held: TrainingClass) -> None:
    lead = trainers.lead_of(ctx.session, held)
    if lead is not None and lead.id is not None:
        key = f"{lead.id}:comments_ready:class:{held.id}:{held.ends_on}"
        outbox.tell(ctx, COMMENTS_READY, lead.id, {"class": held.id}, key=key)
