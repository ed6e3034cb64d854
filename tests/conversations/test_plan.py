"""The annual plan on a phone: goals and places, a plan drafted line by line, what it asks for,
and the same by files in the layouts that administrations print.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from bot.models.needs import Channel, Need, NeedsRound, Topic, TopicDecision, Way
from bot.models.people import Person
from bot.models.planning import AnnualPlan, Facility, Goal, PlanCost, PlanLine, PlanState
from bot.models.training import Course, Trainer
from tests.conversations.stage import Stage
from tests.integration.planning import printed

Golden = Callable[[Stage, str], None]
LAST, YEAR = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


@pytest.fixture
def desk(stage: Stage) -> Stage:
    """Everybody reads English; there is a course, and a plan of this year that is approved."""
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "en"
        session.add(Course(code="VAL", title="Customs Valuation", max_seats=20, hours=7.5))
        session.add(Topic(name="Rules of origin"))
        session.add(Facility(name="Training School", rooms=2, seats=30, beds=10))
        at = stage.clock.now()
        plan = AnnualPlan(
            plan_year=LAST, state=PlanState.APPROVED, money="USD", made_at=at, changed_at=at
        )
        session.add(plan)
        session.flush()
        line = PlanLine(
            plan_id=plan.id, code="L01", number=1, title="Harmonized System", cohorts=1,
            trainees=20, months=[3], place="Training School",
        )  # fmt: skip
        session.add(line)
        session.flush()
        session.add(PlanCost(line_id=line.id, kind="goods", item="Tariff books", price=300))
    return stage


def survey(session: Session, stage: Stage) -> None:
    """Of 2027: forty people need rules of origin, which is trained here."""
    topic = session.exec(select(Topic)).one()
    held = NeedsRound(plan_year=YEAR, opens_on=LAST, closes_on=LAST)
    trainer = Trainer(code="T1", person_id=stage.ids["trainer"])
    session.add_all([held, trainer])
    session.flush()
    at = stage.clock.now()
    session.add(
        TopicDecision(round_id=held.id, topic_id=topic.id, way=Way.IN_HOUSE,
                      trainer_id=trainer.id, decided_at=at)
    )  # fmt: skip
    session.add(
        Need(round_id=held.id, channel=Channel.OFFICER, told_at=at, topic_id=topic.id, people=40)
    )


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
        survey(session, desk)
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
            session.add(PlanCost(line_id=line.id, kind="services", item="Fees", price=price))
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
    broken = printed.workbook(
        ("annual_plan", (("code", "title", "cohorts", "months"), ("L01", "", "many", "Smarch")))
    )
    await unit.send_file("broken.xlsx", broken)
    await unit.press("The annual training plan")
    await dara.forge("planbook:2")
    golden(desk, "plan_by_file")
