"""What happens around enrolment: people move and are away, and time passes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.context import Ctx
from bot.models.people import Person
from bot.models.training import TrainingClass
from bot.people import editing, leavers
from bot.training.schedule import start_of
from scripts.enrolling.acts import act, pick, staff_no
from scripts.enrolling.world import World

JUMPS = (
    dt.timedelta(seconds=5),
    *(dt.timedelta(seconds=11),) * 7,
    dt.timedelta(hours=7),
    dt.timedelta(days=1),
    dt.timedelta(days=4),
)


@act(often=1)
def go_away(world: World, who: int, _where: int, much: int) -> object:
    """By the roster a supervisor is away for some days, or is back."""
    person_id = pick((*world.supervisors, world.director), who)

    def work(ctx: Ctx) -> None:
        until = ctx.today() + dt.timedelta(days=much % 6 - 1)
        ctx.session.get_one(Person, person_id).away_until = until
        ctx.session.flush()
        leavers.changed(ctx, [person_id], ())

    return world.act(None, work)


@act(often=1)
def transfer(world: World, who: int, _where: int, much: int) -> object:
    """An officer gets another supervisor."""
    person_id, supervisor = pick(world.officers, who), pick(world.supervisors, much)
    return world.act(
        world.desk,
        lambda ctx: editing.edit(ctx, person_id, {"supervisor": staff_no(ctx, supervisor)}),
    )


@act(often=1, at_once=False)
def come_to_a_start(world: World, _who: int, where: int, _much: int) -> object:
    """The time comes at which one of the classes begins."""
    zone = world.settings.timezone

    def starts(ctx: Ctx) -> list[dt.datetime]:
        found = [start_of(held, zone) for held in ctx.session.scalars(select(TrainingClass))]
        return sorted(at for at in found if at is not None and at > ctx.now())

    world.clock.set(pick(world.act(None, starts), where % 2))
    return None


@act(often=8, at_once=False)
def let_pass(world: World, who: int, _where: int, _much: int) -> object:
    """Seconds to days go by."""
    world.clock.set(world.clock.now() + pick(JUMPS, who))
    return None
