"""Databases as they are before a measurement: linked officers, each with an open draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import SecretStr
from sqlalchemy import insert, select
from sqlmodel import Session

from bench import questionnaire
from bench.bare import TOKEN
from bot import app as root
from bot.clock import SystemClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.forms import engine, versions
from bot.models.chats import Chat
from bot.models.forms import Draft
from bot.models.people import Person, Unit
from bot.models.system import Instance
from bot.people import privacy

FIRST_ACCOUNT = 7_000_000
ZONE = "Asia/Phnom_Penh"
CHUNK = 5_000


def settings_for(url: str) -> Settings:
    """The settings that a measured Rollcall reads, as the bench itself uses them."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=url,
        send_rate=1000,
    )


def make(url: str, officers: int) -> None:
    """A migrated database with `officers` linked people, each before the first question."""
    settings, clock = settings_for(url), SystemClock()
    database = Database(settings.database_url, statement_seconds=None)
    root.register_speaking()
    root.prepare(settings, database, clock)
    with database.transaction() as session:
        ctx = Ctx(session, clock, SYSTEM, settings)
        version = versions.publish(ctx, questionnaire.NAME, questionnaire.form())
        state = engine.start(versions.definition(ctx, version), engine.Moment(ctx.now(), ZONE))
        session.add(Unit(id=1, name="Port", path="Coast/Port"))
        session.flush()
        _fill(session, ctx, officers, version, engine.state_to_json(state))
        session.get_one(Instance, 1).place = ""  # each copy of it learns its own
    database.close()


def first_presses(officers: Iterable[int]) -> list[tuple[int, str]]:
    """Account and data of the first press of each of these officers, numbered from 1."""
    return [(FIRST_ACCOUNT + number, f"q:{number}:0:i0") for number in officers]


def answers_stored(url: str) -> int:
    """How many answers the open drafts of a database hold."""
    database = Database(url, statement_seconds=None)
    with database.transaction(readonly=True) as session:
        found = sum(len(state["answers"]) for state in session.scalars(select(Draft.state)))
    database.close()
    return found


def _fill(session: Session, ctx: Ctx, officers: int, version: int, state: dict[str, Any]) -> None:
    for numbers in _chunks(officers):
        session.execute(insert(Person), [_person(number) for number in numbers])
        session.execute(insert(Chat), [_chat(number) for number in numbers])
        session.execute(
            insert(Draft),
            [
                {
                    "id": number,
                    "user_id": FIRST_ACCOUNT + number,
                    "version_id": version,
                    "purpose": {},
                    "state": state,
                    "begun_at": ctx.now(),
                    "touched_at": ctx.now(),
                }
                for number in numbers
            ],
        )


def _chunks(officers: int) -> Iterator[range]:
    for start in range(1, officers + 1, CHUNK):
        yield range(start, min(start + CHUNK, officers + 1))


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "staff_no": f"B-{number:06}",
        "full_name": f"Officer {number:06}",
        "unit_id": 1,
        "phone": f"+85510{number:06}",
        "language": "en",
        "timezone": ZONE,
        "search": f"officer {number:06} b-{number:06}",
    }


def _chat(number: int) -> dict[str, Any]:
    return {
        "user_id": FIRST_ACCOUNT + number,
        "person_id": number,
        "language": "en",
        "revision": 1,
        "shown_revision": 1,
        "message_id": 1,
        "asks": f"q:{number}:a0",
        "draft_id": number,
        "privacy_version": privacy.VERSION,
    }
