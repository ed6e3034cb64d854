"""A plan of 2027 with three lines, one of them costed; today is the second of March 2026."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.clock import FixedClock
from bot.context import Ctx
from bot.models.planning import AnnualPlan, BudgetKind, Category, PlanCost, PlanLine
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.planning import approval, publishing
from tests.integration.training.conftest import School as TrainingSchool

YEAR = dt.date(2027, 1, 1)


class School(TrainingSchool):
    """The same school, with a plan for next year."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        super().__init__(ctx, clock)
        self.plan = self.make_plan(YEAR)
        self.valuation = self.line(
            "12", course_id=self.course("VAL").id, cohorts=4, trainees=20, months=[2, 5],
            days=5, hours=20, goal_id=None, target="Officials in charge of clearance",
        )  # fmt: skip
        self.rkc = self.line("13", title="Knowledge of RKC", trainees=60, months=[2], days=3)
        self.maccs = self.line("14", title="MACCS accessing", trainees=None, months=[7], days=1)
        self.cost(self.valuation, 800, 2)

    def make_plan(self, year: dt.date, **fields: Any) -> AnnualPlan:
        now = self.ctx.now()
        return self.add(
            AnnualPlan(plan_year=year, money="USD", made_at=now, changed_at=now, **fields)
        )

    def line(self, code: str, **fields: Any) -> PlanLine:
        """A line of the plan, by default technical training in one cohort."""
        settings = {"plan_id": self.plan.id, "number": int(code.strip("U")),
                    "category": Category.TECHNICAL} | fields  # fmt: skip
        return self.add(PlanLine(code=code, **settings))

    def cost(self, line: PlanLine, price: float, quantity: float = 1) -> PlanCost:
        return self.add(
            PlanCost(
                line_id=line.id, kind=BudgetKind.SERVICES, item="Trainers",
                quantity=quantity, price=price,
            )
        )  # fmt: skip

    def enrolment_of(self, held: TrainingClass, key: str, state: EnrolmentState) -> Enrolment:
        """Somebody on the list of a class, in this state."""
        return self.add(
            Enrolment(
                class_id=held.id, person_id=self.ids[key], state=state, changed_at=self.ctx.now()
            )
        )

    def submit(self) -> AnnualPlan:
        return approval.submit(self.acting("unit"), self.plan.id)

    def approve(self) -> AnnualPlan:
        """Submitted by the unit, approved by the director."""
        self.submit()
        return approval.approve(self.acting("director"), self.plan.id)

    def publish(self) -> AnnualPlan:
        self.approve()
        return publishing.publish(self.acting("unit"), self.plan.id)


@pytest.fixture
def school(ctx: Ctx, clock: FixedClock) -> School:
    return School(ctx, clock)
