"""What officers do about their own places."""

from __future__ import annotations

from bot.training import enrolling
from bot.training.states import LIVE
from scripts.enrolling.acts import act, listed, pick
from scripts.enrolling.world import World


@act(often=24)
def request(world: World, who: int, where: int, much: int) -> object:
    """Mostly in a class that is open, now and then in one that is not."""
    class_id = pick(world.classes if much % 6 == 0 else world.classes[:3], where)
    return world.act(pick(world.people, who), lambda ctx: enrolling.request(ctx, class_id))


@act(often=1)
def show_interest(world: World, who: int, _where: int, _much: int) -> object:
    """In the class that has no dates, until it gets some."""
    class_id = world.classes[-1]
    return world.act(pick(world.people, who), lambda ctx: enrolling.show_interest(ctx, class_id))


@act(often=4)
def withdraw(world: World, who: int, where: int, much: int) -> object:
    """Mostly from one's own place, now and then from somebody else's, which is refused."""
    row_id, person_id = listed(world, who, *LIVE)
    if where % 10 == 0:
        person_id = pick(world.people, much)
    reason = "something came up" * (much % 2)
    return world.act(person_id, lambda ctx: enrolling.withdraw(ctx, row_id, reason))
