"""Whatever a plan holds: its own workbook changes nothing; undoing a file restores every row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Settings
from bot.db import Database
from bot.imports.cleaning import clean
from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    Category,
    Change,
    Facility,
    Goal,
    PlanCost,
    PlanLine,
)
from bot.models.training import Course
from tests import databases
from tests.integration.planning.desk import YEAR, Desk
from tests.integration.planning.printed import workbook

LETTERS = "abcXYZéñ 0123',;\"-/=+#&<>សុខមុំ\u200bمحمد"
words = st.text(LETTERS, max_size=12).map(clean)
titles = words.filter(bool)
wall = st.times().map(lambda one: one.replace(second=0, microsecond=0))
amounts = st.integers(0, 10**9).map(lambda cents: cents / 100)
line = st.fixed_dictionaries(
    {
        "title": titles,
        "course_id": st.sampled_from([None, 1]),
        "goal_id": st.sampled_from([None, 1]),
        "facility_id": st.sampled_from([None, 1]),
        "category": st.sampled_from(Category),
        "section": words,
        "change": st.sampled_from(Change),
        "target": words,
        "cohorts": st.integers(1, 400),
        "trainees": st.one_of(st.none(), st.integers(1, 200_000)),
        "months": st.lists(st.integers(1, 12), max_size=5).map(sorted),
        "mode": words,
        "place": words,
        "days": st.one_of(st.none(), st.integers(1, 800).map(lambda half: half / 2)),
        "hours": st.one_of(st.none(), st.integers(1, 400).map(float)),
        "starts_at": st.one_of(st.none(), wall),
        "ends_at": st.one_of(st.none(), wall),
        "residential": st.booleans(),
        "required": st.booleans(),
        "trainers": words,
        "remark": words,
        "unscheduled": st.booleans(),
        "details": st.dictionaries(st.sampled_from(["objectives", "period"]), titles),
    }
)
costs = st.lists(st.tuples(st.sampled_from(BudgetKind), amounts), max_size=3)
plan = st.lists(st.tuples(line, costs), min_size=1, max_size=5)


@contextmanager
def fresh(settings: Settings, tables: str) -> Iterator[Desk]:
    databases.copy(settings.database_url, tables)
    database = Database(settings.database_url)
    yield Desk(database, settings)
    database.close()


def store(desk: Desk, lines: list[tuple[dict[str, Any], list[Any]]]) -> None:
    with desk.database.transaction() as session:
        at = desk.clock.now()
        session.add(Course(code="C", title="The course"))
        session.add(Goal(plan_year=YEAR, code="G", title="The goal"))
        session.add(Facility(name="The school"))
        session.add(AnnualPlan(plan_year=YEAR, made_at=at, changed_at=at))
        session.flush()
        for number, (values, items) in enumerate(lines, 1):
            row = PlanLine(plan_id=1, code=f"{number:03}", number=number, **values)
            session.add(row)
            session.flush()
            for kind, price in items:
                session.add(PlanCost(line_id=row.id, kind=kind, item="x", price=price))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan)
def test_plan__own_workbook_taken__changes_nothing(
    settings: Settings, tables: str, lines: list[Any]
) -> None:
    with fresh(settings, tables) as desk:
        store(desk, lines)
        before = desk.everything()
        for file in (desk.book(), desk.export()):
            report = desk.check(file)
            assert (report.counts.new, report.counts.changed) == (0, 0), report.samples
            desk.take(file)
            assert desk.everything() == before


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan, st.lists(st.tuples(titles, st.integers(1, 400), amounts), min_size=1, max_size=4))
def test_file__taken_and_undone__restores_every_row(
    settings: Settings, tables: str, lines: list[Any], file: list[tuple[str, int, float]]
) -> None:
    with fresh(settings, tables) as desk:
        store(desk, [(values, []) for values, _costs in lines])
        before = desk.everything()
        rows = [(f"{place:03}", *row) for place, row in enumerate(file, len(lines))]
        heads = ("code", "title", "cohorts", "goods")
        applied = desk.take(workbook(("annual_plan", (heads, *rows))))
        changed = desk.lines()
        assert [changed[code].cohorts for code, *_rest in rows] == [row[1] for row in file]
        desk.undo(applied.run_id)
        assert desk.everything() == before


def test_line_dropped__named_by_a_file__stays_so_with_a_warning(
    settings: Settings, tables: str
) -> None:
    with fresh(settings, tables) as desk:
        store(desk, [({"title": "Tariff", "dropped_for": "No money"}, [])])
        file = workbook(("annual_plan", (("code", "title"), ("001", "Tariff of 2027"))))
        assert [fault.code for fault in desk.check(file).faults] == ["line-dropped"]
        desk.take(file)
        assert desk.lines()["001"].dropped_for == "No money"
        desk.take(workbook(("annual_plan", (("title",), ("Tariff of 2027",)))))
        assert set(desk.lines()) == {"001", "L01"}
