"""What focal points and the training unit do in the round of a class that is nominated for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.context import Ctx
from bot.models.nominations import NominationQuota
from bot.models.training import EnrolmentState as S
from bot.models.training import Entry, TrainingClass
from bot.training import calls, nomination_lists, nominations, quotas, rounds
from scripts.enrolling.acts import act, listed, pick
from scripts.enrolling.world import World

REASON = "somebody else is needed more"


@act(often=3)
def open_round(world: World, who: int, _where: int, much: int) -> object:
    """Call for names by some day, with a seat for one of the offices."""

    def work(ctx: Ctx) -> object:
        class_id = _nominated(ctx)
        deadline = ctx.today() + dt.timedelta(days=1 + much % 8)
        rounds.open_round(ctx, class_id, {"deadline": deadline.isoformat()})
        quotas.set_quota(ctx, class_id, pick(world.offices, who), 1 + much % 2)
        return calls.call(ctx, class_id)

    return world.act(world.desk, work)


@act(often=8)
def name_somebody(world: World, who: int, _where: int, much: int) -> object:
    person_id, quota_id = pick(world.people, who), _quota(world, much)
    return world.act(
        pick((world.focal, world.focal, world.desk), much),
        lambda ctx: nomination_lists.name(ctx, quota_id, person_id, reserve=much % 3 == 0),
    )


@act(often=1)
def strike(world: World, who: int, _where: int, much: int) -> object:
    row_id, _person_id = listed(world, who, S.NOMINATED)
    return world.act(
        pick((world.focal, world.desk), much), lambda ctx: nomination_lists.strike(ctx, row_id)
    )


@act()
def hand_in(world: World, _who: int, _where: int, much: int) -> object:
    quota_id = _quota(world, much)
    return world.act(world.focal, lambda ctx: nomination_lists.hand_in(ctx, quota_id))


@act(often=1)
def give_list_back(world: World, _who: int, _where: int, much: int) -> object:
    quota_id = _quota(world, much)
    return world.act(world.desk, lambda ctx: nomination_lists.give_back(ctx, quota_id))


@act(often=6)
def judge(world: World, who: int, _where: int, much: int) -> object:
    """The unit accepts, declines or replaces a name, with a reason."""
    row_id, _person_id = listed(world, who, S.NOMINATED)
    how = pick(
        (nominations.accept, nominations.accept, nominations.decline, nominations.replace), much
    )
    return world.act(world.desk, lambda ctx: how(ctx, row_id, REASON))


@act()
def accept_all(world: World, _who: int, _where: int, much: int) -> object:
    quota_id = _quota(world, much)
    return world.act(world.desk, lambda ctx: nominations.accept_all(ctx, quota_id))


@act(often=1)
def deadline_passes(world: World, _who: int, _where: int, _much: int) -> object:
    """Lists that were not handed in stand as they are, where their deadline is over."""
    return world.act(None, calls.close_due)


@act(often=1)
def settle_round(world: World, _who: int, _where: int, _much: int) -> object:
    return world.act(world.desk, lambda ctx: rounds.settle(ctx, _nominated(ctx)))


def _nominated(ctx: Ctx) -> int:
    query = select(TrainingClass.id).where(TrainingClass.entry == Entry.NOMINATED)
    return ctx.session.scalars(query).one() or 0


def _quota(world: World, number: int) -> int:
    def work(ctx: Ctx) -> int:
        query = select(NominationQuota.id).order_by(NominationQuota.id)
        return pick(ctx.session.scalars(query).all(), number) or 0

    return world.act(None, work)
