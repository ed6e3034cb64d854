"""How many days each trainer is planned for, month by month, against the working days there are.

Lines name their trainers by code or name, with semicolons between; several share the days.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.models.people import Person
from bot.models.planning import PlanLine
from bot.models.training import Trainer
from bot.people import access
from bot.people.access_table import Action
from bot.planning import cohorts, reading, workdays


@dataclass(frozen=True, slots=True)
class Load:
    """A trainer's days by month, by its first day; `in_pool` says that the pool has them.

    `over` are the months with more days than are worked in them.
    """

    name: str
    in_pool: bool
    days: Mapping[dt.date, float]
    cohorts: int
    over: tuple[dt.date, ...]

    @property
    def total(self) -> float:
        return sum(self.days.values())


@dataclass(frozen=True, slots=True)
class Loads:
    """Every trainer that the plan names, the most days first; `without` are codes of lines that
    name nobody, `idle` trainers of the pool that no line names.
    """

    trainers: tuple[Load, ...]
    without: tuple[str, ...]
    idle: tuple[str, ...]


def of_plan(ctx: Ctx, plan_id: int) -> Loads:
    """What a plan asks of trainers; refuses who may not edit plans."""
    access.require(ctx, Action.EDIT_PLAN)
    plan = reading.require(ctx, plan_id)
    query = select(PlanLine).where(PlanLine.plan_id == plan_id, reading.HELD)
    lines = ctx.session.scalars(query.order_by(PlanLine.number)).all()
    pool = _pool(ctx)
    days: dict[str, dict[dt.date, float]] = defaultdict(lambda: defaultdict(float))
    held: dict[str, int] = defaultdict(int)
    for line in lines:
        named = [pool.get(one.casefold(), one) for one in names(line.trainers)]
        for name in named:
            held[name] += line.cohorts
            for month, times in cohorts.cohorts_by_month(line.months, line.cohorts).items():
                if month is not None and line.days:
                    first = cohorts.month_of_year(plan.plan_year, month)
                    days[name][first] += times * line.days / len(named)
    worked = workdays.by_month(ctx, plan.plan_year)
    known = set(pool.values())
    found = [_load(name, days[name], held[name], known, worked) for name in held]
    found.sort(key=lambda one: (-one.total, one.name))
    without = tuple(line.code for line in lines if not names(line.trainers))
    return Loads(tuple(found), without, tuple(sorted(known - set(held))))


def names(trainers: str) -> list[str]:
    """The trainers of a line, each once."""
    parts = (" ".join(part.split()) for part in trainers.replace(",", ";").split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def _load(
    name: str,
    days: Mapping[dt.date, float],
    held: int,
    known: set[str],
    worked: Mapping[dt.date, int],
) -> Load:
    over = tuple(first for first in sorted(days) if days[first] > worked.get(first, 0))
    return Load(name, name in known, dict(days), held, over)


def _pool(ctx: Ctx) -> dict[str, str]:
    """How a trainer of the pool may be written, and how they are shown."""
    found: dict[str, str] = {}
    rows = ctx.session.execute(
        select(Trainer.code, Trainer.name, Person.full_name).outerjoin(
            Person, Person.id == Trainer.person_id
        )
    )
    for code, name, full_name in rows:
        shown = full_name or name or code
        for spelling in (code, name, full_name):
            if spelling:
                found.setdefault(spelling.casefold(), shown)
    return found
