"""Postings of a roster: a change of unit, position or supervisor closes one, opens another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from bot.imports.plan import Inserts, Updates, table_of
from bot.models.people import Posting


class Post(NamedTuple):
    """Where somebody serves: unit and supervisor by id, which may be a temporary one."""

    unit_id: object
    position: object
    supervisor_id: object


@dataclass
class PostingBook:
    """The postings an import opens and closes. `today` bounds what dates it believes."""

    today: dt.date
    inserts: Inserts = field(
        default_factory=lambda: Inserts(
            table_of(Posting),
            ("person_id", "unit_id", "position", "supervisor_id", "from_on", "until_on"),
        )
    )
    closed: Updates = field(default_factory=lambda: Updates(table_of(Posting), ("until_on",)))
    _open: dict[int, list[tuple[int, dt.date]]] = field(default_factory=dict)

    def load(self, session: Session) -> None:
        """Read who has an open posting; needed before `change` and `close`."""
        query = select(Posting.id, Posting.person_id, Posting.from_on)
        for posting_id, person_id, from_on in session.execute(
            query.where(col(Posting.until_on).is_(None))
        ):
            self._open.setdefault(person_id, []).append((posting_id, from_on))

    def open(self, person_id: int, post: Post, since: object) -> None:
        """Open a posting from `since`, or from today if that is no past date."""
        self.inserts.rows.append([person_id, *post, self._believed(since), None])

    def open_all(self, posts: Iterable[tuple[object, ...]]) -> None:
        """The same for many: person, unit, position, supervisor and since when."""
        today = self.today
        self.inserts.rows += [
            [*post, since if isinstance(since, dt.date) and since <= today else today, None]
            for *post, since in posts
        ]

    def change(self, person_id: int, post: Post, since: object) -> None:
        """Close what is open on the day the new posting begins, and open that one."""
        self._close(person_id, self._believed(since))
        self.open(person_id, post, since)

    def close(self, person_id: int) -> None:
        """Close what is open, as of today."""
        self._close(person_id, self.today)

    def _close(self, person_id: int, day: dt.date) -> None:
        for posting_id, from_on in self._open.get(person_id, ()):
            self.closed.rows.append((posting_id, [None], [max(day, from_on)]))

    def _believed(self, since: object) -> dt.date:
        return since if isinstance(since, dt.date) and since <= self.today else self.today
