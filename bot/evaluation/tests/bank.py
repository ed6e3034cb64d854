"""The bank of questions: its topics, the questions of each, in use or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Texts, _
from bot.models.tests import BankQuestion
from bot.people import access
from bot.people.access_table import Action


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, known to buttons by its first question; how many questions are in use, and not."""

    first_id: int
    name: str
    in_use: int
    laid_aside: int


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """An answer to choose, whether it is right, and what is said about it."""

    words: Texts
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class BankCard:
    """A question of the bank; `right` is what is right where there is nothing to choose."""

    id: int
    topic: str
    name: str
    label: Texts
    answers: tuple[BankAnswer, ...]
    right: str
    points: str
    feedback: Texts
    active: bool


def topics(ctx: Ctx) -> list[Topic]:
    """Every topic by name; refuses who may not edit tests."""
    access.require(ctx, Action.EDIT_TESTS)
    rows = ctx.session.execute(
        select(
            func.min(BankQuestion.id),
            BankQuestion.topic,
            func.count().filter(BankQuestion.active),
            func.count().filter(BankQuestion.active.is_(False)),
        )
        .group_by(BankQuestion.topic)
        .order_by(BankQuestion.topic)
    )
    return [Topic(*row) for row in rows]


def topic_of(ctx: Ctx, question_id: int) -> str:
    """The topic that a button means by one of its questions."""
    return _question(ctx, question_id).topic


def of_topic(ctx: Ctx, topic: str) -> list[BankCard]:
    """The questions of a topic in the order in which they came, those in use first."""
    access.require(ctx, Action.EDIT_TESTS)
    return [_card(row) for row in _of_topic(ctx, topic)]


def in_use(ctx: Ctx, topic: str) -> list[BankQuestion]:
    """The questions of a topic that tests are made of, in the order in which they came."""
    return [row for row in _of_topic(ctx, topic) if row.active]


def card(ctx: Ctx, question_id: int) -> BankCard:
    """One question; refuses one that is gone, and who may not edit tests."""
    return _card(_question(ctx, question_id))


def use(ctx: Ctx, question_id: int, *, active: bool) -> BankCard:
    """Take a question into use, or lay it aside; tests that were made with it keep it."""
    row = _question(ctx, question_id)
    if row.active != active:
        row.active = active
        ctx.session.flush()
        act = "bank.taken_into_use" if active else "bank.laid_aside"
        audit.record(ctx, act, "bank_question", question_id)
    return _card(row)


def _question(ctx: Ctx, question_id: int) -> BankQuestion:
    access.require(ctx, Action.EDIT_TESTS)
    row = ctx.session.get(BankQuestion, question_id)
    if row is None:
        raise Refusal(_("This question is not in the bank any more."))
    return row


def _of_topic(ctx: Ctx, topic: str) -> Sequence[BankQuestion]:
    return ctx.session.scalars(
        select(BankQuestion)
        .where(BankQuestion.topic == topic)
        .order_by(BankQuestion.active.desc(), BankQuestion.id)
    ).all()


def _card(row: BankQuestion) -> BankCard:
    right = row.correct.split() if row.choices else []
    assert row.id is not None, "it is stored"
    return BankCard(
        row.id,
        row.topic,
        row.name,
        Texts.of(row.labels),
        tuple(
            BankAnswer(Texts.of(words), code in right, about) for code, words, about in row.choices
        ),
        "" if row.choices else row.correct,
        row.points,
        Texts.of(row.feedback),
        row.active,
    )
