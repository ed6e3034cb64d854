"""Nomination rounds and their quotas as small frozen cards, and whose they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true

from bot.calendar import instant
from bot.context import Ctx
from bot.i18n import Text, Texts, _
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Person, Unit
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people import reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import catalogue, organisation, seats
from bot.training.schedule import LAST_MINUTE, zone_of
from bot.training.states import HELD

ACCEPTED = frozenset({EnrolmentState.APPROVED, *HELD})
NOT_YOURS = _("This list is not one of yours, or it is not there any more.")
ON_LIST = ACCEPTED | {EnrolmentState.NOMINATED}


@dataclass(frozen=True, slots=True)
class QuotaCard:
    """The seats of one part of the organisation: `seats` are those it still has, `returned` went
    back; `named` counts who stands on the list without being a reserve, `accepted` those of them
    whom the unit has taken. `genders` counts who is named or accepted, in the roster's words.
    """

    id: int
    round_id: int
    class_id: int
    unit_id: int
    unit: str
    seats: int
    returned: int
    named: int
    reserves: int
    accepted: int
    genders: tuple[tuple[str, int], ...]
    is_sent: bool
    deviation: str


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round: `is_open` while lists can be handed in; `left` are seats that no part has."""

    id: int
    class_id: int
    code: str
    title: Texts
    seats: int
    starts_on: dt.date | None
    deadline: dt.date
    ends_at: dt.datetime
    zone: str
    order_no: str
    is_open: bool
    is_settled: bool
    quotas: tuple[QuotaCard, ...]

    @property
    def about(self) -> Text:
        """Which class it is for."""
        if self.starts_on is None:
            return _("{course}, class {code}", course=self.title, code=self.code)
        return _(
            "{course}, class {code}, from {day}",
            course=self.title,
            code=self.code,
            day=self.starts_on,
        )

    @property
    def left(self) -> int:
        given = sum(max(quota.seats, quota.accepted) for quota in self.quotas)
        return max(0, self.seats - given)

    @property
    def genders(self) -> tuple[tuple[str, int], ...]:
        """Who is named or accepted in all lists together."""
        total: Counter[str] = Counter()
        for quota in self.quotas:
            total.update(dict(quota.genders))
        return tuple(sorted(total.items()))


def end_of(row: NominationRound, held: TrainingClass, default_zone: str) -> dt.datetime:
    """The last minute of the deadline's day, where the class is held."""
    return instant(row.deadline, LAST_MINUTE, zone_of(held, default_zone))


def card(ctx: Ctx, row: NominationRound, only: ColumnElement[bool] | None = None) -> RoundCard:
    """A round with its quotas, or those of them that `only` lets through."""
    held = ctx.session.get_one(TrainingClass, row.class_id)
    course = ctx.session.get_one(Course, held.course_id)
    ends_at = end_of(row, held, ctx.settings.timezone)
    assert row.id is not None
    assert held.id is not None
    return RoundCard(
        id=row.id,
        class_id=held.id,
        code=held.code,
        title=catalogue.title_of(course),
        seats=held.seats,
        starts_on=held.starts_on,
        deadline=row.deadline,
        ends_at=ends_at,
        zone=zone_of(held, ctx.settings.timezone),
        order_no=row.order_no,
        is_open=row.settled_at is None and ctx.now() <= ends_at and takes_names(ctx, held),
        is_settled=row.settled_at is not None,
        quotas=_quotas(ctx, row, true() if only is None else only),
    )


def takes_names(ctx: Ctx, held: TrainingClass) -> bool:
    """Whether the class has neither begun nor been closed or cancelled."""
    if held.cancelled_at is not None or held.closed_at is not None:
        return False
    return held.starts_on is None or not seats.has_started(ctx, held)


def quota_card(ctx: Ctx, quota: NominationQuota) -> QuotaCard:
    """One quota."""
    row = ctx.session.get_one(NominationRound, quota.round_id)
    return _quotas(ctx, row, NominationQuota.id == quota.id)[0]


def require_quota(ctx: Ctx, quota_id: int) -> tuple[NominationQuota, TrainingClass]:
    """A quota and its class, for who may name somebody of its part; refuses all others alike."""
    quota = ctx.session.scalars(
        select(NominationQuota)
        .where(NominationQuota.id == quota_id, touched(ctx))
        .execution_options(populate_existing=True)
    ).first()
    if quota is None:
        raise OutOfReach(Action.NOMINATE, quota_id, "quota", NOT_YOURS)
    row = ctx.session.get_one(NominationRound, quota.round_id)
    return quota, ctx.session.get_one(TrainingClass, row.class_id)


def seats_of(quota: NominationQuota) -> int:
    """The seats that a quota still has."""
    return quota.seats - quota.returned


def is_whole(ctx: Ctx, unit_id: int, action: Action = Action.NOMINATE) -> bool:
    """Whether the actor may do `action` about everybody of this part."""
    allowed = reach.units_within(ctx, action)
    return allowed is None or unit_id in allowed


def touched(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on NominationQuota that somebody of its part is in the actor's reach."""
    allowed = reach.units_within(ctx, Action.NOMINATE)
    if allowed is None:
        return true()
    tree = organisation.load(ctx.session)
    found = {above for unit_id in allowed for above in tree.above(unit_id)}
    return NominationQuota.unit_id.in_(found)


def _quotas(ctx: Ctx, row: NominationRound, only: ColumnElement[bool]) -> tuple[QuotaCard, ...]:
    found = ctx.session.execute(
        select(NominationQuota, Unit.name)
        .join(Unit, Unit.id == NominationQuota.unit_id)
        .where(NominationQuota.round_id == row.id, only)
        .order_by(Unit.path)
    ).all()
    counted = _counted(ctx, [quota.id for quota, _name in found])
    return tuple(_quota(row, quota, name, counted) for quota, name in found)


def _quota(
    row: NominationRound,
    quota: NominationQuota,
    name: str,
    counted: Sequence[tuple[int, EnrolmentState, bool, str, int]],
) -> QuotaCard:
    own = [line[1:] for line in counted if line[0] == quota.id]
    taken = [(number, gender) for state, _r, gender, number in own if state in ACCEPTED]
    waiting = [
        (number, gender)
        for state, reserve, gender, number in own
        if state is EnrolmentState.NOMINATED and not reserve
    ]
    genders: Counter[str] = Counter()
    for number, gender in (*taken, *waiting):
        genders[gender] += number
    assert quota.id is not None
    return QuotaCard(
        id=quota.id,
        round_id=quota.round_id,
        class_id=row.class_id,
        unit_id=quota.unit_id,
        unit=name,
        seats=seats_of(quota),
        returned=quota.returned,
        named=sum(number for number, _gender in (*taken, *waiting)),
        reserves=sum(line[3] for line in own) - sum(n for n, _g in (*taken, *waiting)),
        accepted=sum(number for number, _gender in taken),
        genders=tuple(sorted(genders.items())),
        is_sent=quota.sent_at is not None,
        deviation=quota.deviation,
    )


def _counted(
    ctx: Ctx, quota_ids: Sequence[int | None]
) -> list[tuple[int, EnrolmentState, bool, str, int]]:
    rows = ctx.session.execute(
        select(Enrolment.quota_id, Enrolment.state, Enrolment.reserve, Person.gender, func.count())
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.quota_id.in_(quota_ids), Enrolment.state.in_(ON_LIST))
        .group_by(Enrolment.quota_id, Enrolment.state, Enrolment.reserve, Person.gender)
    )
    return [tuple(row) for row in rows]
