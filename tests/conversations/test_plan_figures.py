"""What a plan asks for, shown on a phone; and plans as files in the layouts that are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    Goal,
    PlanCost,
    PlanLine,
)
from tests.conversations import planned
from tests.conversations.stage import Stage
from tests.integration.planning import printed

Golden = Callable[[Stage, str], None]
LAST, YEAR = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


@pytest.fixture
def desk(stage: Stage) -> Stage:
    planned.set_up(stage)
    return stage


async def test_figures__budget_cut_rooms_trainers__are_shown_and_change_nothing(
    desk: Stage, golden: Golden
) -> None:
    with desk.database.transaction() as session:
        at = desk.clock.now()
        plan = AnnualPlan(
            plan_year=YEAR, money="USD", budget=2000, whole_budget=400000, made_at=at,
            changed_at=at,
        )  # fmt: skip
        goal = Goal(plan_year=YEAR, code="G1", title="Fewer errors", weight=4)
        session.add_all([plan, goal])
        session.flush()
        for code, price, required in (
            ("A", 900.0, True),
            ("B", 700.0, False),
            ("C", 200.0, False),
        ):
            line = PlanLine(
                plan_id=plan.id, code=code, number=ord(code), title=f"Course {code}",
                goal_id=goal.id if code == "B" else None, required=required, cohorts=2,
                trainees=35 if code == "C" else 20, months=[3, 4], days=12,
                facility_id=1 if code != "C" else None, residential=code == "A",
                trainers="Prak Vanna; Guest" if code == "A" else "",
            )  # fmt: skip
            session.add(line)
            session.flush()
            session.add(
                PlanCost(line_id=line.id, kind=BudgetKind.SERVICES, item="Fees", price=price)
            )
    unit, dara = [await desk.join(who) for who in ("unit", "dara")]
    await unit.forge("plano:2")
    stale = unit.data_of("Take over last year's lines")
    await unit.press("If the budget is cut")
    await unit.press("10 %")
    await unit.press("Another share")
    await unit.type("all", "60 %")
    await unit.forge("plancut:2:100")
    await desk.restart()
    await unit.press("« The plan")
    await unit.press("Rooms and beds")
    await unit.press("Training School")
    await unit.press("« Rooms and beds")
    await unit.press("« The plan")
    await unit.press("Trainers")
    await unit.press_stale("Take over last year's lines", stale)
    for forged in ("plancut:2:10", "planrooms:2", "planload:2"):
        await dara.forge(forged)
    golden(desk, "plan_figures")


async def test_file__printed_plan_taken__workbook_made_changed_and_taken_back(
    desk: Stage, golden: Golden
) -> None:
    unit, dara = [await desk.join(who) for who in ("unit", "dara")]
    rows = [("2027", *printed.MONTHLY[0][1:]), *printed.MONTHLY[1:]]
    await unit.send_file("plan.xlsx", printed.workbook(("Plan", rows)))
    await unit.press("The annual training plan")
    stale = unit.data_of("Take it")
    await unit.press("Take it")
    await unit.press_stale("Take it", stale)
    await unit.forge("plano:2")
    await unit.press("Workbook")
    await unit.forge("plines:2")
    await desk.restart()
    for name, rows in (("ppmp.xlsx", printed.PROCUREMENT), ("courses.xlsx", printed.CLASSIFIED)):
        await unit.send_file(name, printed.workbook(("Plan", rows)))
        await unit.press("The annual training plan")
        await unit.press("Take it")
    await unit.forge("plano:3")
    await unit.press("Lines")
    await unit.press("L02 IOC Budget Planning for 2025")
    await unit.forge("plines:2:1")
    await unit.press("L17 Basics of Practical Trade Operations")
    await unit.forge("planchg:2")
    await unit.forge("pline:1")
    broken = printed.workbook(
        ("annual_plan", (("code", "title", "cohorts", "months"), ("L01", "", "many", "Smarch")))
    )
    await unit.send_file("broken.xlsx", broken)
    await unit.press("The annual training plan")
    await dara.forge("planbook:2")
    golden(desk, "plan_by_file")
