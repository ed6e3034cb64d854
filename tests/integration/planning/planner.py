"""The school with plans: `unit` writes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.clock import FixedClock
from bot.context import Ctx
from bot.models.needs import Channel, Need, NeedsRound, Topic, TopicDecision, Way
from bot.models.training import Course, Trainer
from bot.planning import facilities, lines, plans
from tests.integration.training.conftest import School

YEAR = dt.date(2027, 1, 1)
LINE = {"title": "Tariff", "category": "technical", "cohorts": "2", "trainees": "20"}


class Planner(School):
    """Each method does what a form of the training unit would."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        super().__init__(ctx, clock)
        self.unit = self.acting("unit")

    def plan(self, year: dt.date = YEAR) -> int:
        return plans.begin(self.unit, year).id

    def line(self, plan_id: int, **typed: Any) -> int:
        made = lines.create(self.unit, plan_id, {**LINE, **typed})
        assert made.id is not None
        return made.id

    def course_of(self, code: str, seats: int) -> Course:
        made: Course = self.add(
            Course(code=code, title=f"Course {code}", max_seats=seats, hours=12)
        )
        return made

    def place(self, **typed: str) -> int:
        values = {"name": "School", "rooms": "1", "seats": "30", "beds": "20", **typed}
        return facilities.save(self.unit, None, values).id

    def placed(self, plan_id: int, days: str, months: str, **typed: str) -> int:
        """A line that is held at the school."""
        line_id = self.line(plan_id, months=months, **typed)
        where = {"facility": "School", "days": days, "trainers": typed.get("trainers", "")}
        lines.place(self.unit, line_id, {**where, "residential": typed.get("residential", "no")})
        return line_id

    def survey(self) -> tuple[NeedsRound, Topic, Topic]:
        """One for 2027: a topic that 45 people need, trained here, and one left for later."""
        course = self.course_of("HS", 20)
        held = self.add(NeedsRound(plan_year=YEAR, opens_on=YEAR, closes_on=YEAR))
        trainer = self.add(Trainer(code="T9", person_id=self.ids["trainer"]))
        tariff = self.add(Topic(name="Tariff", course_id=course.id))
        later = self.add(Topic(name="Drones"))
        for topic, way, people in ((tariff, Way.IN_HOUSE, 45), (later, Way.LATER, 9)):
            self.add(
                TopicDecision(
                    round_id=held.id, topic_id=topic.id, way=way, trainer_id=trainer.id,
                    decided_at=self.ctx.now(),
                )
            )  # fmt: skip
            self.add(
                Need(
                    round_id=held.id, channel=Channel.OFFICER, told_at=self.ctx.now(),
                    topic_id=topic.id, people=people,
                )
            )  # fmt: skip
        return held, tariff, later
