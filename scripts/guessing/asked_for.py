"""What a report can be asked for, found out by asking it: nobody lists reports by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from bot.calendar import add_months
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.levels import ScopeKind
from bot.models.broadcasts import Broadcast
from bot.models.needs import JobAnalysis, NeedsRound, TopicDecision
from bot.models.on_the_job import CheckRound, CheckSheet, TaskBook, TaskBookIssue
from bot.models.people import Person, Unit
from bot.models.planning import AnnualPlan, CourseOutline
from bot.models.qualifications import Curriculum
from bot.models.training import Course, Trainer, TrainingClass
from bot.needs.analysis import Cut
from bot.reports.registry import WHOLE, Params, Report
from scripts.proofs import Disproved

MOST_PEOPLE = 3
TABLES: Mapping[str, tuple[type[SQLModel], ...]] = {
    "class": (TrainingClass,),
    "course": (Course,),
    "trainer": (Trainer,),
    "unit": (Unit,),
    "curriculum": (Curriculum,),
    "broadcast": (Broadcast,),
    "sheet": (CheckSheet,),
    "round": (CheckRound, NeedsRound),
    "job": (JobAnalysis,),
    "plan": (AnnualPlan,),
    "outline": (CourseOutline,),
    "book": (TaskBook,),
    "issue": (TaskBookIssue,),
    "id": (TrainingClass, Course, Trainer, Unit),
}
OTHERS: Mapping[str, Callable[[Ctx], list[Any]]] = {
    "of": lambda _ctx: [kind.value for kind in ScopeKind],
    "person": lambda ctx: _ids(ctx, Person)[:MOST_PEOPLE],
    "month": lambda ctx: [
        add_months(ctx.today().replace(day=1), -back).isoformat() for back in (0, 1)
    ],
    "year": lambda ctx: [ctx.today().year],
    "audience": lambda _ctx: [0],
    "cut": lambda _ctx: [cut.value for cut in Cut],
    "partner": lambda ctx: list(ctx.session.scalars(select(TopicDecision.partner).distinct())),
    WHOLE: lambda _ctx: [True],
}


class _Wanted(Exception):
    """A report looks for a parameter that it was not given."""


class _Probe(Mapping[str, Any]):
    """Parameters that note what is looked for among them."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self.may_have: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        if key not in self._given:
            raise _Wanted(key)
        return self._given[key]

    def __contains__(self, key: object) -> bool:
        if key not in self._given:
            self.may_have.add(str(key))
        return key in self._given

    def get(self, key: str, default: Any = None) -> Any:
        return self._given[key] if key in self else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


def everything(
    ctx: Ctx, report: Report, read: Callable[[Params], Any] | None = None
) -> list[tuple[dict[str, Any], Any]]:
    """Every set of parameters that this report can be read with in this house, and what `read`
    makes of it, by default the report itself.

    Raises Disproved for a report that looks for something that nobody knows here.
    """
    read = read or (lambda params: report.read(ctx, params))
    found: list[tuple[dict[str, Any], Any]] = []
    known: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = [{}]
    while waiting:
        given = waiting.pop()
        probe = _Probe(given)
        try:
            outcome = read(probe)
        except _Wanted as wanted:
            waiting += _with(ctx, report, given, str(wanted))
            continue
        except Refusal as refusal:
            outcome = refusal
        found.append((given, outcome))
        known.append(given)
        for key in sorted(probe.may_have):
            waiting += [one for one in _with(ctx, report, given, key) if one not in known]
    return found


def _with(
    ctx: Ctx, report: Report, given: Mapping[str, Any], key: str
) -> Iterator[dict[str, Any]]:
    yield from ({**given, key: value} for value in _values(ctx, report, key))


def _values(ctx: Ctx, report: Report, key: str) -> list[Any]:
    if key in TABLES:
        return sorted({number for table in TABLES[key] for number in _ids(ctx, table)} | {0})
    if key not in OTHERS:
        raise Disproved(f"report {report.name} asks for “{key}”, which the proof does not know")
    return OTHERS[key](ctx)


def _ids(ctx: Ctx, table: Any) -> list[int]:
    return list(ctx.session.scalars(select(table.id).order_by(table.id)))
