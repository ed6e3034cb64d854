"""The unit's desk of comments: which wait, what is decided, and that the trainer hears of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class _Read:
    """A stack, and the response and question that each of its tokens stands for."""

    stack: Stack
    meant: Mapping[str, tuple[str, str]]


def stack(ctx: Ctx, class_id: int) -> Stack:
    """The comments of one class; refuses before closing, where too few answered, and to whoever
    taught the class.
    """
    return _read(ctx, class_id).stack


def decide(ctx: Ctx, class_id: int, token: str, shown: bool) -> Stack:
    """Let one comment through to the trainer, or keep it back; refuses what `stack` refuses."""
    before = _read(ctx, class_id)
    if token not in before.meant:
        raise Refusal(_("This comment is not there any more."))
    audit.record(ctx, "comment.reviewed", "class", class_id, shown=shown)
    return _keep(ctx, before, {token}, shown)


def decide_rest(ctx: Ctx, class_id: int) -> Stack:
    """Let all comments through that nobody has decided about yet."""
    before = _read(ctx, class_id)
    rest = {one.token for one in before.stack.comments if one.shown is None}
    audit.record(ctx, "comments.reviewed", "class", class_id, count=len(rest))
    return _keep(ctx, before, rest, True)


def _read(ctx: Ctx, class_id: int) -> _Read:
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
    comments: list[Comment] = []
    meant: dict[str, tuple[str, str]] = {}
    for one in found.comments:
        for text, key in zip(one.texts, one.keys, strict=True):
            token, own = comment_review.token(key, one.name), (key, one.name)
            comments.append(Comment(token, one.label or one.name, text, decided.get(own)))
            meant[token] = own
    return _Read(Stack(class_id, card.code, card.title, tuple(comments)), meant)


def _keep(ctx: Ctx, before: _Read, tokens: set[str], shown: bool) -> Stack:
    """The stack with these decided; its trainer hears of it once nothing waits any more."""
    class_id = before.stack.class_id
    for token in tokens:
        key, question = before.meant[token]
        ctx.session.merge(
            CommentReview(class_id=class_id, response=key, question=question, shown=shown)
        )
    ctx.session.flush()
    comments = tuple(
        replace(one, shown=shown) if one.token in tokens else one for one in before.stack.comments
    )
    found = replace(before.stack, comments=comments)
    if before.stack.waiting and not found.waiting and any(one.shown for one in found.comments):
        _tell(ctx, ctx.session.get_one(TrainingClass, class_id))
    return found


def _tell(ctx: Ctx, held: TrainingClass) -> None:
    lead = trainers.lead_of(ctx.session, held)
    if lead is not None and lead.id is not None:
        key = f"{lead.id}:comments_ready:class:{held.id}:{held.ends_on}"
        outbox.tell(ctx, COMMENTS_READY, lead.id, {"class": held.id}, key=key)
