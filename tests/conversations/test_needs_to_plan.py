"""From what people say they need to a class they sit in: one survey, one plan, on their phones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.needs import Competency, CompetencyLevel, CompetencyRating, PositionLevel
from bot.models.people import Person
from bot.models.planning import AnnualPlan, PlanClass, PlanState
from bot.models.training import Course, Enrolment, EnrolmentState, Trainer
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
WISHES = (
    ("dara", "Valuation of used cars", "Very important"),
    ("rith", "Customs valuation", "Important"),
    ("maly", "Valuation when buyer and seller are related", "Urgent"),
)
LEVELS = {"Bilal Ahmed": "1", "Nhem Rith": "2"}
USUAL = "2"


@pytest.fixture
def office(stage: Stage) -> Stage:
    """Posts require valuation and law; there is a course of valuation, and who teaches it."""
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "en"
        session.add(Course(code="VAL", title="Customs Valuation", hours=20, max_seats=20))
        session.add(Trainer(code="T1", person_id=stage.ids["trainer"]))
        for code, name, level in (("VAL", "Customs valuation", 3), ("LAW", "Customs law", 2)):
            row = Competency(code=code, name=name)
            session.add(row)
            session.flush()
            session.add_all(
                CompetencyLevel(competency_id=row.id, level=step, behaviour=f"Step {step}.")
                for step in range(1, 6)
            )
            session.add(
                PositionLevel(
                    position="Officer", competency_id=row.id, level=level, importance=level + 1
                )
            )
    return stage


async def test_needs__surveyed_ranked_planned_approved__become_a_class(
    office: Stage, golden: Golden
) -> None:
    keys = ("unit", "director", "sokha", "dara", "rith", "maly")
    people = {who: await office.join(who) for who in keys}
    unit, director, sokha = (people[key] for key in ("unit", "director", "sokha"))
    await open_survey(unit)
    for who, wish, importance in WISHES:
        await answer(people[who], wish, importance)
    await rate(office, sokha)
    await close_and_rank(office, unit)
    await draft(unit)
    await submit(unit)
    await give_back(director)
    await resubmit(unit)
    await approve(director)
    await publish(unit)
    await enrol(people["dara"], sokha)
    await office.move(minutes=1)
    golden(office, "needs_to_plan")
    _is_so(office)


async def open_survey(unit: Actor) -> None:
    """Planned for three weeks, and opened today."""
    await unit.say("/menu")
    await unit.press("Needs and the annual plan")
    await unit.press("Survey of needs")
    await unit.press("Plan the survey for 2027")
    await unit.type("2026-03-02", "2026-03-22")
    await unit.press("Submit")
    await unit.press("The survey")
    await unit.press("Open it today")
    behind = unit.data_of("Open it today")
    await unit.press("Open it today")
    await unit.press_stale("Open it today", behind)


async def answer(officer: Actor, wish: str, importance: str) -> None:
    """Both competencies rated by oneself, one wish, nothing that hinders."""
    await officer.say("/tasks")
    await officer.press("What you need to learn")
    await officer.press("Begin")
    await officer.press("3")
    await officer.press("2")
    await officer.type(wish)
    await officer.press(importance)
    await officer.press("Skip")
    await officer.press("Skip")
    await officer.press("Submit")


async def rate(stage: Stage, sokha: Actor) -> None:
    """Six officers and two competencies, a tap each; Rollcall is restarted half-way."""
    await sokha.forge("rate")
    await sokha.press("Go on: Customs law")
    await rate_page(sokha)
    await stage.restart()
    await sokha.press("Next: Customs valuation")
    await rate_page(sokha)


async def rate_page(sokha: Actor) -> None:
    """A level beside every name of the page."""
    rows = sokha.phone.last["rows"]
    for place, row in enumerate(rows):
        if any(button["text"] == "?" for button in row):
            name = str(rows[place - 1][0]["text"]).partition(":")[0]
            level = LEVELS.get(name, USUAL)
            data = next(button["data"] for button in row if button["text"] == level)
            await sokha.forge(str(data), f"{name} – {level}")


async def close_and_rank(stage: Stage, unit: Actor) -> None:
    """Closed before its last day; gaps drawn, wishes put to a topic, the topic decided."""
    await unit.forge("nround:1")
    await unit.press("Close it")
    await unit.press("Close it today")
    await unit.forge("needan")
    await unit.press("Gaps by position")
    await unit.press("Make the heat map")
    await unit.forge("topicnew")
    await unit.type("Customs valuation")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Customs valuation")
    await unit.press("Customs Valuation")
    await unit.press("Submit")
    await unit.forge("needan")
    await unit.press("3 wishes to be put to topics")
    for _wish in WISHES:
        await unit.press("Customs valuation")
    await name_goal(unit)
    await stage.restart()
    await unit.forge("rank:1")
    await unit.press("Customs valuation")
    await unit.press("Decide how it is met")
    await unit.press("By our own trainers")
    await unit.press(unit.phone.buttons[0])
    await unit.press("Skip")
    await unit.press("Submit")


async def name_goal(unit: Actor) -> None:
    """What the topic serves, so that its weight counts and the line of the plan names it."""
    await unit.forge("goalnew:2027-01-01")
    await unit.type("G1", "Fewer wrong values")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("5, very much")
    await unit.type("errors in 1000 declarations", "42", "30")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The goal")
    await unit.press("Topics")
    await unit.press("Customs valuation")


async def draft(unit: Actor) -> None:
    """The plan of 2027: what was decided becomes a line."""
    await unit.forge("plans")
    await unit.press("Begin the plan of 2027")
    await unit.forge("planneeds:1")
    await unit.press("Lines")
    await unit.press("L01 Customs Valuation")


async def submit(unit: Actor) -> None:
    """To the Director-General."""
    await unit.forge("planlife:1")
    await unit.press("Submit for approval")
    await unit.press("Submit")


async def give_back(director: Actor) -> None:
    """Returned with a comment on the line."""
    await director.press("Read and decide")
    await director.press("Read the plan and comment")
    await director.press("All lines")
    await director.press("L01 Customs Valuation")
    await director.press("Comment on this line")
    await director.type("Name the month, and make it 12 officers.")
    await director.press("Submit")
    await director.forge("plandecide")
    await director.press("Training plan 2027")
    await director.press("Return it")
    await director.press("Skip")
    await director.press("Submit")


async def resubmit(unit: Actor) -> None:
    """The line is corrected, and submitted once more."""
    await unit.press("Read the comments")
    await unit.forge("plineedit:1")
    await unit.press("9")
    await unit.type("12")
    await unit.press("10")
    await unit.type("February")
    await unit.press("Submit")
    await submit(unit)


async def approve(director: Actor) -> None:
    await director.press("Read and decide")
    await director.press("Approve")
    behind = director.data_of("Approve")
    await director.press("Approve")
    await director.press_stale("Approve", behind)


async def publish(unit: Actor) -> None:
    """Published; its one cohort becomes a class."""
    await unit.press("Show the plan")
    await unit.press("Publish")
    await unit.press("Publish")
    await unit.press("Lines and classes")
    await unit.press("L01 Customs Valuation")
    await unit.press("Make cohort 1 a class")


async def enrol(dara: Actor, sokha: Actor) -> None:
    """Who wished for it asks for a place, and the supervisor approves."""
    await dara.say("/courses val")
    await dara.press(dara.phone.buttons[0])
    await dara.press("Ask for a place")
    await dara.press("I accept, and ask for a place")
    await sokha.press("Approve")


def _is_so(stage: Stage) -> None:
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(AnnualPlan.state)).one() is PlanState.PUBLISHED
        made = session.exec(select(PlanClass)).one()
        place = session.exec(select(Enrolment).where(Enrolment.class_id == made.class_id)).one()
        assert place.person_id == stage.ids["dara"]
        assert place.state in (EnrolmentState.APPROVED, EnrolmentState.ENROLLED)
        assert len(session.exec(select(CompetencyRating)).all()) == 2 * 6 + 3 * 2
