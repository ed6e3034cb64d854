"""A stage for plans: a course, a topic, a place, and this year's plan; a survey of the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlmodel import Session, select

from bot.models.needs import Channel, Need, NeedsRound, Topic, TopicDecision, Way
from bot.models.people import Person
from bot.models.planning import (
    AnnualPlan,
    BudgetKind,
    Facility,
    PlanCost,
    PlanLine,
    PlanState,
)
from bot.models.training import Course, Trainer
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
LAST, YEAR = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


def set_up(stage: Stage) -> None:
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
        session.add(
            PlanCost(line_id=line.id, kind=BudgetKind.GOODS, item="Tariff books", price=300)
        )


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
