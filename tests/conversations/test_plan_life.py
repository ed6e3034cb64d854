"""A plan from its draft to its year: checked, returned, approved, published, held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.planning import AnnualPlan, BudgetKind, Category, Goal, PlanCost, PlanLine
from bot.models.training import Course
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def plan(stage: Stage) -> int:
    """A draft of 2027 with three lines; its id."""
    with stage.database.transaction() as session:
        now = stage.clock.now()
        course = Course(code="VAL", title="Customs Valuation", hours=20)
        goal = Goal(plan_year=YEAR, code="G1", title="Fewer errors in declarations")
        plan = AnnualPlan(plan_year=YEAR, money="USD", budget=5000, made_at=now, changed_at=now)
        session.add_all([course, goal, plan])
        session.flush()
        lines = [
            PlanLine(code="1", number=1, course_id=course.id, goal_id=goal.id, cohorts=2,
                     trainees=20, months=[2, 5], days=5, hours=20, place="Training School",
                     starts_at=dt.time(8), ends_at=dt.time(9, 30), required=True),
            PlanLine(code="2", number=2, title="Knowledge of RKC", trainees=60, months=[2],
                     days=3, target="Officials in charge of clearance"),
            PlanLine(code="3", number=3, title="MACCS accessing", category=Category.DIGITAL,
                     trainees=None, months=[7], days=1),
        ]  # fmt: skip
        for line in lines:
            line.plan_id = plan.id
        session.add_all(lines)
        session.flush()
        session.add(PlanCost(line_id=lines[0].id, kind=BudgetKind.SERVICES, item="Trainers",
                             quantity=2, price=800))  # fmt: skip
        return plan.id


async def test_plan__checked_returned_approved_published__becomes_classes(
    stage: Stage, plan: int, golden: Golden
) -> None:
    unit, director, sokha, dara = [
        await stage.join(who) for who in ("unit", "director", "sokha", "dara")
    ]
    await check(stage, unit, sokha, dara, plan)
    await return_it(unit, director)
    await approve(stage, unit, sokha, director)
    await hold(unit, dara)
    golden(stage, "plan_life")


async def check(stage: Stage, unit: Actor, sokha: Actor, dara: Actor, plan: int) -> None:
    """A supervisor is asked to check it, and comments on a line."""
    await unit.forge(f"plano:{plan}")
    await unit.press("Checking, approval, classes")
    await unit.press("Ask somebody to check it")
    await unit.type("sokha")
    await unit.press("Keo Sokha, 1003, Poipet")
    await unit.press("Submit")
    await dara.forge(f"plancheck:{plan}")
    await sokha.press("Check it")
    await sokha.press("Read the plan and comment")
    await sokha.press("All lines")
    await sokha.press("2 Knowledge of RKC")
    await sokha.press("Comment on this line")
    await stage.restart()
    await sokha.type("February is the month of the stocktaking.")
    await sokha.press("Submit")
    await sokha.forge("planchecks")
    await sokha.press("Training plan 2027")
    behind = sokha.data_of("I agree")
    await sokha.press("I object")
    await sokha.type("Not in February.")
    await sokha.press("Submit")
    await sokha.press_stale("I agree", behind)


async def return_it(unit: Actor, director: Actor) -> None:
    """Submitted, and returned by the director with a comment on a line."""
    await unit.press("Show the plan")
    await unit.press("Submit for approval")
    behind = unit.data_of("Submit")
    await unit.press("Submit")
    await unit.press_stale("Submit", behind)
    await unit.forge("plandyes:1:1")
    await director.press("Read and decide")
    await director.press("Return it")
    await director.press("Skip")
    await director.press("Submit")
    await director.forge("plandecide")
    await director.press("Training plan 2027")
    await director.press("Read the plan and comment")
    await director.press("February")
    await director.press("2 Knowledge of RKC")
    await director.press("Comment on this line")
    await director.type("Two cohorts of 30, and not in February.")
    await director.press("Submit")
    await director.forge("plandecide")
    await director.press("Training plan 2027")
    await director.press("Return it")
    await director.press("Skip")
    await director.press("Submit")


async def ask_again(unit: Actor, sokha: Actor) -> None:
    """Who objected checks it once more, and agrees."""
    await unit.press("Ask somebody to check it")
    await unit.type("sokha")
    await unit.press("Keo Sokha, 1003, Poipet")
    await unit.press("Submit")
    await sokha.press("Check it")
    await sokha.press("I agree")
    await unit.press("Show the plan")


async def approve(stage: Stage, unit: Actor, sokha: Actor, director: Actor) -> None:
    """Changed, submitted again, compared, approved."""
    await unit.press("Read the comments")
    await unit.press("Done: line 2, Keo Sokha")
    await unit.press("« The way of the plan")
    await stage.off_record(change(stage))
    stage.write("-- The unit makes two cohorts of 30 of it, in March and April. --")
    await ask_again(unit, sokha)
    await unit.press("Submit for approval")
    await unit.press("Submit")
    await director.press("Read and decide")
    await director.press("What changed since the last version")
    await director.press("« Versions")
    await director.press("« Back to the plan")
    await director.press("2 open comments")
    await director.forge("plandecide")
    await director.press("Training plan 2027")
    await director.press("Approve")
    behind = director.data_of("Approve")
    await director.press("Approve")
    await director.press_stale("Approve", behind)


async def change(stage: Stage) -> None:
    with stage.database.transaction() as session:
        line = session.get_one(PlanLine, 2)
        line.cohorts, line.trainees, line.months = 2, 30, [3, 4]


async def hold(unit: Actor, dara: Actor) -> None:
    """Published, read by an officer, and held: classes, unscheduled training, money."""
    await dara.forge("planread")
    await unit.press("Show the plan")
    await unit.press("Publish")
    await unit.press("Publish")
    await dara.forge("planread")
    await dara.press("For me")
    await dara.press("3 MACCS accessing")
    await dara.press("« Lines")
    await dara.press("« Back to the plan")
    await dara.press("March")
    await dara.forge("plancs:1")
    await unit.press("Lines and classes")
    await unit.press("1 Customs Valuation")
    behind = unit.data_of("Make cohort 1 a class")
    await unit.press("Make cohort 1 a class")
    await unit.press_stale("Make cohort 1 a class", behind)
    await unit.press("What was spent")
    await unit.press("Enter an amount")
    await unit.type("2026-03-01", "350", "Deposit for the room")
    await unit.press("Submit")
    await unit.press("« Back to the plan")
    await unit.press("« The line")
    await unit.press("Drop this line")
    await unit.type("The course is held by the region.")
    await unit.press("Submit")
    await unit.press("« Back to the plan")
    await unit.press("Hold it after all")
    await unit.press("Class 1-27-01")


async def test_plan__decided_by_letter__has_its_papers(
    stage: Stage, plan: int, golden: Golden
) -> None:
    unit, director, dara = [await stage.join(who) for who in ("unit", "director", "dara")]
    await decide_by_letter(stage, unit, plan)
    await unit.press("Add unscheduled training")
    await unit.press("Skip")
    await unit.type("The new tariff")
    await unit.press("Technical")
    await unit.press("September")
    await unit.type("1", "30", "Declarants")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.type("The tariff was changed by law.")
    await unit.press("Submit")
    await unit.forge(f"planpub:{plan}")
    await unit.press("Publish")
    await stage.move(days=1)
    await unit.forge("planspend:1")
    await unit.type("2026-03-01", "350")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("« Back to the plan")
    await unit.press("Take out: 350 of Mar 1, 2026")
    await director.press("Show the plan")
    await director.press("Cover for my office")
    await director.press("« Back to the plan")
    await dara.forge(f"plancover:{plan}")
    await director.press("Papers and pictures")
    behind = director.data_of("The annual plan, to be signed")
    for report in ("The annual plan, to be signed", "Planned against held",
                   "Yearly report to the region"):  # fmt: skip
        await director.press(report)
    await director.press("« Back to the plan")
    await director.press_stale("The annual plan, to be signed", behind)
    await dara.forge("planread")
    await dara.press("Papers and pictures")
    await dara.press("Calendar of the training plan")
    await dara.forge(f"planrep:{plan}:annual_plan")
    golden(stage, "plan_papers")


async def decide_by_letter(stage: Stage, unit: Actor, plan: int) -> None:
    """A reviewer is asked and not asked any more; submitted, taken back, approved by letter."""
    await unit.forge(f"planask:{plan}")
    await unit.type("sokha")
    await unit.press("Keo Sokha, 1003, Poipet")
    await unit.press("Submit")
    await unit.press("« Back to the plan")
    await unit.press("Do not ask Keo Sokha")
    await unit.press("Submit for approval")
    await unit.press("Submit")
    await unit.press("Take it back")
    await unit.press("Submit for approval")
    await unit.press("Submit")
    await unit.press("Record a signed letter")
    await unit.press("The plan is approved")
    await unit.type("12/DG", "2026-03-01")
    await stage.restart()
    await unit.send_photo()
    await unit.press("Submit")
    await unit.press("« Back to the plan")
