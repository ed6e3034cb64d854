"""What the table of docs/retention.md says goes, goes; what is still needed stays."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import SQLModel

from bot.clock import FixedClock
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.chats import Asked, Chat, Invite, LinkRequest, RequestState
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.models.people import Person, Unit
from bot.models.system import AuditEntry
from bot.models.work import WorkItem, WorkState
from bot.scheduler.jobs import housekeeping

PAGE = Path(__file__).resolve().parents[3] / "docs" / "retention.md"
KIND = NoticeKind("welcome", Urgency.NOW)


def _person(ctx: Ctx) -> int:
    unit = Unit(name="Port", path="Port")
    ctx.session.add(unit)
    ctx.session.flush()
    person = Person(staff_no="1", full_name="Keo Sokha", unit_id=unit.id)
    ctx.session.add(person)
    ctx.session.flush()
    assert person.id is not None
    return person.id


def _count(ctx: Ctx, table: type[SQLModel]) -> int:
    ctx.session.flush()
    return int(ctx.session.execute(select(func.count()).select_from(table)).scalar_one())


def _told(ctx: Ctx, person_id: int, key: str | None, state: ItemState) -> None:
    message = Message(user_id=501, language="en", text="words", sent_at=ctx.now())
    ctx.session.add(message)
    ctx.session.flush()
    outbox.tell(ctx, KIND, person_id, {"way": "invite"}, key=key)
    ctx.session.flush()
    item = ctx.session.scalars(select(OutboxItem).order_by(OutboxItem.id.desc())).first()
    assert item is not None
    item.state, item.message_id = state, message.id
    item.settled_at = None if state is ItemState.QUEUED else ctx.now()
    ctx.session.flush()


def test_told__settled__goes_after_ninety_days_but_its_key_protects_longer(
    ctx: Ctx, clock: FixedClock
) -> None:
    person = _person(ctx)
    _told(ctx, person, None, ItemState.SENT)
    _told(ctx, person, "once", ItemState.SENT)
    _told(ctx, person, "waits", ItemState.QUEUED)
    clock.advance(days=91)
    housekeeping.run(ctx)
    ctx.session.expire_all()
    left = {item.unique_key: item.params for item in ctx.session.scalars(select(OutboxItem))}
    assert left == {"once": {}, "waits": {"way": "invite"}}
    assert not outbox.tell(ctx, KIND, person, {}, key="once")
    assert set(ctx.session.scalars(select(Message.text))) == {""}
    clock.advance(days=310)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(OutboxItem.unique_key)).all() == ["waits"]
    assert _count(ctx, Message) == 1


def test_work__ended__goes_after_thirty_days(ctx: Ctx, clock: FixedClock) -> None:
    for state in (WorkState.DONE, WorkState.QUEUED):
        ended = ctx.now() if state is WorkState.DONE else None
        ctx.session.add(
            WorkItem(
                kind="report", params={"who": 7}, state=state, made_at=ctx.now(), ended_at=ended
            )
        )
    clock.advance(days=29)
    housekeeping.run(ctx)
    assert _count(ctx, WorkItem) == 2
    clock.advance(days=2)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(WorkItem.state)).all() == [WorkState.QUEUED]


def test_ways_in__spent__go_and_open_ones_stay(ctx: Ctx, clock: FixedClock) -> None:
    person, now = _person(ctx), ctx.now()
    for name, expires, used in (
        ("used", now + dt.timedelta(days=90), now),
        ("expired", now, None),
        ("open", now + dt.timedelta(days=90), None),
    ):
        ctx.session.add(
            Invite(
                person_id=person, token_hash=name, made_at=now, expires_at=expires, used_at=used
            )
        )
    for state in RequestState:
        decided = None if state is RequestState.OPEN else now
        ctx.session.add(
            LinkRequest(user_id=5, person_id=person, asked_at=now, state=state, decided_at=decided)
        )
    clock.advance(days=31)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(Invite.token_hash)).all() == ["open"]
    assert _count(ctx, LinkRequest) == 3
    clock.advance(days=60)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(LinkRequest.state)).all() == [RequestState.OPEN]


def test_asked__in_a_quiet_chat__all_but_the_newest_go(ctx: Ctx, clock: FixedClock) -> None:
    person = _person(ctx)
    ctx.session.add(Chat(user_id=501, person_id=person, shown_at=ctx.now(), message_id=3))
    for message_id in (1, 2, 3):
        ctx.session.add(Asked(user_id=501, message_id=message_id, asks="q:1:a"))
    clock.advance(hours=47)
    housekeeping.run(ctx)
    assert _count(ctx, Asked) == 3
    clock.advance(hours=2)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(Asked.message_id)).all() == [3]


def test_audit__seven_years__goes(ctx: Ctx, clock: FixedClock) -> None:
    ctx.session.add(AuditEntry(at=ctx.now(), action="old"))
    clock.advance(days=7 * 365)
    ctx.session.add(AuditEntry(at=ctx.now(), action="new"))
    housekeeping.run(ctx)
    assert _count(ctx, AuditEntry) == 2
    clock.advance(days=3)
    housekeeping.run(ctx)
    assert ctx.session.scalars(select(AuditEntry.action)).all() == ["new"]


def test_page__names_every_table_once_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(SQLModel.metadata.tables)
