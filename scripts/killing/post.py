"""The outbox against the phones: each notice arrives once, and what cannot be known is counted."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlmodel import Session

from bot.clock import Clock
from bot.models.delivery import ItemState, Message, OutboxItem
from bot.models.evaluation import Assignment
from bot.models.people import Question
from scripts.killing.officer import Officer
from scripts.killing.screen import Shown

AND_MORE = "\n… and "
SOON = dt.timedelta(minutes=1)
ENDED = (ItemState.SENT, ItemState.DROPPED, ItemState.UNKNOWN)


@dataclass(slots=True)
class InFlight:
    """Items that were claimed and without an outcome when a process was killed, how often."""

    times: Counter[int] = field(default_factory=Counter)

    def note(self, session: Session) -> None:
        """To be called between a kill and the next start."""
        claimed = select(OutboxItem.id).where(OutboxItem.state == ItemState.CLAIMED)
        self.times.update(number or 0 for number in session.scalars(claimed))


def waits(session: Session, clock: Clock) -> int:
    """How many items are due, or will be before all have stopped, and have not ended."""
    due = OutboxItem.due_at <= clock.now() + SOON
    waiting = OutboxItem.state.in_([ItemState.QUEUED, ItemState.CLAIMED])
    return int(session.execute(select(func.count()).where(due, waiting)).scalar_one())


def checked(
    session: Session, officers: Sequence[Officer], in_flight: InFlight, clock: Clock
) -> tuple[list[str], Counter[str]]:
    """What is wrong, and how many items ended how."""
    told = {officer.person: officer.told for officer in officers}
    marks = _marks(session)
    faults: list[str] = []
    ended: Counter[str] = Counter(in_flight=sum(in_flight.times.values()))
    for item in session.scalars(select(OutboxItem)):
        if item.notice not in marks or item.due_at > clock.now():
            continue
        is_it = marks[item.notice](item)
        notices = told.get(item.person_id or 0, ())
        arrived = sum(map(is_it, notices)) or _unnamed(session, item, notices)
        ended[item.state.value] += 1
        ended["copies"] += max(0, arrived - 1)
        ended["lost"] += item.state is ItemState.UNKNOWN and not arrived
        faults += [
            f"item {item.id}, {item.notice}, {item.state.value}: {fault}"
            for fault in _item(item, arrived, in_flight.times[item.id or 0])
        ]
    return faults, ended


def _unnamed(session: Session, item: OutboxItem, notices: Sequence[Shown]) -> int:
    """Whether it came in a message that joined so many that it names the first of them only."""
    message = session.get(Message, item.message_id) if item.message_id is not None else None
    number = message.telegram_message_id if message is not None else None
    return any(one.message_id == number and AND_MORE in one.text for one in notices)


def _item(item: OutboxItem, arrived: int, flights: int) -> Iterable[str]:
    if item.state not in ENDED:
        yield "has not ended"
    if item.state is ItemState.SENT and arrived == 0:
        yield "never arrived"
    if item.state is ItemState.UNKNOWN and not flights:
        yield "was not in flight at any kill"
    if item.state is ItemState.DROPPED and arrived > flights:
        yield f"arrived {arrived} times"
    if arrived > 1 + min(flights, item.attempts - 1):
        yield f"arrived {arrived} times; {item.attempts} attempts, in flight at {flights} kills"


Is = Callable[[Shown], bool]


def _marks(session: Session) -> dict[str, Callable[[OutboxItem], Is]]:
    """How each kind of notice is known on a phone, by item."""
    texts: dict[int, str] = {row.id or 0: row.text for row in session.scalars(select(Question))}
    classes: defaultdict[int, int] = defaultdict(int)
    for row in session.scalars(select(Assignment)):
        classes[row.id or 0] = row.class_id or 0

    def question(title: str) -> Callable[[OutboxItem], Is]:
        return lambda item: _both(title, re.escape(texts[item.params["question"]]))

    return {
        "question_asked": question(" asks\n"),
        "question_answered": question("The training unit answers"),
        "reaction_due": lambda item: _both(
            "ended:", rf"PROOF-{classes[item.params['assignment']]}\b"
        ),
    }


def _both(title: str, pattern: str) -> Is:
    wanted = re.compile(pattern)
    return lambda notice: title in notice.text and wanted.search(notice.text) is not None
