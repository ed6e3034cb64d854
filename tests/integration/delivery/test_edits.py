"""Messages that are edited after they were sent: in place, once anew where that cannot be."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.claim import Claimed, claim
from bot.delivery.failures import Failure, SendResult
from bot.delivery.outcome import give_up_claimed, record
from bot.models.chats import Chat
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.sandbox.faults import Fault
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage
from tests.integration.delivery.conftest import Invent, Officer

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
EVENING = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)
"""Ten o'clock at night in Phnom Penh."""


def first_sent(ctx: Ctx, officer: Officer, invent: Invent, urgency: Urgency) -> None:
    """A message that arrived as number 77, and an edit of it that is queued."""
    outbox.tell(ctx, invent("first", Urgency.NOW), officer.person_id, {})
    record(ctx, [(one, SendResult(message_id=77)) for one in claim(ctx)])
    queue_edit(ctx, officer, invent, urgency)


def queue_edit(ctx: Ctx, officer: Officer, invent: Invent, urgency: Urgency) -> None:
    outbox.tell(ctx, invent("second", urgency), officer.person_id, {}, key="second")
    message = ctx.session.scalars(select(Message)).one()
    edit = ctx.session.scalars(select(OutboxItem).where(OutboxItem.unique_key == "second")).one()
    edit.edits_id = message.id


def claimed_edit(ctx: Ctx) -> Claimed:
    (edit,) = claim(ctx)
    return edit


def edit_item(ctx: Ctx) -> OutboxItem:
    return ctx.session.scalars(select(OutboxItem).where(OutboxItem.unique_key == "second")).one()


def test_edit__bulk_at_night_and_over_the_limit__goes_at_once_and_is_not_counted(
    ctx: Ctx, officer: Officer, invent: Invent, clock: FixedClock
) -> None:
    first_sent(ctx, officer, invent, Urgency.BULK)
    for number in range(3):
        outbox.tell(ctx, invent(f"n{number}", Urgency.ORDINARY), officer.person_id, {})
    claim(ctx)
    (edit,) = claim(ctx)
    assert edit.edits == 77
    assert ctx.session.get_one(Message, edit.message_id).counted is False
    record(ctx, [(edit, SendResult(message_id=77))])
    clock.set(EVENING)
    outbox.tell(ctx, invent("third", Urgency.BULK), officer.person_id, {}, key="third")
    ctx.session.execute(
        update(OutboxItem).where(OutboxItem.unique_key == "third").values(edits_id=edit.message_id)
    )
    assert claimed_edit(ctx).edits == 77


def test_edit__not_editable__is_sent_once_as_a_message_of_its_own(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    first_sent(ctx, officer, invent, Urgency.BULK)
    record(ctx, [(claimed_edit(ctx), SendResult(failure=Failure.NOT_EDITABLE))])
    anew = claimed_edit(ctx)
    assert anew.edits is None
    assert ctx.session.get_one(Message, anew.message_id).counted is True
    record(ctx, [(anew, SendResult(failure=Failure.NOT_EDITABLE))])
    assert edit_item(ctx).state is ItemState.FAILED


def test_edit__unknown_again_and_again__ends(ctx: Ctx, officer: Officer, invent: Invent) -> None:
    first_sent(ctx, officer, invent, Urgency.BULK)
    tries = 0
    while edit_item(ctx).state is ItemState.QUEUED:
        tries += 1
        record(ctx, [(claimed_edit(ctx), SendResult(failure=Failure.UNKNOWN))])
    assert tries == 5
    assert edit_item(ctx).state is ItemState.UNKNOWN


def test_edit__courier_killed_with_it_in_hand__is_tried_again(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    first_sent(ctx, officer, invent, Urgency.BULK)
    claimed_edit(ctx)
    give_up_claimed(ctx)
    assert claimed_edit(ctx).edits == 77


def test_edit__reader_has_another_chat_now__is_sent_there_anew(
    ctx: Ctx, officer: Officer, invent: Invent
) -> None:
    first_sent(ctx, officer, invent, Urgency.BULK)
    ctx.session.execute(update(Chat).values(person_id=None))
    ctx.session.add(Chat(user_id=502, person_id=officer.person_id))
    ctx.session.flush()
    anew = claimed_edit(ctx)
    assert (anew.user_id, anew.edits) == (502, None)


def test_edit__blocked__ends_the_chat(ctx: Ctx, officer: Officer, invent: Invent) -> None:
    first_sent(ctx, officer, invent, Urgency.BULK)
    record(ctx, [(claimed_edit(ctx), SendResult(failure=Failure.BLOCKED))])
    assert edit_item(ctx).state is ItemState.FAILED
    assert ctx.session.get_one(Chat, officer.user_id).blocked_at == ctx.now()


def edit_last(stage: Stage, invent: Invent, name: str) -> None:
    """Queue other words for what was sent to Dara last."""
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        message = session.scalars(
            select(Message).where(Message.outcome == ItemState.SENT).order_by(Message.id.desc())
        ).first()
        assert message is not None
        kind = invent(name, Urgency.BULK)
        outbox.tell(ctx, kind, stage.ids["dara"], {}, key=f"edit:{name}")
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.unique_key == f"edit:{name}")
            .values(edits_id=message.id)
        )


async def sent_first(stage: Stage, invent: Invent) -> Actor:
    dara = await stage.join("dara")
    with stage.database.transaction() as session:
        outbox.tell(stage.ctx(session), invent("first", Urgency.NOW), stage.ids["dara"], {})
    await stage.settle()
    return dara


def texts(dara: Actor) -> list[str]:
    return [m["text"] for m in dara.phone.from_bot if m.get("text", "").startswith("Notice")]


async def test_edit__sent__changes_the_message_in_place(stage: Stage, invent: Invent) -> None:
    dara = await sent_first(stage, invent)
    edit_last(stage, invent, "second")
    await stage.settle()
    assert texts(dara) == ["Notice second"]


async def test_edit__says_the_same_already__is_sent(stage: Stage, invent: Invent) -> None:
    dara = await sent_first(stage, invent)
    edit_last(stage, invent, "second")
    stage.server.faults.plan(Fault(method="editMessageText", cut=True, times=1))
    await stage.settle()
    assert texts(dara) == ["Notice second"]
    with stage.database.transaction(readonly=True) as session:
        item = session.scalars(select(OutboxItem).where(OutboxItem.notice == "second")).one()
        assert (item.state, item.attempts) == (ItemState.SENT, 2)
    stage.expected_refusals = [("editMessageText", NOT_MODIFIED)]


async def test_edit__lost_and_then_refused__is_told_as_failed(
    stage: Stage, invent: Invent
) -> None:
    dara = await sent_first(stage, invent)
    edit_last(stage, invent, "second")
    stage.server.faults.plan(Fault(method="editMessageText", code=502, times=2))
    stage.server.faults.plan(Fault(method="editMessageText", code=403, times=1))
    await stage.settle()
    assert texts(dara) == ["Notice first"]
    with stage.database.transaction(readonly=True) as session:
        item = session.scalars(select(OutboxItem).where(OutboxItem.notice == "second")).one()
        assert (item.state, item.reason) == (ItemState.FAILED, "blocked")
    stage.expected_refusals = [("editMessageText", "Bad Gateway")] * 2
    stage.expected_refusals += [("editMessageText", "Forbidden")]
