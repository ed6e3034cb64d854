"""Answers from before they were kept with their message: each finds the one it was to."""

from __future__ import annotations

import datetime as dt

from alembic import command
from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from bot.db import Database
from bot.migrate import configuration
from bot.models.broadcasts import Broadcast, BroadcastRecipient
from bot.models.forms import FormVersion, Response
from bot.models.people import Person, Unit

EARLY, FIRST, BETWEEN, SECOND, LATE = (
    dt.datetime(2026, 3, day, 9, tzinfo=dt.UTC) for day in (1, 2, 3, 4, 5)
)


def _put(connection: Connection, row: SQLModel) -> None:
    """As it was written before: only with what is given."""
    given = row.model_dump(exclude_unset=False)
    given.pop("broadcast_id", None) if isinstance(row, Response) else None
    connection.execute(insert(type(row)).values(given))


def _sent(connection: Connection, about: int, began_at: dt.datetime, person_id: int) -> None:
    _put(
        connection,
        Broadcast(id=about, title="Scanners", form="scanners", made_at=EARLY, began_at=began_at),
    )
    _put(
        connection,
        BroadcastRecipient(id=about, broadcast_id=about, person_id=person_id, unit_id=1),
    )


def _answered(connection: Connection, number: int, person_id: int, at: dt.datetime) -> None:
    _put(
        connection,
        Response(id=number, version_id=1, person_id=person_id, answers={}, submitted_at=at),
    )


def test_migration__answers_told_apart_by_time__belong_to_the_last_message_before_them(
    tmp_path: object,
) -> None:
    database = Database(f"sqlite:///{tmp_path}/old.db")
    config = configuration()
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        connection.commit()
        _put(connection, Unit(id=1, name="Poipet", path="Poipet"))
        for person_id in (1, 2):
            _put(
                connection,
                Person(id=person_id, staff_no=f"{person_id}", full_name="Dara", unit_id=1),
            )
        _put(
            connection,
            FormVersion(
                id=1, form="scanners", version=1, structure="", digest="", definition={},
                made_at=EARLY,
            ),
        )  # fmt: skip
        _sent(connection, 1, FIRST, 1)
        _sent(connection, 2, SECOND, 1)
        _answered(connection, 1, 1, BETWEEN)
        _answered(connection, 2, 1, LATE)
        _answered(connection, 3, 2, LATE)
        command.upgrade(config, "head")
        connection.commit()
        found = connection.exec_driver_sql("SELECT id, broadcast_id FROM response ORDER BY id")
        assert found.all() == [(1, 1), (2, 2), (3, None)]
    database.close()
