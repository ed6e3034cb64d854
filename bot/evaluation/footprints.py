"""What a conversation leaves beside the answers: message numbers, times, the order of commits.

From these it could be told who typed a comment and who was asked how many questions.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update

from bot.context import Ctx
from bot.models.chats import Asked, Chat
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Draft
from bot.models.inbound import SeenUpdate

QUESTION = "q"
NO_QUESTION = ""
AS_THEY_ARE = {"synchronize_session": False}
"""Rows that the session has loaded need not hear of it."""


def forget(ctx: Ctx, classes: Collection[int]) -> None:
    """Forget how those who have answered about these classes came to their last screen.

    A chat that is about something else by now is left as it is.
    """
    answered = select(Assignment.person_id).where(
        Assignment.class_id.in_(classes),
        Assignment.anonymous,
        Assignment.state == AssignmentState.ANSWERED,
    )
    chats = ctx.session.scalars(select(Chat.user_id).where(Chat.person_id.in_(answered))).all()
    _forget_questions(ctx, chats)
    _forget_last_screens(ctx, chats)
    if ctx.session.get_bind().dialect.name == "postgresql":
        _forget_commits(ctx, classes)


def _forget_questions(ctx: Ctx, chats: Collection[int]) -> None:
    """Which message put which question, of forms that are finished."""
    rows = ctx.session.execute(
        select(Asked.user_id, Asked.message_id, Asked.asks).where(Asked.user_id.in_(chats))
    ).all()
    under_way = set(ctx.session.scalars(select(Draft.id).where(Draft.user_id.in_(chats))))
    for user_id, message_id, asks in rows:
        if asks == NO_QUESTION or _draft_in(asks) not in {None, *under_way}:
            ctx.session.execute(
                delete(Asked).where(Asked.user_id == user_id, Asked.message_id == message_id)
            )


def _draft_in(asks: str) -> int | None:
    kind, _colon, rest = asks.partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == QUESTION and number.isdigit() else None


def _forget_last_screens(ctx: Ctx, chats: Collection[int]) -> None:
    """A press on such a screen is then answered by a new message instead of a changed one."""
    ctx.session.execute(
        update(Chat)
        .where(
            Chat.user_id.in_(chats),
            Chat.draft_id.is_(None),
            Chat.asks == NO_QUESTION,
            Chat.shown_revision >= Chat.revision,
        )
        .values(message_id=None, shown_at=None, decided_at=None, was_edited=False),
        execution_options=AS_THEY_ARE,
    )


def _forget_commits(ctx: Ctx, classes: Collection[int]) -> None:
    """PostgreSQL keeps with each row the number of its transaction; written again at once,
    rows no longer tell which updates belong to which person, nor how many lay between.
    """
    ctx.session.execute(
        update(Assignment)
        .where(Assignment.class_id.in_(classes), Assignment.state == AssignmentState.ANSWERED)
        .values(state=AssignmentState.ANSWERED),
        execution_options=AS_THEY_ARE,
    )
    ctx.session.execute(
        update(SeenUpdate).values(bot_id=SeenUpdate.bot_id), execution_options=AS_THEY_ARE
    )
