"""What was shown is recorded before anything that is queued later, and never lost by a retry."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlmodel import Session, select

from bot.clock import FixedClock
from bot.committer import Committer
from bot.config import Settings
from bot.db import Database
from bot.models.chats import Asked, Chat
from handlers.edge.shown import Shown, ShownLog

AT = 1_772_420_400
NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
async def committer(
    database: Database, clock: FixedClock, settings: Settings
) -> AsyncIterator[Committer]:
    with database.transaction() as session:
        session.add_all([Chat(user_id=user, revision=5) for user in (1, 2)])
    committer = Committer(database, clock, settings)
    yield committer
    committer.close()


def shown(user: int, revision: int, message: int | None, asks: str = "") -> Shown:
    return Shown(user, revision, message, AT, was_edited=not asks, asks=asks)


def revisions(session: Session) -> list[int]:
    return list(session.exec(select(Chat.shown_revision).order_by(Chat.user_id)))


def asked(session: Session, user: int, message: int) -> str:
    return session.get_one(Asked, (user, message)).asks


async def test_note__a_unit_queued_after_it__finds_it_recorded(committer: Committer) -> None:
    log = ShownLog(committer, FixedClock(NOW))
    log.note(shown(1, 5, 70))
    log.note(shown(2, 4, 71, asks="q:1:age"))
    assert await committer.run(revisions) == [5, 4]
    assert await committer.run(lambda session: asked(session, 2, 71)) == "q:1:age"


async def test_note__an_older_screen_comes_later__the_chat_counts_as_not_shown(
    committer: Committer,
) -> None:
    log = ShownLog(committer, FixedClock(NOW))
    log.note(shown(1, 5, 70))
    log.note(shown(1, 4, 69))
    await log.idle()
    assert await committer.run(revisions) == [4, 0]


async def test_note__an_older_screen_stands_below__the_chat_counts_as_not_shown(
    committer: Committer,
) -> None:
    log = ShownLog(committer, FixedClock(NOW))
    log.note(shown(1, 4, 71))
    log.note(shown(1, 5, 70))
    await log.idle()
    assert await committer.run(revisions) == [4, 0]
    log.note(shown(1, 5, 72))
    await log.idle()
    assert await committer.run(revisions) == [5, 0]


async def test_note__chat_has_ended__counts_as_shown_without_a_message(
    committer: Committer,
) -> None:
    log = ShownLog(committer, FixedClock(NOW))
    log.note(shown(1, 5, None))
    await log.idle()
    chat = await committer.run(lambda session: session.get_one(Chat, 1).model_dump())
    assert (chat["shown_revision"], chat["message_id"]) == (5, None)
    assert chat["blocked_at"] == NOW


async def test_note__same_message_asks_anew__the_new_question_stands(committer: Committer) -> None:
    log = ShownLog(committer, FixedClock(NOW))
    log.note(shown(1, 4, 70, asks="q:1:age"))
    await log.idle()
    log.note(shown(1, 5, 70, asks="q:1:name"))
    await log.idle()
    assert await committer.run(lambda session: asked(session, 1, 70)) == "q:1:name"


async def test_idle__the_commit_was_undone_and_tried_again__nothing_is_lost(
    committer: Committer, database: Database
) -> None:
    log = ShownLog(committer, FixedClock(NOW))

    def fails_in_company(session: Session) -> None:
        session.add(Chat(user_id=1))
        session.flush()

    broken = committer.submit(fails_in_company)
    log.note(shown(1, 5, 70))
    await log.idle()
    assert broken.exception() is not None
    with database.transaction(readonly=True) as session:
        assert revisions(session) == [5, 0]
