"""How many qualifications end in each of the coming months, by curriculum and by office."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from bot.calendar import add_months
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Texts, _
from bot.models.people import Person, Unit
from bot.models.qualifications import Curriculum, Qualification
from bot.people import access
from bot.people.access_table import Action
from bot.training.qualifications import curriculum_cards
from bot.training.qualifications.figures import visible

MONTHS = 12
NOTHING = _("No qualification within your reach ends in the next {count} months.")


@dataclass(frozen=True, slots=True)
class Line:
    """A curriculum or an office, and how many end in each month, as many as there are months."""

    code: str
    title: Texts | str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """`months` are first days; the first month counts from today on."""

    today: dt.date
    months: tuple[dt.date, ...]
    curricula: tuple[Line, ...]
    offices: tuple[Line, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """How many end in each month, all curricula together."""
        return tuple(map(sum, zip(*(line.counts for line in self.curricula), strict=True)))


def read(ctx: Ctx, months: int = MONTHS) -> Forecast:
    """What ends within the actor's reach, this month and the ones after it.

    Refuses where nothing ends, so that nobody waits for an empty page.
    """
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    first = ctx.today().replace(day=1)
    firsts = tuple(add_months(first, number) for number in range(months))
    curricula: dict[int, Counter[int]] = {}
    offices: dict[int, Counter[int]] = {}
    for curriculum_id, unit_id, ends, count in _ending(ctx, add_months(first, months)):
        month = (ends.year - first.year) * 12 + ends.month - first.month
        curricula.setdefault(curriculum_id, Counter())[month] += count
        offices.setdefault(unit_id, Counter())[month] += count
    if not curricula:
        raise Refusal(Text(NOTHING.msgid, (("count", months),)))
    return Forecast(
        ctx.today(), firsts, _curricula(ctx, curricula, months), _offices(ctx, offices, months)
    )


def require_some(ctx: Ctx, months: int = MONTHS) -> None:
    """Refuse as `read` does, without counting."""
    access.require(ctx, Action.SEE_QUALIFICATIONS)
    before = add_months(ctx.today().replace(day=1), months)
    found = (
        select(Qualification.id)
        .join(Person, Person.id == Qualification.person_id)
        .where(_between(ctx.today(), before), visible(ctx))
    )
    if ctx.session.execute(found.limit(1)).first() is None:
        raise Refusal(Text(NOTHING.msgid, (("count", months),)))


def _between(first: dt.date, before: dt.date) -> ColumnElement[bool]:
    return and_(
        Qualification.current,
        Qualification.withdrawn_at.is_(None),
        Qualification.expires_on >= first,
        Qualification.expires_on < before,
    )


def _ending(ctx: Ctx, before: dt.date) -> list[tuple[int, int, dt.date, int]]:
    grouped = (Qualification.curriculum_id, Person.unit_id, Qualification.expires_on)
    rows = ctx.session.execute(
        select(*grouped, func.count())
        .join(Person, Person.id == Qualification.person_id)
        .where(_between(ctx.today(), before), visible(ctx))
        .group_by(*grouped)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _curricula(ctx: Ctx, found: Mapping[int, Counter[int]], months: int) -> tuple[Line, ...]:
    rows = ctx.session.scalars(
        select(Curriculum).where(Curriculum.id.in_(found)).order_by(Curriculum.code)
    )
    return tuple(
        Line(
            row.code,
            curriculum_cards.title_of(row),
            tuple(found[row.id][month] for month in range(months)),
        )
        for row in rows
        if row.id is not None
    )


def _offices(ctx: Ctx, found: Mapping[int, Counter[int]], months: int) -> tuple[Line, ...]:
    rows = ctx.session.execute(
        select(Unit.id, Unit.name, Unit.path).where(Unit.id.in_(found)).order_by(Unit.path)
    )
    return tuple(
        Line(name, path, tuple(found[unit_id][month] for month in range(months)))
        for unit_id, name, path in rows
    )
