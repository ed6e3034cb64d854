"""What waits for somebody: counters that conversations register, shown on the first screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import Ctx
from bot.i18n import Text
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button
from handlers.common import closing


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the first screen, such as “2 questionnaires”, and the button that leads there.

    The number of the sentence is how much waits; with 0 nothing is shown.
    """

    sentence: Text
    button: Button


Counter: TypeAlias = Callable[[Ctx], Waiting]


@dataclass(frozen=True, slots=True)
class Registered:
    """A counter, whom it concerns, and its place: the lowest `order` gives the main button."""

    name: str
    count: Counter
    needs: Action
    order: int


COUNTERS: dict[str, Registered] = {}


def waiting_counter(name: str, needs: Action, order: int) -> Callable[[Counter], Counter]:
    """Register what counts something that waits; refuses a second counter of the name."""

    def keep(counter: Counter) -> Counter:
        if name in COUNTERS:
            raise ValueError(f"counter {name} is registered twice")
        COUNTERS[name] = Registered(name, counter, needs, order)
        return counter

    return keep


@closing.offer(20)
def offer_waiting(ctx: Ctx) -> Button | None:
    """After something finished, what waits beside the next task, which is offered by itself."""
    first = next(waiting_for(ctx, but="tasks"), None)
    return first.button if first is not None else None


def waiting_for(ctx: Ctx, but: str = "") -> Iterator[Waiting]:
    """What waits for the actor, the most important first, leaving out the counter `but`; what
    nobody looks at is not counted.
    """
    roles = access.roles(ctx)
    for one in sorted(COUNTERS.values(), key=lambda one: one.order):
        if one.name != but and access.allows(roles, one.needs):
            found = one.count(ctx)
            if found.sentence.count:
                yield found
