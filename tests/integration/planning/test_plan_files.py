"""Plans as files: taken without loss, with all their faults at once, and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.config import Settings
from bot.db import Database
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Verdict
from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    PlanCost,
    PlanState,
)
from bot.planning import costs, lines, plans
from tests.integration.planning import printed
from tests.integration.planning.desk import YEAR, Desk
from tests.integration.planning.printed import workbook

LAST = dt.date(2024, 1, 1)


@pytest.fixture
def desk(database: Database, settings: Settings) -> Desk:
    return Desk(database, settings)


@pytest.mark.parametrize("content", [printed.MONTHLY, printed.PROCUREMENT, printed.CLASSIFIED])
def test_layout__taken_again__changes_nothing(desk: Desk, content: printed.Rows) -> None:
    desk.take(workbook(("Plan", content)))
    before = desk.everything()
    report = desk.check(workbook(("Plan", content)))
    assert (report.counts.new, report.counts.changed) == (0, 0)
    desk.take(workbook(("Plan", content)))
    assert desk.everything() == before


@pytest.mark.parametrize("content", [printed.MONTHLY, printed.PROCUREMENT, printed.CLASSIFIED])
def test_own_table__exported_and_taken__loses_nothing(desk: Desk, content: printed.Rows) -> None:
    desk.take(workbook(("Plan", content)))
    before = desk.everything()
    for file in (desk.export(), desk.book(LAST if content is not printed.CLASSIFIED else YEAR)):
        report = desk.check(file)
        assert (report.counts.new, report.counts.changed) == (0, 0), report.samples
        desk.take(file)
        assert desk.everything() == before


OWN = (
    ("plan_year", "code", "title", "goal", "category", "months", "cohorts", "goods", "ends_at",
     "objectives"),
    (2027, "A1", "Tariff", "G9", "magic", "3; 13", 0, 200, "9.30", "Classify goods"),
    (2027, "A1", "Origin", "", "basic", "Mar; Sept", 2, 10, "", ""),
    ("2027-02-03", "A3", "", "", "basic", 4, 1, -3, "", ""),
)  # fmt: skip


OVER_A_DATE = (
    ("plan_year", "code", "title"),
    (dt.datetime(1905, 7, 20), "A1", "Tariff"),  # 2028 in a cell that shows dates
)


def test_own_table__full_of_faults__tells_them_all_with_row_and_column(desk: Desk) -> None:
    report = desk.check(workbook(("annual_plan", OWN)))
    assert report.verdict is Verdict.REFUSED
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [
        (2, "category", "bad-choice"),
        (2, "cohorts", "bad-number"),
        (2, "months", "bad-month"),
        (2, "ends_at", "bad-time"),
        (2, "goal", "name-unknown"),
        (3, "code", "key-doubled"),
        (4, "title", "value-missing"),
        (4, "goods", "bad-number"),
        (4, "plan_year", "year-unknown"),
    ]


def test_file_of_a_year_without_a_plan__undone__leaves_nothing(desk: Desk) -> None:
    applied = desk.take(workbook(("Plan", printed.PROCUREMENT)))
    assert len(desk.everything()) > 10
    desk.undo(applied.run_id)
    assert desk.everything() == []


def test_undo__plan_submitted_since__is_refused(desk: Desk) -> None:
    desk.take(workbook(("Plan", printed.MONTHLY)))
    changed = [*printed.MONTHLY[:1], ("January", "Seals", 20, "School", "1 day", "")]
    applied = desk.take(workbook(("Plan", changed)))
    with desk.database.transaction() as session:
        plan = session.get_one(AnnualPlan, 1)
        plan.state = PlanState.SUBMITTED
    with pytest.raises(Refusal):
        desk.undo(applied.run_id)
    report = desk.check(workbook(("Plan", printed.MONTHLY)))
    assert [fault.code for fault in report.faults] == ["plan-closed"]


def test_plan_changed_in_the_chat__then_undone__is_refused(desk: Desk) -> None:
    applied = desk.take(workbook(("Plan", printed.CLASSIFIED)))
    with desk.database.transaction() as session:
        ctx = desk.ctx(session)
        lines.edit(ctx, 1, {"title": "Onboarding", "category": "basic", "cohorts": "2"})
    with pytest.raises(Refusal):
        desk.undo(applied.run_id)


def test_costs__sum_of_several_items__is_left_alone_or_refused(desk: Desk) -> None:
    desk.take(workbook(("annual_plan", (("plan_year", "code", "title"), (2027, "A1", "Tariff")))))
    with desk.database.transaction() as session:
        for item, price in (("Paper", 100.0), ("Printer", 150.0)):
            session.add(
                PlanCost(line_id=1, kind=BudgetKind.GOODS, item=item, quantity=2, price=price)
            )
        session.add(PlanCost(line_id=1, kind=BudgetKind.SERVICES, item="Trainer", price=80.0))

    def file(goods: object, services: object, built: object) -> bytes:
        heads = ("plan_year", "code", "title", "goods", "services", "infrastructure")
        return workbook(("annual_plan", (heads, (2027, "A1", "Tariff", goods, services, built))))

    refused = desk.check(file(400, 90, ""))
    assert [(fault.row, fault.column) for fault in refused.faults] == [(2, "goods")]
    assert "500" in render(refused.faults[0].sentence, "en")
    desk.take(file(500, 90, 1000))
    with desk.database.transaction(readonly=True) as session:
        items = costs.of_line(desk.ctx(session), 1)
    found = {(one.kind.value, one.item): one.cost for one in items}
    assert found == {
        ("goods", "Paper"): 200,
        ("goods", "Printer"): 300,
        ("services", "Trainer"): 90,
        ("infrastructure", "As planned"): 1000,
    }


def test_year_of_a_file__none_given__is_that_of_the_only_plan_being_written(desk: Desk) -> None:
    file = workbook(("annual_plan", (("code", "title"), ("A1", "Tariff"))))
    assert [fault.code for fault in desk.check(file).faults] == ["year-missing"]
    with desk.database.transaction() as session:
        plans.begin(desk.ctx(session), YEAR)
    desk.take(file)
    assert desk.lines()["A1"].plan_id == 1


def test_year_of_a_file__typed_over_a_date__is_that_year(desk: Desk) -> None:
    desk.take(workbook(("annual_plan", OVER_A_DATE)))
    with desk.database.transaction() as session:
        assert session.get_one(AnnualPlan, 1).plan_year == dt.date(2028, 1, 1)


def test_csv__monthly_plan__is_taken_too(desk: Desk) -> None:
    text = "\n".join(",".join(str(cell) for cell in row) for row in printed.MONTHLY)
    desk.take(text.encode(), "plan.csv")
    assert len(desk.lines()) == 13


def test_workbook__header_far_down__is_read_where_it_is(desk: Desk) -> None:
    rows = [("Ministry of Finance",), *[("",)] * 12, *printed.CLASSIFIED]
    desk.take(workbook(("Courses", rows)))
    assert len(desk.lines()) == 9
