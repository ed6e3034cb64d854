"""Which queued items become which message now: usefulness, quiet hours, daily limit, merging."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import Select, bindparam, func, or_, select, tuple_
from sqlalchemy.exc import DBAPIError

from bot import policy
from bot.calendar import DAY, QuietHours, instant, local_date, next_allowed
from bot.context import Ctx
from bot.db import all_kept
from bot.delivery import alarms, receivers, rendering
from bot.delivery.notices.registry import Drop, Reader
from bot.delivery.receivers import Receiver
from bot.delivery.rendering import NO_MORE
from bot.encoder import Encoded, encode
from bot.errors import Refusal
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.models.system import Instance
from bot.screens import Attachment
from bot.statement import Statement

log = logging.getLogger(__name__)

MOST_IN_HAND = 12
"""Half a second's sends: what a killed courier had in hand is unknown, so it is kept small."""
BATCH = 3
"""Claimed in one transaction: the next reply to somebody waits for no more than that."""
MOST_SETTLED = 4
"""So many batches of which nothing is to be sent are settled in one transaction."""
HELD = Statement(select(Instance.held).where(Instance.id == bindparam("number")))
REASON_CHARACTERS = 200
WAITS = (Urgency.ORDINARY, Urgency.BULK)
NOT_REACHED = (ItemState.FAILED, ItemState.DROPPED)
_QUEUED: Select[OutboxItem] = (
    select(OutboxItem)
    .where(OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at <= bindparam("now"))
    .order_by(OutboxItem.rank, OutboxItem.due_at, OutboxItem.id)
    .with_for_update(skip_locked=True)
)
_FIRST_DUE = _QUEUED.limit(BATCH)
_COUNTED = (
    select(Message.user_id, func.count())
    .where(
        Message.user_id.in_(bindparam("accounts", expanding=True)),
        Message.sent_at >= bindparam("midnight"),
        Message.counted,
        Message.outcome.not_in(NOT_REACHED),
    )
    .group_by(Message.user_id)
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message to send: what it says, to whom, for which items.

    `edits` is the number that the chat knows the message by whose words it replaces.
    """

    message_id: int
    item_ids: tuple[int, ...]
    user_id: int
    encoded: Encoded
    attachment: Attachment | None
    silent: bool
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class _Day:
    """What holds for all who are written to now: quiet hours, and the messages of one day."""

    quiet: QuietHours
    most: int


@dataclass(frozen=True, slots=True)
class _Made:
    """A message before it has its number."""

    row: Message
    told: list[OutboxItem]
    encoded: Encoded
    attachment: Attachment | None
    silent: bool
    edits: int | None

    def claimed(self) -> Claimed:
        """The message is to be sent now, and its items are in the courier's hands."""
        assert self.row.id is not None
        for item in self.told:
            if item.state == ItemState.QUEUED:
                item.state, item.message_id = ItemState.CLAIMED, self.row.id
                item.attempts += 1
        ids = tuple(item.id for item in self.told if item.id is not None)
        return Claimed(
            self.row.id,
            ids,
            self.row.user_id,
            self.encoded,
            self.attachment,
            self.silent,
            self.edits,
        )


def claim(ctx: Ctx) -> list[Claimed]:
    """Take due items, settle those that are no use, and turn the rest into messages."""
    instance = HELD.first(ctx.session, number=1)
    if instance is not None and instance.held:
        return []
    day = _Day(*policy.messaging(ctx.session))
    with all_kept(ctx.session):  # what several are told of is read once
        for _batch in range(MOST_SETTLED):
            due = _due(ctx)
            made = _made(ctx, due, day)
            if made or not due:
                break
    ctx.session.add_all([one.row for one in made])
    ctx.session.flush()
    return [one.claimed() for one in made]


def _made(ctx: Ctx, due: Sequence[OutboxItem], day: _Day) -> list[_Made]:
    by_receiver = _by_receiver(due)
    readers = receivers.of(ctx, by_receiver)
    sent = _sent_today(ctx, [one for one in readers.values() if isinstance(one, Reader)])
    made: list[_Made] = []
    for receiver, items in by_receiver.items():
        reader = readers[receiver]
        if isinstance(reader, Drop):
            _settle(ctx, items, ItemState.DROPPED, reader.reason)
            continue
        try:
            ready = [item for item in items if _is_ready(ctx, item, reader, day.quiet)]
            made += _messages(ctx, ready, reader, day, sent[reader.user_id])
        except DBAPIError:
            raise
        except Exception:
            log.exception("items %s cannot be sent", [item.id for item in items])
            _settle(ctx, items, ItemState.FAILED, "bug")
    return made


def _due(ctx: Ctx) -> Sequence[OutboxItem]:
    """The first that are due, and what merges with them: no batch ends inside a message."""
    batch = ctx.session.scalars(_FIRST_DUE, {"now": ctx.now()}).all()
    if len(batch) < BATCH or not any(item.merge for item in batch):
        return batch
    taken = [item.id for item in batch]
    merging = or_(
        tuple_(OutboxItem.person_id, OutboxItem.merge).in_(_merging(batch, "person_id")),
        tuple_(OutboxItem.user_id, OutboxItem.merge).in_(_merging(batch, "user_id")),
    )
    rest = _QUEUED.where(merging, OutboxItem.id.not_in(taken))
    return [*batch, *ctx.session.scalars(rest, {"now": ctx.now()})]


def _merging(items: Sequence[OutboxItem], receiver: str) -> list[tuple[int, str]]:
    pairs = {(getattr(item, receiver), item.merge) for item in items if item.merge}
    return [(number, merge) for number, merge in pairs if number is not None]


def _by_receiver(items: Sequence[OutboxItem]) -> dict[Receiver, list[OutboxItem]]:
    found: dict[Receiver, list[OutboxItem]] = defaultdict(list)
    for item in items:
        found[item.person_id, item.user_id].append(item)
    return found


def _is_ready(ctx: Ctx, item: OutboxItem, reader: Reader, quiet: QuietHours) -> bool:
    if item.useful_until is not None and item.useful_until < ctx.now():
        _settle(ctx, [item], ItemState.DROPPED, "too late to be of use")
        return False
    if item.edits_id is not None and _known_as(ctx, item, reader) is None:
        item.edits_id = None
    if not _waits(item):
        return True
    allowed = next_allowed(ctx.now(), reader.zone, quiet)
    if allowed > ctx.now():
        item.due_at = allowed
        return False
    return True


def _sent_today(ctx: Ctx, readers: Sequence[Reader]) -> dict[int, int]:
    """How many messages that count each has had on their own day so far; of who lives in no
    known zone nobody can say, and they are seen to later.
    """
    found = dict.fromkeys((reader.user_id for reader in readers), 0)
    for zone in {reader.zone for reader in readers}:
        try:
            midnight = instant(local_date(ctx.now(), zone), dt.time(0), zone)
        except (ZoneInfoNotFoundError, ValueError):
            continue
        accounts = [one.user_id for one in readers if one.zone == zone]
        rows = ctx.session.execute(_COUNTED, {"accounts": accounts, "midnight": midnight})
        found |= {user_id: int(count) for user_id, count in rows}
    return found


def _messages(
    ctx: Ctx, items: list[OutboxItem], reader: Reader, day: _Day, sent: int
) -> list[_Made]:
    groups: dict[str, list[OutboxItem]] = defaultdict(list)
    for item in items:
        groups[item.merge or f"alone:{item.id}"].append(item)
    left = day.most - sent
    made = []
    for group in groups.values():
        if _counts(group) and left <= 0:
            _put_off(ctx, group, reader, day.quiet)
            continue
        message = _message(ctx, group, reader, day.quiet)
        if message is not None:
            made.append(message)
            left -= _counts(group)
    return made


def _counts(items: Sequence[OutboxItem]) -> bool:
    """Whether a message of these items counts towards the daily limit."""
    return any(_waits(item) for item in items)


def _waits(item: OutboxItem) -> bool:
    """Whether it keeps to quiet hours and the daily limit; an edit makes no phone ring."""
    return item.urgency in WAITS and item.edits_id is None


def _put_off(ctx: Ctx, items: Sequence[OutboxItem], reader: Reader, quiet: QuietHours) -> None:
    """To tomorrow morning: today's messages have all been sent."""
    tomorrow = local_date(ctx.now(), reader.zone) + DAY
    for item in items:
        item.due_at = instant(tomorrow, quiet.end, reader.zone)


def _message(ctx: Ctx, items: list[OutboxItem], reader: Reader, quiet: QuietHours) -> _Made | None:
    try:
        told, screen = rendering.rendered(ctx, items, reader)
    except DBAPIError:
        raise
    except Refusal as refusal:
        told, screen = items, Drop(f"refused: {refusal}"[:REASON_CHARACTERS])
    except Exception:
        log.exception("items %s have no words", [item.id for item in items])
        alarms.part_failed(ctx, f"notice {items[0].notice}")
        _settle(ctx, items, ItemState.FAILED, "bug")
        return None
    _settle(ctx, [item for item in items if item not in told], ItemState.DROPPED, NO_MORE)
    if isinstance(screen, Drop):
        _settle(ctx, told, ItemState.DROPPED, screen.reason)
        return None
    encoded = encode(screen, reader.language)
    edits = _known_as(ctx, told[0], reader) if len(told) == 1 else None
    row = Message(
        user_id=reader.user_id,
        language=reader.language,
        text=encoded.text,
        sent_at=ctx.now(),
        counted=_counts(told),
        outcome=ItemState.CLAIMED,
    )
    at_night = next_allowed(ctx.now(), reader.zone, quiet) > ctx.now()
    silent = at_night and all(item.urgency is not Urgency.NOW for item in told)
    return _Made(row, told, encoded, screen.attachment, silent, edits)


def _known_as(ctx: Ctx, item: OutboxItem, reader: Reader) -> int | None:
    """What the reader's chat calls the message that an item edits; None where it has none."""
    message = ctx.session.get(Message, item.edits_id) if item.edits_id is not None else None
    if message is None or message.user_id != reader.user_id:
        return None
    return message.telegram_message_id


def _settle(ctx: Ctx, items: Sequence[OutboxItem], state: ItemState, reason: str) -> None:
    for item in items:
        item.state, item.reason, item.settled_at = state, reason, ctx.now()
