"""The outbox against the phones: what the oracle of the kills makes of a notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.context import Ctx
from bot.models.delivery import ItemState, Message, OutboxItem, Urgency
from bot.models.people import Person, Question, Unit
from bot.sandbox.records import Phone
from bot.sandbox.world import World
from scripts.killing import post
from scripts.killing.officer import Officer
from scripts.killing.post import InFlight
from scripts.killing.screen import Shown

PERSON, ACCOUNT = 1, 500_000_001


@pytest.fixture
def officer(ctx: Ctx, tmp_path: Path) -> Iterator[Officer]:
    """Somebody who has been told nothing yet."""
    ctx.session.add(Unit(id=1, name="Port", path="Port"))
    ctx.session.flush()
    ctx.session.add(Person(id=PERSON, staff_no="K-1", full_name="Officer", unit_id=1))
    ctx.session.flush()
    world = World(tmp_path / "telegram", "1:x", ctx.clock)
    yield Officer(world, Phone(ACCOUNT, "", "", "en"), PERSON, seed=1, pace=0.1)
    world.close()


@pytest.mark.parametrize(
    ("state", "arrived", "flights", "attempts", "is_fault"),
    [
        (ItemState.SENT, 1, 0, 1, False),
        (ItemState.SENT, 0, 0, 1, True),
        (ItemState.SENT, 2, 0, 1, True),
        (ItemState.SENT, 2, 1, 2, False),
        (ItemState.UNKNOWN, 0, 1, 1, False),
        (ItemState.UNKNOWN, 1, 0, 1, True),
        (ItemState.CLAIMED, 1, 1, 1, True),
        (ItemState.QUEUED, 0, 0, 0, True),
        (ItemState.FAILED, 0, 0, 1, True),
    ],
)
def test_post__item_and_phone__compared(
    ctx: Ctx,
    officer: Officer,
    state: ItemState,
    arrived: int,
    flights: int,
    attempts: int,
    is_fault: bool,
) -> None:
    ctx.session.add(Question(id=1, person_id=PERSON, text="ask-1-3-end", asked_at=ctx.now()))
    ctx.session.add(
        OutboxItem(
            id=1, person_id=PERSON, notice="question_answered", params={"question": 1},
            urgency=Urgency.NOW, due_at=ctx.now() - dt.timedelta(hours=1), made_at=ctx.now(),
            state=state, attempts=attempts,
        )
    )  # fmt: skip
    ctx.session.flush()
    notice = Shown(1, "The training unit answers\n\nYou asked: ask-1-3-end", ())
    officer.told = [notice] * arrived
    in_flight = InFlight()
    in_flight.times[1] = flights
    faults, ended = post.checked(ctx.session, [officer], in_flight, ctx.clock)
    assert bool(faults) == is_fault
    assert ended["copies"] == max(0, arrived - 1)


@pytest.mark.parametrize(
    ("known_as", "words", "is_fault"),
    [
        (5, "2 classes have ended:\n… and 3 more.", False),
        (6, "2 classes have ended:\n… and 3 more.", True),
        (5, "2 classes have ended:", True),
    ],
)
def test_post__not_named_in_a_message_that_joins_many__has_arrived_with_it(
    ctx: Ctx, officer: Officer, known_as: int, words: str, is_fault: bool
) -> None:
    ctx.session.add(Question(id=1, person_id=PERSON, text="ask-1-3-end", asked_at=ctx.now()))
    ctx.session.add(
        Message(
            id=1, user_id=ACCOUNT, language="en", text=words, sent_at=ctx.now(),
            telegram_message_id=5,
        )
    )  # fmt: skip
    ctx.session.flush()
    ctx.session.add(
        OutboxItem(
            id=1, person_id=PERSON, notice="question_answered", params={"question": 1},
            urgency=Urgency.NOW, due_at=ctx.now() - dt.timedelta(hours=1), made_at=ctx.now(),
            state=ItemState.SENT, attempts=1, message_id=1,
        )
    )  # fmt: skip
    ctx.session.flush()
    officer.told = [Shown(known_as, words, ())]
    faults, _ended = post.checked(ctx.session, [officer], InFlight(), ctx.clock)
    assert bool(faults) == is_fault
