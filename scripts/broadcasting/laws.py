"""What holds of every message to many once all is calm; each law says what it saw if not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select

from bot import policy
from bot.calendar import local_date, next_allowed
from bot.campaigns.broadcasts import reporting, telling
from bot.context import Ctx
from bot.models.broadcasts import (
    Broadcast,
    BroadcastKind,
    BroadcastRecipient,
    BroadcastState,
    RecipientState,
)
from bot.models.delivery import ItemState, OutboxItem
from scripts.broadcasting.moves import Life, mark
from scripts.broadcasting.world import OFFICERS, ZONES, Arrival

R = RecipientState
FINAL = {R.SENT, R.FAILED, R.DROPPED, R.UNKNOWN}
NOT_CORRECTED = "not corrected"


class Broken(AssertionError):
    """A law does not hold; says which, and what was seen."""


@dataclass(frozen=True, slots=True)
class Told:
    """One recipient of one message, and what came into their chat of it."""

    row: Broadcast
    who: BroadcastRecipient
    arrivals: tuple[Arrival, ...]

    def __str__(self) -> str:
        return (
            f"message {self.row.id} to {self.who.person_id}: {self.who.state}, "
            f"“{self.who.reason}”, {[one.texts for one in self.arrivals]}"
        )


Law: TypeAlias = Callable[[Life, Told], bool]


def every_one_ends(_life: Life, told: Told) -> bool:
    return told.who.state in FINAL


def sent_is_there(_life: Life, told: Told) -> bool:
    """What is said to be delivered stands in the chat."""
    return told.who.state is not R.SENT or bool(told.arrivals)


def not_sent_is_not_there(life: Life, told: Told) -> bool:
    """What is said not to be delivered came only where an answer was lost before."""
    said_no = told.who.state in (R.FAILED, R.DROPPED)
    return not (said_no and told.arrivals) or life.courier.excuses[told.who.person_id] > 0


def nobody_gets_it_twice(life: Life, told: Told) -> bool:
    """One message, and one more at most for each lost answer and each that could not change."""
    return len(told.arrivals) <= 1 + life.courier.excuses[told.who.person_id]


def last_words_stand(_life: Life, told: Told) -> bool:
    """Whoever has it reads its last words, or the list says why not."""
    if told.who.state is not R.SENT or told.who.reason.startswith(NOT_CORRECTED):
        return True
    if told.row.state is BroadcastState.RECALLED:
        wanted = mark(told.row.id or 0, -1)
    else:
        wanted = told.row.texts[told.row.fallback]
    return wanted in told.arrivals[-1].texts[-1]


def words_are_counted(_life: Life, told: Told) -> bool:
    """The list says of everybody who has it with which words."""
    is_newest = told.who.told_correction == told.row.corrections
    has_it = told.who.state is R.SENT
    return not has_it or is_newest != told.who.reason.startswith(NOT_CORRECTED)


LAWS: tuple[Law, ...] = (
    every_one_ends,
    sent_is_there,
    not_sent_is_not_there,
    nobody_gets_it_twice,
    last_words_stand,
    words_are_counted,
)


def check(life: Life) -> None:
    """Raise Broken with everything that does not hold."""
    found = [*life.broken, *life.world.act(None, lambda ctx: list(_faults(life, ctx)))]
    if found:
        raise Broken("; ".join(found))


def _faults(life: Life, ctx: Ctx) -> Iterator[str]:
    for about in life.about:
        row = ctx.session.get_one(Broadcast, about)
        yield from _of_message(life, ctx, row)
    yield from _of_outbox(life, ctx)
    yield from _of_chats(life, ctx)


def _of_message(life: Life, ctx: Ctx, row: Broadcast) -> Iterator[str]:
    people = ctx.session.scalars(
        select(BroadcastRecipient).where(BroadcastRecipient.broadcast_id == row.id)
    ).all()
    for who in people:
        arrivals = tuple(
            one
            for one in life.world.chats.get(who.person_id, ())
            if any(f"<{row.id}." in text for text in one.texts)
        )
        told = Told(row, who, arrivals)
        yield from (f"{law.__name__}: {told}" for law in LAWS if not law(life, told))
    assert row.id is not None
    total = reporting.tally(ctx, row.id).total
    if total != row.counts["size"]:
        yield f"message {row.id} went to {row.counts['size']}, its report says {total}"


def _of_outbox(life: Life, ctx: Ctx) -> Iterator[str]:
    """Every row has ended, and none was made for who had confirmed that they read it."""
    rows = ctx.session.scalars(select(OutboxItem).where(OutboxItem.notice.like("broadcast%")))
    for item in rows:
        if item.state in (ItemState.QUEUED, ItemState.CLAIMED):
            yield f"{item.unique_key} has not ended"
        read_at = life.read.get((item.params.get("broadcast", 0), item.person_id or 0))
        is_round = item.notice in telling.SENT_BY_ITSELF
        if is_round and item.params["round"] and read_at is not None and item.made_at > read_at:
            yield f"{item.unique_key} was sent again to who had read it"


def _of_chats(life: Life, ctx: Ctx) -> Iterator[str]:
    """No recipient's phone rings at night or too often in a day, but for emergencies. Its maker
    follows a message at any hour.
    """
    quiet, most = policy.quiet_hours(ctx.session), policy.value(ctx.session, "daily_messages")
    urgent = [
        f"<{about}."
        for about in life.about
        if ctx.session.get_one(Broadcast, about).kind is BroadcastKind.EMERGENCY
    ]
    for account, chat in life.world.chats.items():
        if account not in OFFICERS:
            continue
        zone = ZONES[account % len(ZONES)]
        rang = [
            one.at
            for one in chat
            if "<" in one.texts[0] and not any(name in one.texts[0] for name in urgent)
        ]
        days = Counter(local_date(at, zone) for at in rang)
        if any(next_allowed(at, zone, quiet) > at for at in rang):
            yield f"the phone of {account} rang at night"
        if days and max(days.values()) > most:
            yield f"{account} got {max(days.values())} messages in a day, {most} are allowed"
