"""What has done its duty goes; what is still of use stays."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery import outbox
from bot.models.chats import Asked, Chat
from bot.models.delivery import Message, Urgency
from bot.models.qualifications import Evidence
from bot.models.system import Blob
from bot.models.work import WorkItem, WorkState
from bot.scheduler.jobs import housekeeping
from tests.integration.delivery.conftest import Invent, Officer


def test_files__old__go_unless_they_are_still_to_be_sent(
    ctx: Ctx, clock: FixedClock, officer: Officer, invent: Invent
) -> None:
    old, waiting = (Blob(name=name, content=b"x", made_at=ctx.now()) for name in ("old", "wait"))
    ctx.session.add_all([old, waiting])
    ctx.session.flush()
    outbox.tell(ctx, invent("n", Urgency.NOW), officer.person_id, {"blob": waiting.id})
    clock.advance(days=31)
    ctx.session.add(Blob(name="new", content=b"x", made_at=ctx.now()))
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(Blob.name).order_by(Blob.name)).all() == ["new", "wait"]


def test_words__after_ninety_days__forgotten_and_the_message_stays(
    ctx: Ctx, clock: FixedClock
) -> None:
    for days in (0, 60):
        clock.advance(days=days)
        ctx.session.add(Message(user_id=501, language="en", text=f"day {days}", sent_at=ctx.now()))
    clock.advance(days=31)
    housekeeping.run(ctx)
    texts = ctx.session.scalars(select(Message.text).order_by(Message.id)).all()
    assert texts == ["", "day 60"]


def test_work__after_months_without_any__no_number_is_given_twice(
    ctx: Ctx, clock: FixedClock
) -> None:
    for number in (1, 2):
        ctx.session.add(
            WorkItem(kind=str(number), state=WorkState.DONE, made_at=ctx.now(), ended_at=ctx.now())
        )
    ctx.session.flush()
    last = max(ctx.session.scalars(select(WorkItem.id)))
    clock.advance(days=200)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(WorkItem.kind)).all() == ["2"]
    new = WorkItem(kind="3", made_at=ctx.now())
    ctx.session.add(new)
    ctx.session.flush()
    assert new.id is not None
    assert new.id > last


def test_strangers__silent_for_a_month__forgotten(
    ctx: Ctx, clock: FixedClock, officer: Officer
) -> None:
    locked = clock.now() + dt.timedelta(days=60)
    ctx.session.add_all(
        [
            Chat(user_id=601, shown_at=ctx.now()),
            Chat(user_id=602, shown_at=ctx.now(), locked_until=locked),
            Asked(user_id=601, message_id=1, asks="staff_no"),
        ]
    )
    ctx.session.flush()
    clock.advance(days=31)
    ctx.session.add(Chat(user_id=603, shown_at=ctx.now()))
    ctx.session.flush()
    housekeeping.run(ctx)
    left = ctx.session.scalars(select(Chat.user_id).order_by(Chat.user_id)).all()
    assert left == [officer.user_id, 602, 603]
    assert ctx.session.scalars(select(Asked.asks)).all() == []


def test_certificates__until_a_month_after_the_decision__are_kept(
    ctx: Ctx, clock: FixedClock, officer: Officer
) -> None:
    decided = {"waits": None, "decided": dt.timedelta(days=40), "long ago": dt.timedelta(days=5)}
    for name, after in decided.items():
        blob = Blob(name=name, content=b"x", made_at=ctx.now())
        ctx.session.add(blob)
        ctx.session.flush()
        at = ctx.now() + after if after is not None else None
        ctx.session.add(
            Evidence(
                person_id=officer.person_id, blob_id=blob.id, sent_at=ctx.now(), decided_at=at
            )
        )
    clock.advance(days=60)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(Blob.name).order_by(Blob.id)).all() == ["waits", "decided"]
