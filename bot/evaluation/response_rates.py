"""Who was asked and who has answered, over many classes and by office: numbers, never names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from sqlalchemy import Select, SQLColumnExpression, func, select

from bot.context import Ctx
from bot.evaluation import scopes
from bot.evaluation.class_results import Rate
from bot.evaluation.levels import Scope
from bot.evaluation.stages import STAGES, Stage
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.people import Person, Unit
from bot.people import reach
from bot.people.access_table import Action

Key = TypeVar("Key")
Counted: TypeAlias = Select[Key, AssignmentState, int]
LIFTED = (AssignmentState.RECALLED, AssignmentState.DECLINED)
"""Whoever was let off, or cannot judge, owes nothing."""


@dataclass(frozen=True, slots=True)
class OfficeRate:
    """One office: how many of its people were asked at all stages together, and answered."""

    unit_id: int
    path: str
    rate: Rate

    @property
    def missing(self) -> int:
        return self.rate.asked - self.rate.answered


def of_scope(ctx: Ctx, scope: Scope, stage: Stage) -> Rate:
    """The response rate at one stage of a scope's people about its classes."""
    return _rates(ctx, _asked(ctx, scope, Assignment.stage).where(Assignment.stage == stage.name))[
        stage.name
    ]


def by_stage(ctx: Ctx, scope: Scope) -> dict[str, Rate]:
    """The response rate at every stage that anybody was asked at, in the order of the stages."""
    found = _rates(ctx, _asked(ctx, scope, Assignment.stage))
    return {name: found[name] for name in STAGES if name in found}


def by_class(ctx: Ctx, scope: Scope, stage: Stage) -> Mapping[int | None, Rate]:
    """The response rate at one stage of each class."""
    query = _asked(ctx, scope, Assignment.class_id).where(Assignment.stage == stage.name)
    return _rates(ctx, query)


def by_office(ctx: Ctx, scope: Scope) -> list[OfficeRate]:
    """Every office within the reader's reach whose people were asked, most missing first."""
    found = _rates(ctx, _asked(ctx, scope, Person.unit_id))
    units = reach.units_within(ctx, Action.READ_REPORTS)
    paths = dict(ctx.session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(found))).all())
    rows = [
        OfficeRate(unit_id, paths[unit_id], rate)
        for unit_id, rate in found.items()
        if units is None or unit_id in units
    ]
    return sorted(rows, key=lambda row: (-row.missing, row.path))


def _asked(ctx: Ctx, scope: Scope, by: SQLColumnExpression[Key]) -> Counted[Key]:
    query: Counted[Key] = (
        select(by, Assignment.state, func.count())
        .select_from(Assignment)
        .join(Person, Person.id == Assignment.person_id)
        .where(
            Assignment.class_id.in_(scopes.classes(ctx, scope)),
            Assignment.state.not_in(LIFTED),
            scopes.people(ctx, scope),
        )
        .group_by(by, Assignment.state)
    )
    return query


def _rates(ctx: Ctx, query: Counted[Key]) -> dict[Key, Rate]:
    counts: dict[Key, dict[AssignmentState, int]] = defaultdict(lambda: defaultdict(int))
    for key, state, count in ctx.session.execute(query):
        counts[key][state] += count
    found: dict[Key, Rate] = defaultdict(lambda: Rate(0, 0))
    for key, states in counts.items():
        found[key] = Rate(sum(states.values()), states[AssignmentState.ANSWERED])
    return found
