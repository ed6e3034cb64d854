"""What always holds of enrolments, whatever was done: each law says what it saw if it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from bot.delivery.rendering import NO_MORE
from bot.models.approvals import About, Approval
from bot.models.delivery import ItemState
from bot.models.training import Enrolment, EnrolmentChange
from bot.models.training import EnrolmentState as S
from bot.training import seats, states
from bot.training.membership import TRAINEE_STATES
from bot.training.states import HELD, LIVE, NOT_IN, Act
from scripts.enrolling import telling
from scripts.enrolling.seen import Seen
from scripts.enrolling.world import A_MOMENT

ENTITLING = {Act.APPROVE.value, Act.ORDER.value, Act.ADMIT.value}
OUTSIDE = {"", *(state.value for state in NOT_IN if state is not None)}
UNDECIDED = (S.REQUESTED, S.NOMINATED)
Law: TypeAlias = Callable[[Seen, Seen], Iterator[str]]


class Broken(AssertionError):
    """A law does not hold; says which, and what was seen."""


def check(before: Seen, after: Seen) -> None:
    """Raise Broken with everything that does not hold after a commit."""
    found = [f"{law.__name__}: {words}" for law in LAWS for words in law(before, after)]
    if found:
        raise Broken("; ".join(found))


def no_more_than_seats(_before: Seen, after: Seen) -> Iterator[str]:
    """Never more have a place than there are seats."""
    for class_id, held in after.classes.items():
        taken = sum(row.state in TRAINEE_STATES for row in after.of_class(class_id))
        if taken > held.seats:
            yield f"{taken} in class {class_id} of {held.seats} seats"


def entitled(_before: Seen, after: Seen) -> Iterator[str]:
    """Nobody has or had a place without approval, order or admission since they came."""
    for row in after.rows.values():
        if row.state not in HELD | {S.APPROVED}:
            continue
        if not any(change.act in ENTITLING for change in _stay(after.changes[row.id])):
            yield f"enrolment {row.id} is {row.state} by nothing"


def none_waits_for_a_free_seat(_before: Seen, after: Seen) -> Iterator[str]:
    """While seats are given away, none is free if somebody who is approved waits."""
    for class_id, held in after.classes.items():
        if not after.gives_seats(class_id):
            continue
        listed = after.of_class(class_id)
        taken = sum(row.state in TRAINEE_STATES for row in listed)
        waiting = [row.id for row in listed if row.state is S.APPROVED]
        if waiting and taken < held.seats:
            yield f"{waiting} wait in class {class_id} with {held.seats - taken} seats free"


def in_order(before: Seen, after: Seen) -> Iterator[str]:
    """Who got a seat by rule came before everybody who waited and still does."""
    for row_id, change in _new_changes(before, after):
        if change.act != Act.SEAT:
            continue
        seated = after.rows[row_id]
        for other in after.of_class(seated.class_id):
            if _waited(before, other) and _key(other) < _key(seated):
                yield f"{row_id} got the seat of {other.id} in class {seated.class_id}"


def keeps_its_time(_before: Seen, after: Seen) -> Iterator[str]:
    """The place in the order is that of the last approval or order."""
    for row in after.rows.values():
        entitling = [c for c in after.changes[row.id] if c.act in ENTITLING]
        if row.state is not S.APPROVED:
            continue
        since = row.approved_at
        if not entitling or since is None or abs(entitling[-1].at - since) >= A_MOMENT:
            yield f"enrolment {row.id} waits since {row.approved_at}"


def lots_stand(before: Seen, after: Seen) -> Iterator[str]:
    """Who waits by lot has the lot of the last draw since the last approval; no two have one, and
    a draw seats the lowest.
    """
    for class_id in after.classes:
        lots = [row.lot for row in after.of_class(class_id) if row.lot]
        if len(lots) != len(set(lots)):
            yield f"the lots of class {class_id} are {sorted(lots)}"
    for row in after.rows.values():
        if row.state is S.APPROVED and (row.lot or None) != _lot_by(after.changes[row.id]):
            yield f"enrolment {row.id} waits by lot {row.lot}"
    for row_id, change in _new_changes(before, after):
        if change.rule == seats.DRAWN:
            won = after.rows[row_id]
            waiting = [r for r in after.of_class(won.class_id) if r.state is S.APPROVED and r.lot]
            if any((row.lot or 0) < (won.lot or 0) for row in waiting):
                yield f"{row_id} won a place by lot {won.lot} before a lower one"


def seats_in_time(before: Seen, after: Seen) -> Iterator[str]:
    """No seat is given by rule in a class that has begun, ended, or has no dates."""
    for row_id, change in _new_changes(before, after):
        class_id = after.rows[row_id].class_id
        if change.act == Act.SEAT and not after.gives_seats(class_id):
            yield f"{row_id} got a seat in class {class_id}, which gives none"


def history_leads_here(_before: Seen, after: Seen) -> Iterator[str]:
    """The changes of an enrolment follow from each other and end where it stands."""
    for row in after.rows.values():
        chain = after.changes[row.id]
        if not chain or chain[0].old or chain[-1].new != row.state or _gap(chain):
            yield f"enrolment {row.id} is {row.state} after {[(c.act, c.new) for c in chain]}"
        for change in chain:
            old = S(change.old) if change.old else None
            if not states.leads(Act(change.act), old, S(change.new)):
                yield f"{change.act} of {row.id} from {change.old!r} to {change.new!r}"


def nothing_rewritten(before: Seen, after: Seen) -> Iterator[str]:
    """History only grows."""
    for row_id, chain in before.changes.items():
        kept = [change.id for change in after.changes[row_id][: len(chain)]]
        if kept != [change.id for change in chain]:
            yield f"the history of {row_id} was {chain}, is {kept}"


def told_exactly(_before: Seen, after: Seen) -> Iterator[str]:
    """Of each step its person is told once, unless they took it; of nothing else anybody."""
    known = set()
    for row in after.rows.values():
        for change, wanted in telling.wanted(after, row):
            receivers = [item.person_id for item in after.told.get(change.id, ())]
            known.add(change.id)
            if receivers != [row.person_id] * wanted:
                yield f"{change.act} {change.id} of {row.person_id} is told to {receivers}"
    if after.told.keys() - known:
        yield f"there are no changes {after.told.keys() - known}, of which somebody is told"


def asked_somebody(_before: Seen, after: Seen) -> Iterator[str]:
    """Who waits for a decision is asked about, once, of somebody else who was told so."""
    for row in after.rows.values():
        open_ones = [a for a in after.approvals[row.id] if a.ended_at is None]
        about = {approval.about for approval in open_ones}
        if len(open_ones) > 1:
            yield f"{len(open_ones)} approvals of {row.id} are open"
        if row.state is S.REQUESTED and about != {About.PLACE}:
            yield f"nobody is asked about {row.id}, which is {row.state}"
        if About.PLACE in about and row.state not in UNDECIDED:
            yield f"somebody is asked about {row.id}, which is {row.state}"
        if About.POSTPONEMENT in about and row.state not in LIVE:
            yield f"postponing {row.id} is asked for, which is {row.state}"
        for approval in open_ones:
            receivers = _asked_of(after, approval)
            if not receivers or row.person_id in receivers:
                yield f"approval {approval.id} of {row.person_id} was put to {receivers}"


def nothing_stale(before: Seen, after: Seen) -> Iterator[str]:
    """What people read is how it stands: nothing is sent of a step that is not the last."""
    for change_id, items in after.told.items():
        for item in items:
            was_sent = item.state is ItemState.SENT and before.state_of(item) is not item.state
            if was_sent and not _is_last(after, change_id):
                yield f"change {change_id} was sent, which is not the last"


def last_word(_before: Seen, after: Seen) -> Iterator[str]:
    """What became of somebody last is never dropped for want of a reason, nor for a bug."""
    for change_id, items in after.told.items():
        for item in items:
            is_lost = item.state is ItemState.DROPPED and item.reason == NO_MORE
            if is_lost and _is_last(after, change_id):
                yield f"change {change_id} was dropped: {item.reason}"
    if after.failed:
        yield f"notices that could not be put into words: {after.failed}"


LAWS: tuple[Law, ...] = (
    no_more_than_seats,
    entitled,
    none_waits_for_a_free_seat,
    in_order,
    lots_stand,
    keeps_its_time,
    seats_in_time,
    history_leads_here,
    nothing_rewritten,
    told_exactly,
    nothing_stale,
    last_word,
    asked_somebody,
)


def _is_last(after: Seen, change_id: int) -> bool:
    return any(chain[-1].id == change_id for chain in after.changes.values() if chain)


def _asked_of(after: Seen, approval: Approval) -> list[int | None]:
    """Who was told of a question; one that was asked back goes on as a row of its own."""
    same = [
        other.id
        for other in after.approvals[approval.enrolment_id]
        if other.asked_at == approval.asked_at
    ]
    return [item.person_id for number in same for item in after.asked.get(number, ())]


def _lot_by(chain: list[EnrolmentChange]) -> int | None:
    """The lot that the history gives: none for who was approved anew since the draw."""
    lot: int | None = None
    for change in chain:
        if change.act in ENTITLING:
            lot = None
        elif change.act == Act.DRAW:
            lot = change.details["lot"]
    return lot


def _stay(chain: list[EnrolmentChange]) -> list[EnrolmentChange]:
    """The changes since the person last came onto the list; a class that is held after all
    brings people back as they were.
    """
    came = (n for n, c in enumerate(chain) if c.old in OUTSIDE and c.act != Act.RESTORE)
    return chain[max(came, default=0) :]


def _new_changes(before: Seen, after: Seen) -> Iterator[tuple[int, EnrolmentChange]]:
    for row_id, chain in after.changes.items():
        for change in chain[len(before.changes.get(row_id, ())) :]:
            yield row_id, change


def _waited(before: Seen, row: Enrolment) -> bool:
    """Whether this one is approved and waits, and did so before."""
    earlier = before.rows.get(row.id)
    return row.state is S.APPROVED and earlier is not None and earlier.state is S.APPROVED


def _key(row: Enrolment) -> tuple[bool, bool, int, object, int]:
    assert row.approved_at is not None
    assert row.id is not None
    return not row.required, row.lot is None, row.lot or 0, row.approved_at, row.id


def _gap(chain: list[EnrolmentChange]) -> bool:
    return any(
        later.old != earlier.new or later.at < earlier.at for earlier, later in pairwise(chain)
    )
