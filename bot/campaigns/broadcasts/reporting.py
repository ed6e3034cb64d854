"""What became of a message to many: by state, by reason, by office, who read it, who enrolled."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, select

from bot.campaigns.broadcasts import keeping
from bot.context import Ctx
from bot.models.broadcasts import Broadcast, BroadcastRecipient, RecipientState
from bot.models.people import Person, Unit
from bot.models.training import Enrolment
from bot.training.states import HELD, WAITING

R = RecipientState
ASKED_FOR_A_PLACE = WAITING | HELD
PER_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the recipients are in which state; `read` of them confirmed that they read it,
    `enrolled` asked for a place in its class, or have one, since it began.
    """

    states: Mapping[RecipientState, int]
    read: int = 0
    enrolled: int = 0

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those with whom it has not ended."""
        return self.states.get(R.WAITING, 0) + self.states.get(R.QUEUED, 0)

    def of(self, state: RecipientState) -> int:
        return self.states.get(state, 0)


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """The same for those who belonged to one office when the message was sent."""

    unit_id: int
    name: str
    path: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known; `reasons` of what failed or was dropped, the most frequent first;
    `corrected` is how many of those who got it have its last words.
    """

    tally: Tally
    corrected: int
    reasons: tuple[tuple[RecipientState, str, int], ...]
    offices: tuple[OfficeLine, ...]


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """One recipient; `reach` is how the person could be reached when the list was made."""

    staff_no: str
    name: str
    office: str
    reach: str
    state: RecipientState
    reason: str
    read_at: dt.datetime | None
    enrolled: bool


def tally(ctx: Ctx, broadcast_id: int) -> Tally:
    """How far a message is, for who keeps it or may approve it."""
    return _tally(ctx, keeping.readable(ctx, broadcast_id))


def report(ctx: Ctx, broadcast_id: int) -> Report:
    """What became of a message, for who keeps it or may approve it."""
    row = keeping.readable(ctx, broadcast_id)
    by_office = _tallies(ctx, row, BroadcastRecipient.unit_id)
    counts = {office: found for (office,), found in by_office.items()}
    return Report(
        tally=_together([one.tally for one in counts.values()]),
        corrected=sum(one.corrected for one in counts.values()),
        reasons=tuple(_reasons(ctx, row)),
        offices=tuple(_offices(ctx, counts)),
    )


def has_recipients(ctx: Ctx, broadcast_id: int) -> bool:
    """Whether there is anything to report, for who keeps it or may approve it."""
    row = keeping.readable(ctx, broadcast_id)
    mine = select(BroadcastRecipient.id).where(BroadcastRecipient.broadcast_id == row.id)
    return ctx.session.execute(mine.limit(1)).first() is not None


def recipients(ctx: Ctx, broadcast_id: int) -> Iterator[RecipientLine]:
    """Everybody it was for, by office and name, a page of rows at a time."""
    row = keeping.readable(ctx, broadcast_id)
    rows = ctx.session.execute(
        select(
            Person.staff_no,
            Person.full_name,
            Unit.path,
            BroadcastRecipient.reach,
            BroadcastRecipient.state,
            BroadcastRecipient.reason,
            BroadcastRecipient.acknowledged_at,
            _enrolled(row),
        )
        .join(Person, Person.id == BroadcastRecipient.person_id)
        .join(Unit, Unit.id == BroadcastRecipient.unit_id)
        .where(BroadcastRecipient.broadcast_id == row.id)
        .order_by(Unit.path, Person.full_name, Person.id)
        .execution_options(yield_per=PER_PAGE)
    )
    for one in rows:
        yield RecipientLine(*one)


def _told() -> ColumnElement[RecipientState]:
    """The state as it is reported: who has the message has it while a correction is under way."""
    column = BroadcastRecipient.__table__.c.state  # type: ignore[attr-defined]  # SQLModel sets it
    has_it = and_(column == R.QUEUED, BroadcastRecipient.message_id.is_not(None))
    return case((has_it, literal(R.SENT, column.type)), else_=column)


def _tally(ctx: Ctx, row: Broadcast) -> Tally:
    found = _tallies(ctx, row)
    return found[()].tally if found else Tally({})


@dataclass(frozen=True, slots=True)
class _Counts:
    """A tally, and how many of those who got it have its last words."""

    tally: Tally
    corrected: int


def _tallies(ctx: Ctx, row: Broadcast, *by: Any) -> dict[tuple[int, ...], _Counts]:
    """By the columns that recipients are grouped by; all of it is counted in one go."""
    state = _told()
    newest = and_(
        BroadcastRecipient.state == R.SENT, BroadcastRecipient.told_correction >= row.corrections
    )
    read = BroadcastRecipient.acknowledged_at.is_not(None)
    counts = (_sum(read), _sum(_enrolled(row)), _sum(newest))
    found: dict[tuple[int, ...], list[Any]] = defaultdict(list)
    for line in ctx.session.execute(
        select(*by, state, func.count(), *counts)
        .where(BroadcastRecipient.broadcast_id == row.id)
        .group_by(*by, state)
    ):
        found[tuple(line[: len(by)])].append(line[len(by) :])
    return {key: _counts(lines) for key, lines in found.items()}


def _counts(lines: Sequence[Sequence[Any]]) -> _Counts:
    states = {line[0]: int(line[1]) for line in lines}
    read, enrolled, corrected = (sum(line[place] for line in lines) for place in (2, 3, 4))
    return _Counts(Tally(states, int(read), int(enrolled)), int(corrected))


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _enrolled(row: Broadcast) -> ColumnElement[bool]:
    """That somebody asked for a place in the class after the message began to go out."""
    if row.class_id is None or row.began_at is None:
        return false()
    return exists().where(
        Enrolment.class_id == row.class_id,
        Enrolment.person_id == BroadcastRecipient.person_id,
        Enrolment.state.in_(ASKED_FOR_A_PLACE),
        Enrolment.changed_at >= row.began_at,
    )


def _reasons(ctx: Ctx, row: Broadcast) -> Iterator[tuple[RecipientState, str, int]]:
    count = func.count()
    found = ctx.session.execute(
        select(BroadcastRecipient.state, BroadcastRecipient.reason, count)
        .where(BroadcastRecipient.broadcast_id == row.id, BroadcastRecipient.reason != "")
        .group_by(BroadcastRecipient.state, BroadcastRecipient.reason)
        .order_by(count.desc(), BroadcastRecipient.reason)
    )
    for state, reason, number in found:
        yield state, reason, int(number)


def _offices(ctx: Ctx, counts: Mapping[int, _Counts]) -> Iterator[OfficeLine]:
    units = select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(counts)).order_by(Unit.path)
    for office, name, path in ctx.session.execute(units):
        yield OfficeLine(office, name, path, counts[office].tally)


def _together(tallies: Collection[Tally]) -> Tally:
    states: Counter[RecipientState] = Counter()
    for one in tallies:
        states.update(one.states)
    return Tally(states, sum(one.read for one in tallies), sum(one.enrolled for one in tallies))
