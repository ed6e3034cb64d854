"""Statements and savepoints of the answer path, which go past SQLAlchemy's Session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.context import Ctx
from bot.db import savepoint
from bot.models.base import Json
from bot.models.chats import Chat
from bot.statement import Statement

READ = Statement(
    select(Chat.screen, Chat.shown_at, Chat.was_edited, Chat.asks.label("question")).where(
        Chat.user_id == bindparam("user")
    )
)
WRITE = Statement(
    update(Chat)
    .where(Chat.user_id == bindparam("user"))
    .values(screen=bindparam("new", type_=Json), was_edited=bindparam("edited"))
)
INSERT = Statement(insert(Chat), *(column.key for column in Chat.__table__.columns))
AT = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)


def asks(session: Session, user: int) -> str:
    return READ.first(session, user=user).question


def goes_wrong(session: Session, inside: Callable[[], None]) -> None:
    """Do `inside` in a savepoint, and then raise through it."""

    def raise_inside() -> None:
        with savepoint(session):
            inside()
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, raise_inside)


def test_first__nothing_there__none(ctx: Ctx) -> None:
    assert READ.first(ctx.session, user=1) is None


def test_first__pending_in_the_session__is_read_as_the_model_has_it(ctx: Ctx) -> None:
    ctx.session.add(Chat(user_id=1, screen={"text": "ok"}, shown_at=AT, was_edited=True, asks="q"))
    row = READ.first(ctx.session, user=1)
    assert row.screen == {"text": "ok"}
    assert row.shown_at == AT
    assert row.was_edited is True
    assert row.question == "q"


def test_run__several_rows__each_is_written(ctx: Ctx) -> None:
    ctx.session.add_all([Chat(user_id=user) for user in (1, 2, 3)])
    rows = [{"user": user, "new": {"n": user}, "edited": user == 2} for user in (1, 2)]
    assert WRITE.run(ctx.session, *rows) == 2
    found = [READ.first(ctx.session, user=user) for user in (1, 2, 3)]
    assert [row.screen for row in found] == [{"n": 1}, {"n": 2}, None]
    assert [row.was_edited for row in found] == [False, True, False]


def test_run__refused_by_the_database__names_no_values(ctx: Ctx) -> None:
    row = Chat(user_id=1, asks="what was typed in secret").model_dump()
    INSERT.run(ctx.session, row)
    with pytest.raises(IntegrityError) as refused:
        INSERT.run(ctx.session, row)
    assert "secret" not in str(refused.value)


def test_savepoint__something_raised__only_what_was_inside_is_undone(ctx: Ctx) -> None:
    ctx.session.add(Chat(user_id=1, asks="before"))

    def inside() -> None:
        ctx.session.add(Chat(user_id=2))
        WRITE.run(ctx.session, {"user": 1, "new": {}, "edited": True})

    goes_wrong(ctx.session, inside)
    assert asks(ctx.session, 1) == "before"
    assert READ.first(ctx.session, user=1).was_edited is False
    assert READ.first(ctx.session, user=2) is None


def test_savepoint__inside_another__is_undone_alone(ctx: Ctx) -> None:
    with savepoint(ctx.session):
        ctx.session.add(Chat(user_id=1, asks="kept"))
        goes_wrong(ctx.session, lambda: setattr(ctx.session.get_one(Chat, 1), "asks", "undone"))
        assert asks(ctx.session, 1) == "kept"
    assert asks(ctx.session, 1) == "kept"
