"""How many seats of a class each part of the organisation may fill in its nomination round.

Parts are directorates or offices, never one inside another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Person, Unit, UnitKind
from bot.models.training import TrainingClass
from bot.people import access, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import organisation, round_cards, rounds
from bot.training.quota_shares import Share, shared
from bot.training.round_cards import QuotaCard, RoundCard
from bot.training.rounds import held_round


def set_quota(ctx: Ctx, class_id: int, unit_id: int, number: int) -> QuotaCard | None:
    """Give a part so many seats; with 0 it has no quota any more, and None comes back.

    Refuses more seats than the class has, a part inside another that has a quota, and fewer
    seats than people who have been accepted.
    """
    row, held = held_round(ctx, class_id)
    _require_part(ctx, unit_id)
    quota = ctx.session.scalars(
        select(NominationQuota).where(
            NominationQuota.round_id == row.id, NominationQuota.unit_id == unit_id
        )
    ).first()
    _require_room(ctx, row, held, unit_id, number)
    if quota is None:
        _require_apart(ctx, row, unit_id)
        assert row.id is not None
        quota = NominationQuota(round_id=row.id, unit_id=unit_id, seats=0)
    return _give(ctx, quota, number)


def share(ctx: Ctx, class_id: int, how: Share) -> RoundCard:
    """Give out all seats of the class: among the parts that have a quota, else among all
    directorates within the actor's reach. Refuses once somebody has been named.
    """
    row, held = held_round(ctx, class_id)
    known = round_cards.card(ctx, row).quotas
    if any(quota.named or quota.reserves for quota in known):
        raise Refusal(_("Names have come in already. Change the seats of single parts."))
    parts = [quota.unit_id for quota in known] or _directorates(ctx)
    if not parts:
        raise Refusal(_("There is no directorate to share among. Give seats to single offices."))
    allowed = reach.units_within(ctx, Action.EDIT_CLASSES)
    if allowed is not None and not allowed.issuperset(parts):
        raise OutOfReach(Action.EDIT_CLASSES, class_id, "class")
    weights = [1] * len(parts) if how is Share.EQUALLY else _headcounts(ctx, parts)
    given = dict(zip(parts, shared(held.seats, weights), strict=True))
    _write(ctx, row, given)
    rounds.note(ctx, "quota.set", class_id, how=how.value, parts=len(parts))
    return round_cards.card(ctx, row)


def _write(ctx: Ctx, row: NominationRound, given: Mapping[int, int]) -> None:
    """Give each part its seats and no others any; nobody has been named for any of them."""
    assert row.id is not None
    of_round = select(NominationQuota).where(NominationQuota.round_id == row.id)
    known = {quota.unit_id: quota for quota in ctx.session.scalars(of_round)}
    for unit_id, quota in known.items():
        if not given.get(unit_id):
            ctx.session.delete(quota)
    for unit_id, number in given.items():
        if number:
            new = NominationQuota(round_id=row.id, unit_id=unit_id, seats=number)
            quota = known.get(unit_id, new)
            quota.seats, quota.returned = number, 0
            ctx.session.add(quota)
    ctx.session.flush()


def _require_part(ctx: Ctx, unit_id: int) -> None:
    if ctx.session.get(Unit, unit_id) is None:
        raise Refusal(_("This office is not in the roster any more. Choose one from the list."))
    if not round_cards.is_whole(ctx, unit_id, Action.EDIT_CLASSES):
        raise OutOfReach(Action.EDIT_CLASSES, unit_id, "unit")


def _require_room(
    ctx: Ctx, row: NominationRound, held: TrainingClass, unit_id: int, number: int
) -> None:
    others = sum(
        round_cards.seats_of(quota)
        for quota in ctx.session.scalars(
            select(NominationQuota).where(
                NominationQuota.round_id == row.id, NominationQuota.unit_id != unit_id
            )
        )
    )
    if number > held.seats - others:
        raise Refusal(
            _(
                "The class has {seats} seats, and other parts have {others} of them.",
                seats=held.seats,
                others=others,
            )
        )


def _require_apart(ctx: Ctx, row: NominationRound, unit_id: int) -> None:
    """No part may have seats twice: by itself and by what it belongs to."""
    others = ctx.session.scalars(
        select(NominationQuota.unit_id).where(NominationQuota.round_id == row.id)
    ).all()
    above = access.units_above(ctx.session, unit_id)
    below = reach.units_below(ctx.session, {unit_id})
    for other in others:
        if other in above or other in below:
            name = ctx.session.get_one(Unit, other).name
            raise Refusal(
                _("{office} has seats in this round already, and they overlap.", office=name)
            )


def _give(ctx: Ctx, quota: NominationQuota, number: int) -> QuotaCard | None:
    ctx.session.add(quota)
    ctx.session.flush()
    known = round_cards.quota_card(ctx, quota)
    if number < known.accepted or (number == 0 and known.named + known.reserves):
        raise Refusal(
            _(
                "{office} has {count} names on its list. Decide about them first.",
                office=known.unit,
                count=known.named + known.reserves,
            )
        )
    rounds.note(ctx, "quota.set", known.class_id, unit=quota.unit_id, seats=number)
    if number == 0:
        ctx.session.delete(quota)
        ctx.session.flush()
        return None
    quota.seats, quota.returned = number, 0
    ctx.session.flush()
    return round_cards.quota_card(ctx, quota)


def _directorates(ctx: Ctx) -> list[int]:
    allowed = reach.units_within(ctx, Action.EDIT_CLASSES)
    found = ctx.session.scalars(
        select(Unit.id).where(Unit.kind == UnitKind.DIRECTORATE).order_by(Unit.path)
    )
    return [
        unit_id
        for unit_id in found
        if unit_id is not None and (allowed is None or unit_id in allowed)
    ]


def _headcounts(ctx: Ctx, parts: Sequence[int]) -> list[int]:
    counts = dict(
        ctx.session.execute(
            select(Person.unit_id, func.count())
            .where(Person.active, Person.guest.is_(False))
            .group_by(Person.unit_id)
        ).all()
    )
    tree = organisation.load(ctx.session)
    return [sum(counts.get(unit_id, 0) for unit_id in tree.below(part)) for part in parts]
