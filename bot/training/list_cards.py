"""The lists of names as cards, and who may change which of them now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, true

from bot.context import Ctx
from bot.i18n import Texts
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Person
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import round_cards
from bot.training.round_cards import NOT_YOURS, ON_LIST, QuotaCard, RoundCard, require_quota


@dataclass(frozen=True, slots=True)
class NameCard:
    """Somebody on a list; `rank` counts from 1 among the names, or among the reserves."""

    enrolment_id: int
    quota_id: int
    person_id: int
    staff_no: str
    name: Texts
    unit: str
    gender: str
    rank: int
    reserve: bool
    state: EnrolmentState

    @property
    def is_undecided(self) -> bool:
        """Whether the unit has not decided yet."""
        return self.state is EnrolmentState.NOMINATED


@dataclass(frozen=True, slots=True)
class ListCard:
    """A list; `is_whole` says that the actor may rank it and hand it in, not only name people."""

    round: RoundCard
    quota: QuotaCard
    names: tuple[NameCard, ...]
    reserves: tuple[NameCard, ...]
    is_open: bool
    is_whole: bool


def show(ctx: Ctx, quota_id: int) -> ListCard:
    """A list as it stands, with those names on it whom the actor reaches.

    Refuses quotas that hold nobody within the actor's reach.
    """
    require_quota(ctx, quota_id)
    return read(ctx, quota_id, reach.within(ctx, Action.NOMINATE))


def one(ctx: Ctx, enrolment_id: int) -> tuple[NameCard, ListCard]:
    """Somebody on a list and the list; refuses who stands on none, and people out of reach."""
    row = ctx.session.get(Enrolment, enrolment_id)
    if row is None or row.quota_id is None:
        raise OutOfReach(Action.NOMINATE, enrolment_id, "enrolment", NOT_YOURS)
    found = show(ctx, row.quota_id)
    access.require(ctx, Action.NOMINATE, row.person_id)
    return _cards(ctx, [row])[0], found


def read(ctx: Ctx, quota_id: int, only: ColumnElement[bool] | None = None) -> ListCard:
    """A list as it stands, or those on it whom `only`, a condition on Person, lets through; who
    may see it has been asked before.
    """
    quota = ctx.session.get_one(NominationQuota, quota_id)
    row = ctx.session.get_one(NominationRound, quota.round_id)
    around = round_cards.card(ctx, row, NominationQuota.id == quota_id)
    lines = _cards(ctx, rows_of(ctx, quota_id, only))
    return ListCard(
        round=around,
        quota=around.quotas[0],
        names=tuple(line for line in lines if not line.reserve),
        reserves=tuple(line for line in lines if line.reserve),
        is_open=is_open(ctx, quota, around),
        is_whole=round_cards.is_whole(ctx, quota.unit_id),
    )


def rows_of(ctx: Ctx, quota_id: int, only: ColumnElement[bool] | None = None) -> list[Enrolment]:
    """Who stands on a list, names before reserves, each by rank."""
    return list(
        ctx.session.scalars(
            select(Enrolment)
            .join(Person, Person.id == Enrolment.person_id)
            .where(Enrolment.quota_id == quota_id, Enrolment.state.in_(ON_LIST))
            .where(true() if only is None else only)
            .order_by(Enrolment.reserve, Enrolment.rank, Enrolment.id)
        )
    )


def is_open(ctx: Ctx, quota: NominationQuota, around: RoundCard) -> bool:
    """The unit's lists stay open until the round is settled, others' until they are in."""
    if round_cards.is_whole(ctx, quota.unit_id, Action.EDIT_CLASSES):
        held = ctx.session.get_one(TrainingClass, around.class_id)
        return not around.is_settled and round_cards.takes_names(ctx, held)
    return around.is_open and quota.sent_at is None


def _cards(ctx: Ctx, rows: Sequence[Enrolment]) -> list[NameCard]:
    """Those who stand on a list, in the order of the rows."""
    ids = [row.person_id for row in rows]
    people = directory.cards(ctx.session, ids)
    known = select(Person.id, Person.gender).where(Person.id.in_(ids))
    genders = dict(ctx.session.execute(known).all())
    return [
        NameCard(
            enrolment_id=row.id or 0,
            quota_id=row.quota_id or 0,
            person_id=row.person_id,
            staff_no=person.staff_no,
            name=person.name,
            unit=person.unit,
            gender=genders[row.person_id],
            rank=row.rank or 0,
            reserve=row.reserve,
            state=row.state,
        )
        for row, person in zip(rows, people, strict=True)
    ]
