"""Of which steps of an enrolment its person is told: written down anew, not as the code has it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.models.training import Enrolment, EnrolmentChange
from bot.models.training import EnrolmentState as S
from bot.training import seats
from bot.training.states import Act
from scripts.enrolling.seen import Seen
from scripts.enrolling.world import A_MOMENT

OWN_OR_SHOWN = {Act.INTEREST, Act.REQUEST, Act.NOTE, Act.COMPLETE}
"""What is done by oneself, or told in another way once the class is over."""
MAY_BE_OVERTAKEN = {Act.APPROVE, Act.ORDER, Act.RESTORE, Act.DRAW}
"""What is not told where the seat itself came with it."""


def wanted(seen: Seen, row: Enrolment) -> Iterator[tuple[EnrolmentChange, bool]]:
    """Each step of an enrolment, and whether its person is to be told."""
    chain = seen.changes[row.id or 0]
    earlier: EnrolmentChange | None = None
    for change, later in zip(chain, [*chain[1:], None], strict=True):
        yield change, _is_told(seen, row, earlier, change, later)
        earlier = change


def _is_told(
    seen: Seen,
    row: Enrolment,
    earlier: EnrolmentChange | None,
    change: EnrolmentChange,
    later: EnrolmentChange | None,
) -> bool:
    if change.act in OWN_OR_SHOWN or (change.actor_id == row.person_id and not change.rule):
        return False
    if change.act == Act.NOMINATE:
        return _list_stands(seen, row, change, later)
    if change.act == Act.CANCEL and change.old == S.NOMINATED:
        return earlier is not None and _knows(seen, row, change)
    if change.act == Act.RESTORE and earlier is not None and not _was_cancel_told(seen, earlier):
        return False
    if change.act in MAY_BE_OVERTAKEN and later is not None and later.act == Act.SEAT:
        return not _came_with(seen, change, later)
    return True


def _came_with(seen: Seen, change: EnrolmentChange, later: EnrolmentChange) -> bool:
    """Whether the seat was given in the same transaction. Who comes back with the class may get
    one from another process in the same second.
    """
    if change.act != Act.RESTORE:
        return later.rule == (seats.DRAWN if change.act == Act.DRAW else seats.APPROVED)
    return later.at - change.at < A_MOMENT and not seen.told.get(change.id or 0)


def _list_stands(
    seen: Seen, row: Enrolment, change: EnrolmentChange, later: EnrolmentChange | None
) -> bool:
    """Who is named is told when the list is handed in, or when named after that."""
    if later is None and row.state is S.NOMINATED and row.quota_id in seen.handed_in:
        return True
    return bool(seen.told.get(change.id or 0))


def _knows(seen: Seen, row: Enrolment, before: EnrolmentChange) -> bool:
    """Whether somebody had been told of being named when they left the list."""
    named = [c for c in seen.changes[row.id or 0] if c.act == Act.NOMINATE and c.at <= before.at]
    told = seen.told.get(named[-1].id or 0, []) if named else []
    return any(item.made_at <= before.at for item in told)


def _was_cancel_told(seen: Seen, cancel: EnrolmentChange) -> bool:
    """Only who was told that they are off the list is told that they are on it again."""
    return bool(seen.told.get(cancel.id or 0)) or cancel.old != S.NOMINATED
