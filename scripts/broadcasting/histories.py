"""Random histories: moves drawn by seeded dice, then calm, then every law."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import func, select

from bot import policy
from bot.campaigns.audiences import gathering as audiences
from bot.campaigns.broadcasts import feeding, progress, running, sending
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.broadcasts import Broadcast, BroadcastKind, BroadcastState
from bot.models.delivery import ItemState, OutboxItem
from scripts.broadcasting import laws, moves
from scripts.broadcasting.courier import Courier
from scripts.broadcasting.laws import Broken
from scripts.broadcasting.moves import MOVES, Life
from scripts.broadcasting.world import MAKER, World

QUEUED = (2, 5, 300)
KINDS = (BroadcastKind.NEWS, BroadcastKind.CALL, BroadcastKind.EMERGENCY)
A_CHUNK = 7
ROUNDS_OF_CALM = 300
REFUSED = "refused"


def play(world: World, seed: int, length: int) -> Counter[str]:
    """One history from the beginning; how often each move was made. Raises Broken with them."""
    dice = random.Random(seed)
    world.put_back()
    most = str(dice.randint(1, 3))
    world.act(None, lambda ctx: policy.change(ctx, "daily_messages", most))
    with _little_at_once(dice.choice(QUEUED)):
        life = Life(world, dice, Courier(world))
        return _lived(life, seed, length)


@contextmanager
def _little_at_once(queued: int) -> Iterator[None]:
    """So few recipients take several steps, of the list and of the outbox."""
    usual = feeding.MOST_QUEUED, audiences.CHUNK
    feeding.MOST_QUEUED, audiences.CHUNK = queued, A_CHUNK
    try:
        yield
    finally:
        feeding.MOST_QUEUED, audiences.CHUNK = usual


def _lived(life: Life, seed: int, length: int) -> Counter[str]:
    life.about = tuple(moves.sent_off(life, life.dice.choice(KINDS)) for _message in range(2))
    counted: Counter[str] = Counter()
    story: list[str] = []
    try:
        for _half in range(2):
            story += _moved(life, length // 2, counted)
            _calm(life)
        laws.check(life)
    except Broken as broken:
        raise Broken(f"{broken} after seed {seed}: {' '.join(story)}") from None
    counted["arrivals"] += sum(map(len, life.world.chats.values()))
    counted["answers lost"] += life.courier.excuses.total()
    return counted


def _moved(life: Life, times: int, counted: Counter[str]) -> list[str]:
    """The names of so many moves that were made, one after another."""
    story = []
    for _move in range(times):
        move = life.dice.choices([*MOVES], [*MOVES.values()])[0]
        try:
            move(life)
        except Refusal:
            counted[REFUSED] += 1
        else:
            counted[move.__name__] += 1
            story.append(move.__name__)
    return story


def _calm(life: Life) -> None:
    """A server that takes everything, until nothing is on its way; what is paused goes on."""
    for about in life.about:
        life.world.act(MAKER, partial(_resume, about=about))
    for _round in range(ROUNDS_OF_CALM):
        moves.work(life)
        moves.tick(life)
        sent = life.courier.send_all()
        while life.courier.claim():
            sent = life.courier.send_all()
        if not sent and life.world.act(None, lambda ctx: _is_over(ctx, life.about)):
            return
        life.world.clock.set(life.world.act(None, partial(_next, sent=sent)))
    raise Broken("it never ends")


def _next(ctx: Ctx, sent: bool) -> dt.datetime:
    """When to look again: soon, or where nothing was sent when something is due."""
    soon = ctx.now() + progress.EVERY
    waiting = select(func.min(OutboxItem.due_at)).where(
        OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at > ctx.now()
    )
    moments = (running.next_due(ctx, ctx.now()), ctx.session.execute(waiting).scalar())
    return soon if sent else min((one for one in moments if one is not None), default=soon)


def _resume(ctx: Ctx, about: int) -> None:
    if ctx.session.get_one(Broadcast, about).state is BroadcastState.PAUSED:
        sending.resume(ctx, about)


def _is_over(ctx: Ctx, about: tuple[int, ...]) -> bool:
    """Nothing of the messages, nor anything said about them, is on its way."""
    rows = [ctx.session.get_one(Broadcast, one) for one in about]
    waiting = select(OutboxItem.id).where(
        OutboxItem.state.in_((ItemState.QUEUED, ItemState.CLAIMED))
    )
    is_quiet = ctx.session.execute(waiting.limit(1)).first() is None
    return is_quiet and all(row.ended_at is not None for row in rows)
