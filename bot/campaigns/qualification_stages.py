"""Which qualifications have come to another stage: found by what was told last, and moved on.

Rows that were told the same and have the same days of grace lie side by side in an index, by
their last day. What is not due is not read, however much there is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, func, or_, select, update
from sqlmodel import SQLModel

from bot import policy
from bot.calendar import DAY
from bot.campaigns.rules import ENDS
from bot.context import Ctx
from bot.models.people import Person
from bot.models.qualifications import Qualification
from bot.statement import Statement
from bot.training.qualifications import stages
from bot.training.qualifications.validity import TOLD_LAPSED

TABLE = SQLModel.metadata.tables["qualification"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the unit has set, and the first date of which anything is told."""

    days: Sequence[int]
    return_days: int
    first: dt.date

    @property
    def stages(self) -> tuple[int, ...]:
        """The days before the end on which somebody is told, the last day among them."""
        return (*sorted(self.days, reverse=True), stages.LAST_DAY)

    def ahead(self, told: int | None) -> int:
        """How many days before the end the stage after this one comes."""
        return max(day for day in self.stages if told is None or day < told)


class Told(NamedTuple):
    """Rows that were told the same stage last and have the same days of grace."""

    stage: int | None
    grace: int


def terms(ctx: Ctx) -> Terms:
    """What holds now."""
    return Terms(
        days=policy.value(ctx.session, ENDS.days),
        return_days=policy.value(ctx.session, "return_days"),
        first=policy.go_live(ctx.session),
    )


def all_told(ctx: Ctx) -> Iterator[Told]:
    """Every stage that was told, with every grace there is: few, however many rows there are."""
    stage: int | None = None
    while True:
        grace = _next_grace(ctx, stage, above=-1)
        while grace is not None:
            yield Told(stage, grace)
            grace = _next_grace(ctx, stage, above=grace)
        below = TOLD_LAPSED if stage is None else stage
        stage = _NEXT_STAGE.first(ctx.session, below=below).value
        if stage is None:
            return


def move_on(
    ctx: Ctx, set_by: Terms, told: Told, today: dt.date, zones: Sequence[str] | None, most: int
) -> list[tuple[int, int]]:
    """Note the stage that rows of a group have come to today, at most so many, of people in
    these zones, or anywhere, who are not away; their ids, each with its stage.
    """
    if not _is_anything_near(ctx, set_by, told, today):
        return []
    moving = _moving(
        set_by.stages, told.stage is None, told.stage == stages.LAST_DAY, zones is None
    )
    values = {
        "of_grace": told.grace,
        "this_day": today,
        "lapsed_before": today - told.grace * DAY,
        "back_before": today - max(told.grace, set_by.return_days) * DAY,
        "at_most": most,
    }
    values |= {f"within_{day}": today + day * DAY for day in set_by.stages}
    if zones is not None:
        values["these_zones"] = list(zones)
    if told.stage is not None:
        values["of_stage"] = told.stage
    if told.stage != stages.LAST_DAY:
        values["latest"] = today + set_by.ahead(told.stage) * DAY
    return [(row_id, stage) for row_id, stage in ctx.session.execute(moving, values)]


def move_back(ctx: Ctx, before: Mapping[int, int | None]) -> None:
    """Give rows the stage again that they had before, as if nothing had been told of since."""
    by_stage: dict[int | None, list[int]] = defaultdict(list)
    for row_id, stage in before.items():
        by_stage[stage].append(row_id)
    for stage, ids in by_stage.items():
        ctx.session.execute(update(TABLE).where(TABLE.c.id.in_(ids)).values(told_stage=stage))


def same_told(told: Told) -> tuple[Any, ...]:
    """The condition of belonging to a group."""
    is_told = (
        Qualification.told_stage.is_(None)
        if told.stage is None
        else Qualification.told_stage == told.stage
    )
    return Qualification.current, is_told, Qualification.grace_days == told.grace


@lru_cache
def _moving(days: tuple[int, ...], is_not_told: bool, is_last: bool, is_anywhere: bool) -> Any:
    """Rows of one group come to the stage that they are in, as `stages.reached` has it for one;
    built once, as every tick asks for every group.
    """
    told = Qualification.told_stage
    lapsed, ends_on = _is_lapsed(), Qualification.expires_on
    due = (
        select(Qualification.id)
        .where(
            Qualification.current,
            told.is_(None) if is_not_told else told == bindparam("of_stage"),
            Qualification.grace_days == bindparam("of_grace"),
            lapsed if is_last else ends_on <= bindparam("latest"),
            or_(
                Qualification.away_until.is_(None),
                Qualification.away_until < bindparam("this_day"),
            ),
        )
        .order_by(ends_on, Qualification.id)
        .limit(bindparam("at_most", type_=Integer()))
    )
    if not is_anywhere:
        here = Person.timezone.in_(bindparam("these_zones", expanding=True))
        due = due.join(Person, Person.id == Qualification.person_id).where(here)
    nearest_first = [(TABLE.c.expires_on <= bindparam(f"within_{day}"), day) for day in days[::-1]]
    return (
        update(TABLE)
        .where(TABLE.c.id.in_(due.correlate(None).scalar_subquery()))
        .values(told_stage=case((lapsed, TOLD_LAPSED), *nearest_first))
        .returning(TABLE.c.id, TABLE.c.told_stage)
    )


def _is_lapsed() -> ColumnElement[bool]:
    """As `validity.standing` has it for one row."""
    more, away = TABLE.c.extended_until, TABLE.c.away_until
    return and_(
        TABLE.c.expires_on < bindparam("lapsed_before"),
        or_(more.is_(None), more < bindparam("this_day")),
        or_(away.is_(None), away < TABLE.c.expires_on, away < bindparam("back_before")),
    )


def _is_anything_near(ctx: Ctx, set_by: Terms, told: Told, today: dt.date) -> bool:
    """Whether a group may have anything due; asked of every group at every tick."""
    latest = today
    if told.stage != stages.LAST_DAY:
        latest = today + set_by.ahead(told.stage) * DAY
    if told.stage is None:
        first = _FIRST_NOT_TOLD.first(ctx.session, grace=told.grace)
    else:
        first = _FIRST_TOLD.first(ctx.session, stage=told.stage, grace=told.grace)
    return first.value is not None and first.value <= latest


def _next_grace(ctx: Ctx, stage: int | None, above: int) -> int | None:
    if stage is None:
        found = _NEXT_GRACE_NOT_TOLD.first(ctx.session, above=above)
    else:
        found = _NEXT_GRACE.first(ctx.session, stage=stage, above=above)
    value: int | None = found.value
    return value


def _least(column: Any, *where: Any) -> Statement:
    return Statement(select(func.min(column).label("value")).where(Qualification.current, *where))


_NEXT_STAGE = _least(Qualification.told_stage, Qualification.told_stage > bindparam("below"))
_NEXT_GRACE = _least(
    Qualification.grace_days,
    Qualification.told_stage == bindparam("stage"),
    Qualification.grace_days > bindparam("above"),
)
_NEXT_GRACE_NOT_TOLD = _least(
    Qualification.grace_days,
    Qualification.told_stage.is_(None),
    Qualification.grace_days > bindparam("above"),
)
_FIRST_TOLD = _least(
    Qualification.expires_on,
    Qualification.told_stage == bindparam("stage"),
    Qualification.grace_days == bindparam("grace"),
)
_FIRST_NOT_TOLD = _least(
    Qualification.expires_on,
    Qualification.told_stage.is_(None),
    Qualification.grace_days == bindparam("grace"),
)
