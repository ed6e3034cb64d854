"""Random histories: acts drawn by seeded dice, the laws checked after every commit."""

from __future__ import annotations

import random
from collections import Counter

from bot.errors import Refusal
from scripts.enrolling import acts, laws, seen
from scripts.enrolling.acts import ACTS, MOST, Nothing
from scripts.enrolling.laws import Broken
from scripts.enrolling.seen import Seen
from scripts.enrolling.world import ZONE, World

acts.load_all()
NAMES = tuple(ACTS)
WEIGHTS = tuple(act.often for act in ACTS.values())
DRAWN = tuple(name for name, act in ACTS.items() for _time in range(act.often))
"""Each name as often as it is drawn."""
TRIES = 4
"""How often an act may be drawn for one that can be done."""
DONE, REFUSED, NOTHING = "done", "refused", "nothing to do it to"


def play(world: World, seed: int, length: int) -> Counter[str]:
    """One history from the beginning; how often each act was done. Raises Broken with its acts."""
    dice = random.Random(seed)
    world.put_back()
    counted: Counter[str] = Counter()
    story: list[str] = []
    before = look(world)
    for _try in range(length * TRIES):
        name = dice.choices(NAMES, WEIGHTS)[0]
        numbers = [dice.randrange(MOST) for _number in range(3)]
        outcome = one(world, name, *numbers)
        if outcome is not DONE:
            counted[outcome] += 1
            continue
        counted[name] += 1
        story.append(f"{name}{tuple(numbers)}")
        before = checked(world, before, f"seed {seed}: {' '.join(story)}")
        if len(story) == length:
            break
    return counted


def one(world: World, name: str, who: int, where: int, much: int) -> str:
    """Do one act; what became of it."""
    try:
        ACTS[name].play(world, who, where, much)
    except Refusal:
        return REFUSED
    except Nothing:
        return NOTHING
    return DONE


def checked(world: World, before: Seen, story: str = "") -> Seen:
    """What is seen now; raises Broken where a law does not hold between then and now."""
    after = look(world)
    try:
        laws.check(before, after)
    except Broken as broken:
        raise Broken(f"{broken} after {story}") from None
    return after


def look(world: World) -> Seen:
    with world.database.transaction(readonly=True) as session:
        return seen.look(session, world.clock.now(), ZONE)
