"""What becomes a message now: the daily limit by message, the night, merging, and bad notices."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.claim import BATCH, claim
from bot.delivery.failures import Failure, SendResult
from bot.delivery.outcome import give_up_claimed, record
from bot.errors import Refusal
from bot.i18n import _
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.models.people import Person
from bot.models.system import Instance
from tests.integration.delivery.conftest import Invent, Officer

MORNING = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
"""Nine o'clock in Phnom Penh."""


def items(ctx: Ctx) -> list[OutboxItem]:
    return list(ctx.session.scalars(select(OutboxItem).order_by(OutboxItem.id)))


def test_daily_limit__many_at_once__counts_messages_and_leaves_the_rest_for_tomorrow(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    for number in range(5):
        outbox.tell(ctx, invent(f"n{number}", Urgency.ORDINARY), officer.person_id, {})
    assert len(claim(ctx)) == 3
    assert claim(ctx) == []
    later = [item.due_at for item in items(ctx) if item.state is ItemState.QUEUED]
    assert later == [dt.datetime(2026, 3, 3, 0, 0, tzinfo=dt.UTC)] * 2


def test_daily_limit__merged_items__count_once(ctx: Ctx, officer: Officer, invent: Invent) -> None:
    for number in range(5):
        kind = invent(f"n{number}", Urgency.ORDINARY, merge="same")
        outbox.tell(ctx, kind, officer.person_id, {})
    (message,) = claim(ctx)
    assert message.encoded.text.count("Line") == 5
    outbox.tell(ctx, invent("other", Urgency.ORDINARY), officer.person_id, {})
    assert len(claim(ctx)) == 1


def test_merged_items__more_than_a_batch__are_one_message(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    alone = invent("alone", Urgency.NOW)
    for _number in range(BATCH - 1):
        outbox.tell(ctx, alone, officer.person_id, {})
    merged = invent("merged", Urgency.ORDINARY, merge="same")
    other = invent("other", Urgency.ORDINARY, merge="same")
    for kind in (merged, other):
        outbox.tell(ctx, kind, officer.person_id, {})
    *_alone, together = claim(ctx)
    assert "Line merged" in together.encoded.text
    assert "Line other" in together.encoded.text
    assert claim(ctx) == []


def test_daily_limit__reached__urgent_goes_all_the_same(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    for number in range(4):
        outbox.tell(ctx, invent(f"n{number}", Urgency.BULK), officer.person_id, {})
    outbox.tell(ctx, invent("now", Urgency.NOW), officer.person_id, {})
    assert [message.encoded.text for message in claim(ctx)][0] == "Notice now"
    claim(ctx)
    assert len(items(ctx)) - sum(item.state is ItemState.QUEUED for item in items(ctx)) == 4


def test_throttled__many_times__stays_queued_and_leaves_no_message(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    outbox.tell(ctx, invent("n", Urgency.ORDINARY), officer.person_id, {})
    for failure in (Failure.THROTTLED, Failure.UNREACHABLE) * 4:
        record(ctx, [(message, SendResult(failure=failure)) for message in claim(ctx)])
    (item,) = items(ctx)
    assert (item.state, item.due_at, item.message_id) == (ItemState.QUEUED, MORNING, None)
    assert ctx.session.scalars(select(Message)).all() == []
    assert len(claim(ctx)) == 1


def test_unreachable__for_days__what_merges_is_one_message(
    ctx: Ctx, clock: FixedClock, officer: Officer, invent: Invent
) -> None:
    for number in range(3):
        kind = invent(f"n{number}", Urgency.ORDINARY, merge="same")
        outbox.tell(ctx, kind, officer.person_id, {})
        lost = SendResult(failure=Failure.UNREACHABLE)
        record(ctx, [(message, lost) for message in claim(ctx)])
        clock.advance(days=1)
    (message,) = claim(ctx)
    assert message.encoded.text.count("Line") == 3


def test_killed_courier__items_and_messages_are_unknown(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    outbox.tell(ctx, invent("n", Urgency.NOW), officer.person_id, {})
    claim(ctx)
    ctx.session.flush()
    ctx.session.expunge_all()
    give_up_claimed(ctx)
    assert [item.state for item in items(ctx)] == [ItemState.UNKNOWN]
    assert ctx.session.scalars(select(Message.outcome)).all() == [ItemState.UNKNOWN]


def test_message__of_somebody_erased_meanwhile__harms_nobody_else(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    for name in ("first", "second"):
        outbox.tell(ctx, invent(name, Urgency.NOW), officer.person_id, {})
    gone, other = claim(ctx)
    ctx.session.execute(delete(OutboxItem).where(OutboxItem.message_id == gone.message_id))
    ctx.session.execute(delete(Message).where(Message.id == gone.message_id))
    record(ctx, [(gone, SendResult(message_id=1)), (other, SendResult(message_id=2))])
    assert [item.state for item in items(ctx)] == [ItemState.SENT]


def test_file__gone__item_is_dropped(ctx: Ctx, officer: Officer, invent: Invent) -> None:
    outbox.tell(ctx, invent("n", Urgency.NOW), officer.person_id, {})
    record(ctx, [(message, SendResult(failure=Failure.NO_FILE)) for message in claim(ctx)])
    assert [(item.state, item.reason) for item in items(ctx)] == [
        (ItemState.DROPPED, "the file is gone")
    ]


def test_notice__that_refuses_or_fails__ends_and_the_next_goes(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    outbox.tell(ctx, invent("a", Urgency.NOW, fails=Refusal(_("Gone."))), officer.person_id, {})
    outbox.tell(ctx, invent("b", Urgency.NOW, fails=ZeroDivisionError()), officer.person_id, {})
    outbox.tell(ctx, invent("c", Urgency.NOW), officer.person_id, {})
    assert [message.encoded.text for message in claim(ctx)] == ["Notice c"]
    states = [(item.state, item.reason) for item in items(ctx)][:2]
    assert states == [(ItemState.DROPPED, "refused: Gone."), (ItemState.FAILED, "bug")]


def test_reader__in_no_known_zone__harms_nobody_else(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    ctx.session.get_one(Person, officer.person_id).timezone = "Nowhere/At_All"
    outbox.tell(ctx, invent("n", Urgency.ORDINARY), officer.person_id, {})
    assert claim(ctx) == []
    assert [item.reason for item in items(ctx)] == ["bug"]


def test_dated__in_the_night__goes_the_evening_before(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    night = MORNING + dt.timedelta(hours=20)
    outbox.tell(ctx, invent("n", Urgency.DATED), officer.person_id, {}, due_at=night)
    assert [item.due_at for item in items(ctx)] == [dt.datetime(2026, 3, 2, 12, 59, tzinfo=dt.UTC)]


def test_dated__for_tonight_and_it_is_night__goes_at_once_and_silently(
    ctx: Ctx, clock: FixedClock, officer: Officer, invent: Invent
) -> None:
    clock.advance(hours=14)
    due = clock.now() + dt.timedelta(hours=1)
    outbox.tell(ctx, invent("n", Urgency.DATED), officer.person_id, {}, due_at=due)
    (message,) = claim(ctx)
    assert message.silent


def test_held_database__sends_nothing(ctx: Ctx, officer: Officer, invent: Invent) -> None:
    ctx.session.add(Instance(id=1, instance_id="copy", held=True))
    outbox.tell(ctx, invent("n", Urgency.NOW), officer.person_id, {})
    assert claim(ctx) == []
    assert [item.state for item in items(ctx)] == [ItemState.QUEUED]


def test_useless__by_then__dropped(
    ctx: Ctx, clock: FixedClock, officer: Officer, invent: Invent
) -> None:
    kind, until = invent("n", Urgency.ORDINARY), clock.now() + dt.timedelta(hours=1)
    outbox.tell(ctx, kind, officer.person_id, {}, useful_until=until)
    clock.advance(hours=2)
    assert claim(ctx) == []
    assert [item.reason for item in items(ctx)] == ["too late to be of use"]
