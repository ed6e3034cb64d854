"""Logs keep the place and the kind of a trouble, and nothing that somebody said."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.config import Settings
from bot.db import Database
from bot.logs import Discreet
from tests.conftest import TOKEN


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet("%(message)s"))
    log = logging.getLogger("test.logs")
    log.addHandler(handler)
    yield out
    log.removeHandler(handler)


def test_exception__that_quotes_an_answer__only_kind_and_place(written: io.StringIO) -> None:
    try:
        try:
            int("the trainer was unfair")
        except ValueError as cause:
            raise KeyError("Sok Dara") from cause
    except KeyError:
        logging.getLogger("test.logs").exception("update 7 hit a bug")
    text_written = written.getvalue()
    assert "unfair" not in text_written
    assert "Sok Dara" not in text_written
    assert "builtins.ValueError" in text_written
    assert "test_logs.py:" in text_written


def test_token__in_an_address__is_not_written(written: io.StringIO) -> None:
    logging.getLogger("test.logs").error("no answer from http://here/bot%s/getMe", TOKEN)
    assert written.getvalue() == "no answer from http://here/bot(token)/getMe\n"


def test_database_error__holds_no_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as error, database.transaction() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "unfair"})
    assert "unfair" not in str(error.value)


def test_settings__shown__hold_no_secret(settings: Settings) -> None:
    shown = repr(
        settings.model_copy(
            update={
                "database_url": "postgresql://rollcall:pass-word@db/rollcall",
                "webhook_secret": SecretStr("web-secret"),
            }
        )
    )
    assert TOKEN not in shown
    assert "pass-word" not in shown
    assert "web-secret" not in shown
