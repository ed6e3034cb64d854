"""What is left of an anonymous answer in the database file, once it has been submitted."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from tests.cast import hold_class
from tests.conversations.stage import Actor, Stage

REMARK = "Too much theory for the night shift"
WITHDRAWN = "A sentence that was taken back"


async def type_in(stage: Stage, actor: Actor, words: str) -> None:
    stage.clock.advance(seconds=2)
    await actor.say(words)


async def answer(stage: Stage, actor: Actor) -> None:
    await actor.press("Answer now")
    await actor.press("Begin")
    for _rating in range(8):
        await actor.press("2")
    await type_in(stage, actor, WITHDRAWN)
    await actor.press("« Back")
    await type_in(stage, actor, REMARK)
    await actor.press("Skip")
    await actor.press("Submit")


def rows_with(stage: Stage, words: str) -> Iterator[str]:
    """The tables that hold these words anywhere in a row."""
    with stage.database.transaction(readonly=True) as session:
        for table in SQLModel.metadata.sorted_tables:
            rows = session.execute(text(f'SELECT * FROM "{table.name}"')).mappings()
            yield from (table.name for row in rows if words in str(dict(row)))


async def test_submitted__all_tables_and_the_file__hold_the_answer_once_and_unlinked(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, dt.date(2026, 3, 2))
    dara = await stage.join("dara")
    await stage.move(hours=9)
    await answer(stage, dara)
    await stage.tick()

    assert list(rows_with(stage, REMARK)) == ["anonymous_response"]
    assert list(rows_with(stage, WITHDRAWN)) == []
    (kept,) = _rows(stage, "anonymous_response")
    kept_of_it = {"key", "version_id", "class_id", "stage", "gender", "answers"}
    assert set(kept) == kept_of_it | {"as_it_came"}
    assert not kept["as_it_came"]
    assert _rows(stage, "draft") == []
    assert REMARK not in caplog.text
    path = stage.settings.sqlite_path
    if path is not None:
        in_files = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
        assert in_files.count(REMARK.encode()) == 1
        assert WITHDRAWN.encode() not in in_files


def _rows(stage: Stage, table: str) -> list[dict[str, object]]:
    with stage.database.transaction(readonly=True) as session:
        return [dict(row) for row in session.execute(text(f"SELECT * FROM {table}")).mappings()]
