"""Old rows are wiped from the files, or it is said that they could not be; both databases."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.evaluation import anonymous, wiping
from bot.evaluation.wiping import NotWiped
from bot.models.chats import Chat
from bot.models.forms import AnonymousResponse, FormVersion, ShuffleDue
from bot.models.training import Course, TrainingClass
from bot.work.kinds import scrub
from bot.work.queue import Job, Workshop
from tests.integration.evaluation.conftest import START

SECRET = "Rate: overall: 2 of five"


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    SQLModel.metadata.create_all(database.engine)
    yield database
    database.close()


def show_and_forget(database: Database) -> None:
    """A chat whose screen held answers, and then something else."""
    for words in (SECRET, "Thank you."):
        with database.transaction() as session:
            session.merge(Chat(user_id=7, screen={"text": words}))


def prepare(database: Database) -> None:
    with database.transaction() as session:
        session.add(
            FormVersion(
                id=1, form="f", version=1, structure="", digest="", definition={}, made_at=START
            )
        )
        session.add(Course(id=1, code="HS", title="Harmonized System"))
        session.flush()
        session.add(TrainingClass(id=1, code="HS-1", course_id=1))


def answer(session: Session) -> None:
    session.add(AnonymousResponse(key=secrets.token_hex(16), version_id=1, class_id=1, answers={}))


def heap(database: Database) -> bytes:
    with database.transaction() as session:
        query = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath('chat')"
        path = Path(session.execute(text(query)).scalar_one())
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("CHECKPOINT"))
    return path.read_bytes()


@pytest.mark.postgres
def test_scrub__a_screen_was_replaced__its_bytes_are_gone_on_postgres(postgres: Database) -> None:
    show_and_forget(postgres)
    assert SECRET.encode() in heap(postgres)
    anonymous.scrub(postgres.engine)
    assert SECRET.encode() not in heap(postgres)


@pytest.mark.postgres
def test_scrub__somebody_reads_an_old_state__is_said_on_postgres(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "SNAPSHOT_TRIES", 1)
    with postgres.engine.connect() as reader:
        reader.execution_options(isolation_level="REPEATABLE READ")
        reader.execute(select(Chat.user_id))
        show_and_forget(postgres)
        with pytest.raises(NotWiped):
            anonymous.scrub(postgres.engine)


@pytest.mark.postgres
def test_kept_in_log__server_as_it_comes__says_that_segments_are_recycled(
    postgres: Database,
) -> None:
    assert wiping.kept_in_log(postgres.engine) == ["wal_recycle is on"]


@pytest.mark.postgres
def test_shuffle__an_answer_is_committed_meanwhile__is_kept_for_the_next_round(
    postgres: Database,
) -> None:
    prepare(postgres)
    ctx = Ctx(Session(), FixedClock(START), SYSTEM, Settings(_env_file=None))
    with postgres.transaction() as session:
        answer(session)
    with postgres.transaction() as shuffling:
        assert anonymous.shuffle(Ctx(shuffling, ctx.clock, SYSTEM, ctx.settings))
        with postgres.transaction() as session:
            answer(session)
    with postgres.transaction() as session:
        kept = session.exec(select(AnonymousResponse.as_it_came)).all()
    assert sorted(kept) == [False, True]


@pytest.mark.sqlite
def test_scrub__somebody_reads_all_the_while__is_said_on_sqlite(database: Database) -> None:
    show_and_forget(database)
    with database.engine.connect() as reader:
        reader.execution_options(rollcall_readonly=True)
        reader.execute(select(Chat.user_id)).all()
        connection = database.engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        with pytest.raises(NotWiped):
            wiping._scrub_sqlite(cursor)
        connection.close()


def test_work__wipe_could_not_be_done__is_asked_for_again(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_engine: object) -> None:
        raise NotWiped("somebody is reading")

    monkeypatch.setattr(wiping, "scrub", refuse)
    scrub.scrub(Workshop(database, FixedClock(START), settings), Job(1, "scrub", {}, None))
    with database.transaction() as session:
        assert session.get_one(ShuffleDue, 1).waiting
