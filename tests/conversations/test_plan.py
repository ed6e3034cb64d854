"""The annual plan on a phone: goals and places, a plan drafted and written line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.planning import (
    AnnualPlan,
    Goal,
    PlanState,
)
from tests.conversations import planned
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
LAST, YEAR = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


@pytest.fixture
def desk(stage: Stage) -> Stage:
    planned.set_up(stage)
    return stage


async def test_goals_and_places__named_corrected_taken_away(desk: Stage, golden: Golden) -> None:
    unit, dara = [await desk.join(who) for who in ("unit", "dara")]
    await unit.forge("plans")
    await unit.press("Goals")
    await unit.forge(f"goals:{YEAR}")
    await unit.press("Name a goal")
    await unit.type("G1", "Fewer errors in declarations", "កាត់បន្ថយកំហុស")
    await unit.press("Skip")
    await unit.press("4")
    await desk.restart()
    await unit.type("errors in 1000 declarations", "40", "25")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The goal")
    stale = unit.data_of("Take it away")
    await unit.press("Topics")
    await unit.press("Rules of origin")
    await unit.press("« The goal")
    await unit.press("Correct")
    await unit.press("9")
    await unit.type("24")
    await unit.press("Submit")
    await unit.forge(f"goalnew:{YEAR}")
    await unit.type("G1", "Faster clearance")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("3, as others do")
    for _question in range(4):
        await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("1")
    await unit.type("G2")
    await unit.press("Submit")
    await unit.press("The goal")
    await unit.press_stale("Take it away", stale)
    await unit.press("Take it away")
    await unit.press("G1: Fewer errors in declarations")
    await unit.forge("facs")
    await unit.press("Enter a place")
    await unit.type("Training School", "3", "40", "0")
    await unit.press("Submit")
    await unit.press("1")
    await unit.type("Border School")
    await unit.press("Submit")
    await unit.press("The place")
    stale = unit.data_of("Use it no longer")
    await unit.press("Correct")
    await unit.press("4")
    await unit.type("12")
    await unit.press("Submit")
    await unit.press("The place")
    await unit.press_stale("Use it no longer", stale)
    await unit.press("Use it no longer")
    await unit.press("Use it again")
    await unit.press("« Places")
    for forged in ("plans", f"goals:{YEAR}", "goaldel:1", "facuse:1:0"):
        await dara.forge(forged)
    golden(desk, "plan_goals")


async def test_plan__drafted_from_last_year_and_needs__lines_written_by_forms(
    desk: Stage, golden: Golden
) -> None:
    with desk.database.transaction() as session:
        planned.survey(session, desk)
        session.add(Goal(plan_year=YEAR, code="G1", title="Fewer errors", weight=4))
    unit, director, dara = [await desk.join(who) for who in ("unit", "director", "dara")]
    await unit.forge("plans")
    stale = unit.data_of("Begin the plan of 2027")
    await unit.press("Begin the plan of 2027")
    await unit.press_stale("Begin the plan of 2027", stale)
    await unit.press("Take over last year's lines")
    await unit.press("Add what was decided")
    await unit.press("Budgets")
    await unit.press("2")
    await unit.type("2000")
    await unit.press("3")
    await unit.type("1000")
    await unit.press("Submit")
    await unit.press("3")
    await unit.type("400000")
    await unit.press("Submit")
    await unit.press("The plan")
    await unit.press("Lines")
    await unit.press("New line")
    await unit.type("valuation")
    await unit.press("Customs Valuation")
    await unit.press("Skip")
    await unit.press("G1: Fewer errors")
    await unit.press("Skip")
    await unit.press("Technical")
    await unit.type("Practical", "Appraisers", "2")
    await desk.restart()
    await unit.type("20")
    await unit.type("March, September")
    await unit.press("Yes")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The line")
    await unit.press("How and where")
    await unit.type("F2F", "training")
    await unit.press("Training School")
    await unit.press("Skip")
    await unit.type("5", "7.5", "08:00", "09:30")
    await unit.press("No")
    await unit.type("T1")
    await unit.press("Submit")
    await unit.press("The line")
    await unit.press("Details")
    await unit.press("Write")
    await unit.type("Apply the six methods of valuation")
    for _question in range(10):
        await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The line")
    await unit.press("Costs")
    await unit.press("One more item")
    await unit.press("Services")
    await unit.type("Fees", "10", "80")
    await unit.press("Submit")
    await unit.press("What it costs")
    stale = unit.data_of("Take away: Fees")
    await unit.press("Take away: Fees")
    await unit.press_stale("Take away: Fees", stale)
    await unit.press("« The line")
    await unit.press("Earlier")
    await unit.press("Later")
    await unit.press("Correct")
    await unit.press("8")
    await unit.type("3")
    await unit.press("Submit")
    await unit.press("The line")
    await unit.press("Drop it")
    await unit.type("Postponed to 2028")
    await unit.press("Submit")
    await unit.press("The lines of the plan")
    with desk.database.transaction() as session:
        session.get_one(AnnualPlan, 2).version = 1
    await unit.press("L01 Harmonized System")
    await unit.press("Drop it")
    await unit.type("Trained enough")
    await unit.press("Submit")
    await unit.forge("pline:2")
    stale = unit.data_of("Take it up again")
    await unit.press("Take it up again")
    await unit.press_stale("Take it up again", stale)
    await unit.forge("planchg:2")
    with desk.database.transaction() as session:
        session.get_one(AnnualPlan, 2).state = PlanState.SUBMITTED
    await unit.forge("plano:2")
    await unit.forge("plineedit:2")
    await director.forge("plano:2")
    for forged in (
        "plano:2",
        "plines:2",
        "pline:2",
        "plinenew:2",
        "pcosts:2",
        "plannew:2028-01-01",
    ):
        await dara.forge(forged)
    golden(desk, "plan_drafted")
