"""Records what was shown: for many chats at once, ahead of whatever those chats do next."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from bot.clock import Clock
from bot.committer import Committer, Keys
from bot.models.base import UtcTime
from bot.models.chats import Chat
from bot.statement import Statement

log = logging.getLogger(__name__)

_STANDS_ABOVE_AN_OLDER = and_(
    Chat.shown_revision < bindparam("new_shown"), Chat.message_id > bindparam("new_message")
)
_SHOWN = Statement(
    update(Chat)
    .where(Chat.user_id == bindparam("chat"))
    .values(
        shown_revision=case(
            (_STANDS_ABOVE_AN_OLDER, Chat.shown_revision), else_=bindparam("new_shown")
        ),
        message_id=bindparam("new_message"),
        shown_at=bindparam("new_at", type_=UtcTime),
        was_edited=bindparam("new_edited"),
    )
)
_GIVEN_UP = Statement(
    update(Chat)
    .where(Chat.user_id == bindparam("chat"))
    .values(shown_revision=bindparam("new_shown"), blocked_at=bindparam("new_at", type_=UtcTime))
)
_ASKED_TABLE = SQLModel.metadata.tables["asked"]


def _asked(insert: Callable[..., sqlite.Insert | postgresql.Insert]) -> Statement:
    new = insert(_ASKED_TABLE)
    kept = new.on_conflict_do_update(
        index_elements=["user_id", "message_id"], set_={"asks": new.excluded.asks}
    )
    return Statement(kept, "user_id", "message_id", "asks")


_ASKED = {"sqlite": _asked(sqlite.insert), "postgresql": _asked(postgresql.insert)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen as the server took it; no `message_id` if the chat has ended.

    `at` is Unix time by the server; `asks` is the question that the message now puts, if any.
    """

    user_id: int
    revision: int
    message_id: int | None
    at: int
    was_edited: bool
    asks: str


class ShownLog:
    """`note` queues a record at once and in order; nobody has to wait for its commit.

    Where another process showed something newer before, the older record stands, whichever of
    the two is recorded first: the chat then counts as not shown its current screen, and is shown
    it again. What stands lowest is what people answer.
    """

    def __init__(self, committer: Committer, clock: Clock) -> None:
        self._committer = committer
        self._clock = clock
        self._noted: deque[Shown] = deque()
        self._is_queued = False
        self._under_way: set[asyncio.Future[None]] = set()

    def note(self, shown: Shown) -> None:
        """Have it recorded before any unit of work that is queued after this."""
        self._noted.append(shown)
        if self._is_queued:
            return
        self._is_queued = True
        recorded = self._committer.submit(*self._unit())
        self._under_way.add(recorded)
        recorded.add_done_callback(self._ended)

    async def idle(self) -> None:
        """Wait until everything noted is recorded, or has failed to be."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    def _unit(self) -> tuple[Callable[[Session], None], Keys]:
        """A unit that takes all that is noted when its turn comes, and whom it is about; it
        keeps what it took if it is run again.
        """
        taken: list[Shown] = []

        def chats() -> Iterable[int]:
            self._is_queued = False
            while self._noted:
                taken.append(self._noted.popleft())
            return [shown.user_id for shown in taken]

        def record(session: Session) -> None:
            if not taken:
                chats()
            _record(session, taken, self._clock.now())

        return record, chats

    def _ended(self, recorded: asyncio.Future[None]) -> None:
        self._under_way.discard(recorded)
        error = None if recorded.cancelled() else recorded.exception()
        if error is not None:
            log.warning("what was shown could not be recorded", exc_info=error)


def _record(session: Session, taken: Sequence[Shown], now: dt.datetime) -> None:
    ended = [
        {"chat": one.user_id, "new_shown": one.revision, "new_at": now}
        for one in taken
        if one.message_id is None
    ]
    shown = [
        {
            "chat": one.user_id,
            "new_shown": one.revision,
            "new_message": one.message_id,
            "new_at": dt.datetime.fromtimestamp(one.at, dt.UTC),
            "new_edited": one.was_edited,
        }
        for one in taken
        if one.message_id is not None
    ]
    asked = [
        {"user_id": one.user_id, "message_id": one.message_id, "asks": one.asks}
        for one in taken
        if one.message_id is not None and one.asks and not one.was_edited
    ]
    dialect = session.get_bind().dialect.name
    for statement, rows in ((_GIVEN_UP, ended), (_SHOWN, shown), (_ASKED[dialect], asked)):
        if rows:
            statement.run(session, *rows)
