"""A training unit and forty officers with chats, and a courier whose every send is scripted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot import policy
from bot.campaigns.broadcasts import drafting, running, sending
from bot.campaigns.broadcasts.progress import EVERY
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.delivery.claim import Claimed, claim
from bot.delivery.failures import SendResult
from bot.delivery.notices import registry
from bot.delivery.outcome import record
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastRecipient, RecipientState
from bot.models.chats import Chat
from bot.models.people import Grant, Person, Role, Unit, UnitKind
from bot.scheduler.jobs import broadcasts
from bot.work.queue import Workshop
from bot.work.runner import run_next

OFFICERS = 40
MAKER, SECOND, EXECUTIVE = 1, 2, 3
"""Ids of the three who are no mere officers."""
TEXT = {"en": "Bring your badge.", "km": "សូម\u200bយក\u200bផ្លាក\u200bសម្គាល់។"}
Outcome = Callable[[Claimed], SendResult]


@dataclass
class Desk:
    """`arrived` is what each chat shows: the words by message, in the order they came."""

    database: Database
    clock: FixedClock
    settings: Settings
    arrived: dict[int, dict[int, str]] = field(default_factory=dict)
    sends: int = 0

    @contextmanager
    def acting(self, person_id: int | None = MAKER) -> Iterator[Ctx]:
        """One transaction of a person, of the system without one."""
        actor = Actor(person_id, None, "en", "UTC") if person_id is not None else SYSTEM
        with self.database.transaction() as session:
            yield Ctx(session, self.clock, actor, self.settings)

    def draft(self, rule: str = "everybody", kind: BroadcastKind = BroadcastKind.NEWS) -> int:
        with self.acting() as ctx:
            made = drafting.create(ctx, "Badges", kind)
            drafting.set_audience(ctx, made.id, rule)
            for language, text in TEXT.items():
                drafting.set_text(ctx, made.id, language, text)
            return made.id

    def sent_off(self, rule: str = "everybody", kind: BroadcastKind = BroadcastKind.NEWS) -> int:
        about = self.draft(rule, kind)
        with self.acting() as ctx:
            sending.send(ctx, about)
        return about

    def tick(self) -> None:
        """A round of the job, and the long work it asked for."""
        with self.acting(None) as ctx:
            broadcasts.run(ctx)
        while run_next(Workshop(self.database, self.clock, self.settings)):
            pass

    def deliver(self, outcome: Outcome | None = None, rounds: int = 1) -> int:
        """Claim and send so many times; how many messages were tried."""
        tried = 0
        for _round in range(rounds):
            with self.acting(None) as ctx:
                claimed = claim(ctx)
            results = [(one, outcome(one) if outcome else self.arrive(one)) for one in claimed]
            with self.acting(None) as ctx:
                record(ctx, results)
            tried += len(claimed)
        return tried

    def arrive(self, message: Claimed) -> SendResult:
        """It is in the chat; an edit replaces what was there."""
        chat = self.arrived.setdefault(message.user_id, {})
        if message.edits is None:
            self.sends += 1
        number = message.edits or self.sends
        chat[number] = message.encoded.text
        return SendResult(message_id=number)

    def run_to_the_end(self, outcome: Outcome | None = None) -> None:
        """Ticks and deliveries until nothing happens any more."""
        for _round in range(100):
            self.tick()
            self.deliver(outcome, 10)
            now = self.clock.now()
            with self.acting(None) as ctx:
                due = running.next_due(ctx, now)
            if due is None or due > now + EVERY:
                return
            self.clock.set(now + EVERY)
        raise AssertionError("it never ends")

    def row(self, about: int) -> Broadcast:
        with self.acting(None) as ctx:
            return ctx.session.get_one(Broadcast, about)

    def states(self, about: int) -> dict[RecipientState, int]:
        found: dict[RecipientState, int] = {}
        for one in self.recipients(about):
            found[one.state] = found.get(one.state, 0) + 1
        return found

    def recipients(self, about: int) -> list[BroadcastRecipient]:
        with self.acting(None) as ctx:
            rows = select(BroadcastRecipient).where(BroadcastRecipient.broadcast_id == about)
            return list(ctx.session.scalars(rows.order_by(BroadcastRecipient.id)))

    def officer_texts(self) -> list[str]:
        """Everything that officers' chats show."""
        return [
            text
            for user_id, chat in sorted(self.arrived.items())
            for text in chat.values()
            if user_id > EXECUTIVE
        ]

    def set_policy(self, name: str, value: str) -> None:
        with self.acting(None) as ctx:
            policy.change(ctx, name, value)


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    registry.load_all()
    found = Desk(database, clock, settings)
    with found.acting(None) as ctx:
        region = Unit(name="Mekong", kind=UnitKind.DIRECTORATE, path="Mekong")
        ctx.session.add(region)
        ctx.session.flush()
        offices = [
            Unit(name=name, kind=UnitKind.UNIT, path=f"Mekong/{name}", parent_id=region.id)
            for name in ("Poipet", "Bavet")
        ]
        ctx.session.add_all(offices)
        ctx.session.flush()
        for number in range(1, OFFICERS + EXECUTIVE + 1):
            ctx.session.add(
                Person(
                    id=number,
                    staff_no=f"{1000 + number}",
                    full_name=f"Officer {number}",
                    unit_id=offices[number % 2].id,
                    position="Officer" if number > EXECUTIVE else "Desk",
                    language="km" if number % 4 == 0 else "en",
                )
            )
        ctx.session.flush()
        for number in range(1, OFFICERS + EXECUTIVE + 1):
            ctx.session.add(Chat(user_id=number, person_id=number))
        for person_id, role in ((MAKER, Role.UNIT), (SECOND, Role.UNIT)):
            ctx.session.add(Grant(person_id=person_id, role=role, granted_at=ctx.now()))
        ctx.session.add(Grant(person_id=EXECUTIVE, role=Role.EXECUTIVE, granted_at=ctx.now()))
    return found
