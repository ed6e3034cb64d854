"""What may happen to messages to many: by those who send them, by readers, by time, by the
courier; each by dice.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select, update

from bot.campaigns.broadcasts import (
    acknowledging,
    again,
    correcting,
    drafting,
    gathering,
    sending,
    telling,
)
from bot.context import Ctx
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastState
from bot.models.chats import Chat
from bot.models.delivery import OutboxItem
from bot.models.people import Person
from bot.scheduler.jobs import broadcasts
from bot.work.queue import Workshop
from bot.work.runner import run_next
from scripts.broadcasting.courier import Courier
from scripts.broadcasting.world import MAKER, OFFICERS, UNLINKED, World

AUDIENCE = 'position "Officer"'
MOST_SENT = 12


@dataclass(slots=True)
class Life:
    """Two messages and what the dice did to them; `read` is when whom confirmed which, `broken`
    what was seen on the way that must never be.
    """

    world: World
    dice: random.Random
    courier: Courier
    about: tuple[int, ...] = ()
    wording: int = 0
    read: dict[tuple[int, int], dt.datetime] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def one(self) -> int:
        return self.dice.choice(self.about)

    def officer(self) -> int:
        return self.dice.choice(OFFICERS)


Move = Callable[[Life], object]


def mark(about: int, wording: int) -> str:
    """Words by which a text is known again."""
    return f"<{about}.{wording}>"


def sent_off(life: Life, kind: BroadcastKind) -> int:
    """A message of the maker, with its text in one language or in two."""

    def make(ctx: Ctx) -> int:
        made = drafting.create(ctx, "Proof", kind, AUDIENCE)
        for language in ("en", "km") if life.dice.random() < 0.5 else ("en",):
            drafting.set_text(ctx, made.id, language, mark(made.id, 0))
        sending.send(ctx, made.id)
        return made.id

    return life.world.act(MAKER, make)


def tick(life: Life) -> None:
    life.world.act(None, broadcasts.run)


def work(life: Life) -> None:
    run_next(Workshop(life.world.database, life.world.clock, life.world.settings))


def gather_partly(life: Life) -> None:
    """The worker is killed after its first chunk."""
    about = life.one()
    prepared = life.world.act(None, lambda ctx: gathering.begin(ctx, about))
    if prepared is not None:
        life.world.act(None, lambda ctx: gathering.take(ctx, prepared, 0))


def claim(life: Life) -> None:
    taken = {item_id for one in life.courier.claim() for item_id in one.item_ids}
    life.broken += life.world.act(None, lambda ctx: _during_pause(ctx, taken))


def send(life: Life) -> None:
    for _message in range(life.dice.randint(1, MOST_SENT)):
        life.courier.send(life.dice)


def write_down(life: Life) -> None:
    life.courier.write_down()


def die(life: Life) -> None:
    life.courier.die()


def pause(life: Life) -> None:
    life.world.act(MAKER, lambda ctx: sending.pause(ctx, life.one()))


def resume(life: Life) -> None:
    life.world.act(MAKER, lambda ctx: sending.resume(ctx, life.one()))


def stop(life: Life) -> None:
    life.world.act(MAKER, lambda ctx: sending.stop(ctx, life.one(), "dice"))


def correct(life: Life) -> None:
    about = life.one()
    words = {"en": mark(about, life.wording + 1)}
    life.world.act(MAKER, lambda ctx: _correct(ctx, about, words))
    life.wording += 1


def recall(life: Life) -> None:
    about = life.one()
    life.world.act(MAKER, lambda ctx: correcting.recall(ctx, about, mark(about, -1)))


def send_again(life: Life) -> None:
    unknown = life.dice.random() < 0.3
    life.world.act(MAKER, lambda ctx: again.send(ctx, life.one(), with_unknown=unknown))


def acknowledge(life: Life) -> None:
    """By somebody whose chat shows the message."""
    who, about = life.officer(), life.one()
    shown = [one.texts[-1] for one in life.world.chats.get(who, ())]
    if not any(mark(about, 0)[:-2] in text for text in shown):
        return
    life.world.act(who, lambda ctx: acknowledging.acknowledge(ctx, about))
    life.read.setdefault((about, who), life.world.clock.now())


def unblock(life: Life) -> None:
    life.world.act(None, lambda ctx: ctx.session.execute(update(Chat).values(blocked_at=None)))


def leave(life: Life) -> None:
    gone = update(Person).where(Person.id == life.officer()).values(active=False)
    life.world.act(None, lambda ctx: ctx.session.execute(gone))


def link(life: Life) -> None:
    who = life.dice.choice(UNLINKED)
    life.world.act(None, lambda ctx: ctx.session.merge(Chat(user_id=who, person_id=who)))


def seconds_pass(life: Life) -> None:
    life.world.passes(seconds=life.dice.randint(1, 90))


def hours_pass(life: Life) -> None:
    """What was claimed before is sent before: a courier has nothing in hand for hours."""
    while life.courier.in_hand:
        life.courier.send(life.dice)
    life.courier.write_down()
    life.world.passes(hours=life.dice.randint(1, 14))


MOVES: Mapping[Move, int] = {
    tick: 30,
    claim: 25,
    send: 25,
    write_down: 18,
    seconds_pass: 10,
    work: 8,
    acknowledge: 5,
    pause: 3,
    resume: 4,
    correct: 3,
    send_again: 3,
    die: 2,
    unblock: 2,
    hours_pass: 2,
    leave: 1,
    link: 1,
    stop: 1,
    recall: 1,
    gather_partly: 1,
}
"""How often what happens."""


def _correct(ctx: Ctx, about: int, words: Mapping[str, str]) -> None:
    row = ctx.session.get_one(Broadcast, about)
    correcting.correct(ctx, about, dict.fromkeys(row.texts, words["en"]))


def _during_pause(ctx: Ctx, taken: set[int]) -> list[str]:
    """Nothing is claimed of a message that is paused but changes to what was sent."""
    rows = ctx.session.scalars(
        select(OutboxItem).where(
            OutboxItem.id.in_(taken), OutboxItem.notice.in_(telling.SENT_BY_ITSELF)
        )
    ).all()
    states = {
        item.id: ctx.session.get_one(Broadcast, item.params["broadcast"]).state for item in rows
    }
    return [
        f"item {item_id} was claimed during a pause"
        for item_id, state in states.items()
        if state is BroadcastState.PAUSED
    ]
