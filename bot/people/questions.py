"""Questions to the training unit: asked, claimed by one of its members, answered, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import CursorResult, Select, func, select, update

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.people import Person, Question, QuestionState, Role
from bot.people import access, directory, leavers, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard

T = TypeVar("T")
USEFUL = dt.timedelta(days=14)
MOST_WAITING = 5
LONGEST = 1900
"""Question and answer stand in one message."""
QUESTION_ASKED = outbox.declare(NoticeKind("question_asked", Urgency.NOW, USEFUL, repeats=True))
QUESTION_ANSWERED = outbox.declare(
    NoticeKind("question_answered", Urgency.NOW, USEFUL, repeats=True)
)
QUESTION_CLOSED = outbox.declare(NoticeKind("question_closed", Urgency.ORDINARY, USEFUL))
WAITING = (QuestionState.OPEN, QuestionState.CLAIMED)


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with who asked it and who has taken it."""

    id: int
    asker: PersonCard
    text: str
    asked_at: dt.datetime
    state: QuestionState
    claimed_by: PersonCard | None
    answer: str
    answered_at: dt.datetime | None

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.state in WAITING

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected."""
        return self.state is QuestionState.CLOSED


def ask(ctx: Ctx, text: str) -> QuestionCard:
    """Ask the unit; all its members in whose scope the asker is are told.

    Refuses an empty or endless text, and a sixth question while five wait for an answer.
    """
    access.require(ctx, Action.ASK_UNIT)
    asker = ctx.session.get_one(Person, ctx.actor.person_id)
    if len([card for card in mine(ctx) if card.waits]) >= MOST_WAITING:
        raise Refusal(
            _(
                "{count} of your questions still wait for an answer. Please wait for those first.",
                count=MOST_WAITING,
            )
        )
    row = Question(person_id=asker.id, text=_words(text), asked_at=ctx.now())
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "question.asked", "question", row.id)
    for member in access.people_with(ctx.session, Role.UNIT, asker.unit_id):
        if member != asker.id:
            outbox.tell(ctx, QUESTION_ASKED, member, {"question": row.id})
    return _card(ctx, row)


def claim(ctx: Ctx, question_id: int) -> QuestionCard:
    """Take a question; the first one has it, the others see who that is when they look."""
    row = _for_unit(ctx, question_id)
    taken = ctx.session.execute(
        update(Question)
        .where(Question.id == question_id, Question.state == QuestionState.OPEN)
        .values(state=QuestionState.CLAIMED, claimed_by=ctx.actor.person_id)
    )
    assert isinstance(taken, CursorResult)
    ctx.session.refresh(row)
    if taken.rowcount:
        audit.record(ctx, "question.claimed", "question", row.id)
    return _card(ctx, row)


def release(ctx: Ctx, question_id: int) -> QuestionCard:
    """Give a claimed question back to the unit; refuses unless it is the actor's own claim."""
    row = _for_unit(ctx, question_id)
    if row.state is not QuestionState.CLAIMED or row.claimed_by != ctx.actor.person_id:
        raise Refusal(_("Only a question that you have taken can be given back."))
    row.state, row.claimed_by = QuestionState.OPEN, None
    audit.record(ctx, "question.released", "question", row.id)
    return _card(ctx, row)


def answer(ctx: Ctx, question_id: int, text: str) -> QuestionCard:
    """Answer a question; who asked is told.

    Refuses a question that a colleague has taken, and one that is answered or closed.
    """
    row = _for_unit(ctx, question_id)
    require_answerable(ctx, _card(ctx, row))
    row.state, row.claimed_by = QuestionState.ANSWERED, ctx.actor.person_id
    row.answer, row.answered_at = _words(text), ctx.now()
    audit.record(ctx, "question.answered", "question", row.id)
    outbox.tell(ctx, QUESTION_ANSWERED, row.person_id, {"question": row.id})
    return _card(ctx, row)


