"""A message to many that is being sent: its recipients wait in the list, the outbox is empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, update

from bench.season import where_it_is_noon
from bot.clock import SystemClock
from bot.db import Database
from bot.models.broadcasts import (
    Broadcast,
    BroadcastKind,
    BroadcastRecipient,
    BroadcastState,
    RecipientState,
)
from bot.models.people import Person

CHUNK = 5_000
TEXT = "The course on customs valuation begins on Monday at nine. Bring your badge."


def make(url: str, first: int, last: int) -> None:
    """Everybody numbered `first` to `last` is a recipient, and it is noon where they are."""
    database, now = Database(url, statement_seconds=None), SystemClock().now()
    with database.transaction() as session:
        session.execute(update(Person).values(timezone=where_it_is_noon(now)))
        session.add(
            Broadcast(
                id=1,
                title="Valuation",
                kind=BroadcastKind.CALL,
                state=BroadcastState.SENDING,
                rule="everybody",
                texts={"en": TEXT},
                fallback="en",
                buttons=["read"],
                made_by=1,
                made_at=now,
                began_at=now,
            )
        )
        session.flush()
        for start in range(first, last + 1, CHUNK):
            people = range(start, min(start + CHUNK, last + 1))
            session.execute(insert(BroadcastRecipient), list(_recipients(people, now)))
    database.close()


def _recipients(people: range, now: Any) -> Iterator[dict[str, Any]]:
    for person in people:
        yield {
            "broadcast_id": 1,
            "person_id": person,
            "unit_id": 1,
            "reach": "linked",
            "due_at": now,
            "state": RecipientState.WAITING,
        }
