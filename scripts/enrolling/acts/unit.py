"""What the training unit does with classes and their lists."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from bot.context import Ctx
from bot.models.training import Enrolment, TrainingClass
from bot.models.training import EnrolmentState as S
from bot.training import (
    calling_off,
    classes,
    closing,
    enrolling,
    enrolments,
    fewer_seats,
    lots,
    ordering,
    seats,
)
from bot.training.states import HELD
from scripts.enrolling.acts import act, listed, pick, staff_no
from scripts.enrolling.world import World

BECAME = (S.ATTENDED, S.NO_SHOW, S.PARTLY_ATTENDED, S.ENROLLED, S.COMPLETED, S.WITHDRAWN)


@act()
def order(world: World, who: int, where: int, much: int) -> object:
    """One or two people, by staff number."""
    class_id = pick(world.classes, where)
    chosen = {pick(world.people, who), pick(world.people, who + much % 2)}

    def work(ctx: Ctx) -> object:
        numbers = " ".join(staff_no(ctx, person_id) for person_id in sorted(chosen))
        return ordering.order_people(ctx, class_id, numbers, "7/26")

    return world.act(world.desk, work)


@act()
def admit(world: World, who: int, where: int, _much: int) -> object:
    person_id, class_id = pick(world.people, who), pick(world.classes, where)
    return world.act(
        world.desk, lambda ctx: enrolments.add(ctx, class_id, staff_no(ctx, person_id))
    )


@act()
def take_off(world: World, who: int, _where: int, _much: int) -> object:
    row_id, _person_id = listed(world, who)
    return world.act(world.desk, lambda ctx: enrolments.remove(ctx, row_id))


@act(often=1)
def decline(world: World, who: int, _where: int, _much: int) -> object:
    """A rule declines what was asked for."""
    row_id, _person_id = listed(world, who, S.REQUESTED, S.NOMINATED)
    return world.act(None, lambda ctx: enrolling.decline(ctx, row_id, "", rule="test of a rule"))


@act(often=1)
def note(world: World, who: int, _where: int, much: int) -> object:
    """What became of somebody, in any order and at any time."""
    row_id, _person_id = listed(world, who, *HELD)
    state = pick(BECAME, much)
    return world.act(world.desk, lambda ctx: enrolments.set_state(ctx, row_id, state))


@act(often=4)
def give_seats(world: World, _who: int, where: int, much: int) -> object:
    """More seats or fewer; fewer than are taken is refused."""
    return _edit(world, where, seats=str(much % 4 + 1))


@act(often=1)
def hold_back(world: World, _who: int, where: int, _much: int) -> object:
    """No seat is given until lots are drawn."""
    class_id = pick(world.classes, where)
    return world.act(world.desk, lambda ctx: lots.hold_back(ctx, class_id))


@act(often=4)
def draw_lots(world: World, _who: int, where: int, much: int) -> object:
    """For one or two seats, in a class that several wait for; who has asked is approved first."""

    def work(ctx: Ctx) -> object:
        class_id = pick(_sought(ctx), where)
        if seats.free(ctx, seats.hold(ctx, class_id)):
            lots.hold_back(ctx, class_id)
        asking = select(Enrolment.id).where(
            Enrolment.class_id == class_id, Enrolment.state == S.REQUESTED
        )
        for row_id in ctx.session.scalars(asking.order_by(Enrolment.id)).all():
            enrolling.approve(ctx, row_id or 0, rule="test of a rule")
        return lots.draw(ctx, class_id, much % 2 + 1)

    return world.act(world.desk, work)


@act(often=1)
def leave_with_seat(world: World, who: int, _where: int, _much: int) -> object:
    row_id, _person_id = listed(world, who, S.ENROLLED)
    return world.act(world.desk, lambda ctx: fewer_seats.leave_with_seat(ctx, row_id, "fewer"))


@act(often=1)
def move(world: World, _who: int, where: int, much: int) -> object:
    """The class is held from another day on, in the past even, or gets its first dates."""
    starts = world.clock.now().date() + dt.timedelta(days=much % 40 - 3)
    ends = starts + dt.timedelta(days=2)
    return _edit(world, where, starts_on=starts.isoformat(), ends_on=ends.isoformat())


@act(often=1)
def cancel_class(world: World, _who: int, where: int, _much: int) -> object:
    return world.act(
        world.desk, lambda ctx: calling_off.cancel(ctx, _one_of(ctx, where, False), "no room")
    )


@act(often=3)
def bring_back(world: World, _who: int, where: int, _much: int) -> object:
    return world.act(
        world.desk, lambda ctx: calling_off.bring_back(ctx, _one_of(ctx, where, True))
    )


@act(often=1)
def close_class(world: World, _who: int, where: int, _much: int) -> object:
    class_id = pick(world.classes, where)
    return world.act(world.desk, lambda ctx: closing.close(ctx, class_id))


@act(often=1)
def reopen(world: World, _who: int, where: int, _much: int) -> object:
    class_id = pick(world.classes, where)
    return world.act(world.desk, lambda ctx: closing.reopen(ctx, class_id, "a mistake"))


def _sought(ctx: Ctx) -> list[int]:
    """The classes that two or more wait for, or have asked for."""
    waiting = select(Enrolment.class_id).where(
        Enrolment.state.in_((S.APPROVED, S.REQUESTED)), ~Enrolment.required
    )
    counted = waiting.group_by(Enrolment.class_id).having(func.count() >= lots.FEWEST)
    return list(ctx.session.scalars(counted.order_by(Enrolment.class_id)))


def _one_of(ctx: Ctx, number: int, cancelled: bool) -> int:
    """A class that has been cancelled, or one that has not."""
    rows = ctx.session.scalars(select(TrainingClass).order_by(TrainingClass.id)).all()
    row = pick([held for held in rows if (held.cancelled_at is not None) is cancelled], number)
    assert row.id is not None
    return row.id


def _edit(world: World, where: int, **typed: str) -> object:
    """Correct a class by its form, as the training unit does."""
    class_id = pick(world.classes, where)
    return world.act(
        world.desk,
        lambda ctx: classes.edit(ctx, class_id, {**classes.as_typed(ctx, class_id), **typed}),
    )