def close(ctx: Ctx, question_id: int) -> QuestionCard:
    """Close a question: who asked it at any time, a member of the unit without an answer, too.

    Who asked is told if somebody else closes a question that waits.
    """
    row = _find(ctx, question_id, held=True)
    if row.person_id != ctx.actor.person_id:
        access.require(ctx, Action.ANSWER_QUESTIONS, row.person_id)
        if row.state in WAITING:
            outbox.tell(ctx, QUESTION_CLOSED, row.person_id, {"question": row.id})
    if row.state is not QuestionState.CLOSED:
        row.state = QuestionState.CLOSED
        audit.record(ctx, "question.closed", "question", row.id)
    return _card(ctx, row)


def get(ctx: Ctx, question_id: int) -> QuestionCard:
    """One question, for who asked it and for the members of the unit who may answer it."""
    row = _find(ctx, question_id)
    if row.person_id != ctx.actor.person_id:
        access.require(ctx, Action.ANSWER_QUESTIONS, row.person_id)
    return _card(ctx, row)


def mine(ctx: Ctx) -> list[QuestionCard]:
    """The actor's own questions that are not closed, newest first."""
    rows = ctx.session.scalars(
        select(Question)
        .where(Question.person_id == ctx.actor.person_id, Question.state != QuestionState.CLOSED)
        .order_by(Question.id.desc())
    )
    return [_card(ctx, row) for row in rows]


def waiting(ctx: Ctx) -> list[QuestionCard]:
    """The questions without an answer that the actor may answer, oldest first."""
    rows = ctx.session.scalars(_waiting(ctx, select(Question)).order_by(Question.id))
    return [_card(ctx, row) for row in rows]


def count_waiting(ctx: Ctx) -> int:
    """How many questions without an answer the actor may answer."""
    return int(ctx.session.execute(_waiting(ctx, select(func.count()))).scalar_one())


def require_answerable(ctx: Ctx, card: QuestionCard) -> None:
    """Refuse unless the question waits and no colleague has taken it."""
    if not card.waits:
        raise Refusal(_("This question has been answered or closed already."))
    if card.claimed_by is not None and card.claimed_by.id != ctx.actor.person_id:
        raise Refusal(_("{name} has taken this question.", name=card.claimed_by.name))


def _waiting(ctx: Ctx, query: Select[T]) -> Select[T]:
    return (
        query.select_from(Question)
        .join(Person, Person.id == Question.person_id)
        .where(
            Question.state.in_(WAITING),
            Question.person_id != ctx.actor.person_id,
            Person.active,
            reach.within(ctx, Action.ANSWER_QUESTIONS),
        )
    )


@leavers.on_leaving("questions")
def let_go(ctx: Ctx, person_ids: Sequence[int]) -> None:
    """Give back to the unit what leavers had taken and not answered."""
    ctx.session.execute(
        update(Question)
        .where(Question.claimed_by.in_(person_ids), Question.state == QuestionState.CLAIMED)
        .values(state=QuestionState.OPEN, claimed_by=None)
    )


def _for_unit(ctx: Ctx, question_id: int) -> Question:
    """The question, to be decided about by one member of the unit at a time."""
    row = _find(ctx, question_id, held=True)
    access.require(ctx, Action.ANSWER_QUESTIONS, row.person_id)
    if row.person_id == ctx.actor.person_id:
        raise Refusal(_("A colleague has to answer your own question."))
    return row


def _find(ctx: Ctx, question_id: int, *, held: bool = False) -> Question:
    row = ctx.session.get(
        Question, question_id, with_for_update=held or None, populate_existing=held
    )
    if row is None:
        raise Refusal(_("This question is not there any more."))
    return row


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Refusal(_("There are no words in it. Please type it again."))
    if len(words) > LONGEST:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST))
    return words


def _card(ctx: Ctx, row: Question) -> QuestionCard:
    claimer = row.claimed_by
    return QuestionCard(
        id=row.id,
        asker=directory.card(ctx.session, row.person_id),
        text=row.text,
        asked_at=row.asked_at,
        state=row.state,
        claimed_by=directory.card(ctx.session, claimer) if claimer is not None else None,
        answer=row.answer,
        answered_at=row.answered_at,
    )
