"""A course with indicators, classes of last year, offices, and figures month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest

from bot.clock import FixedClock
from bot.context import Ctx
from bot.models.impact import Better, Indicator, IndicatorValue
from bot.models.people import Unit
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from tests.integration.training.conftest import School as TrainingSchool

STARTS, ENDS = dt.date(2025, 11, 10), dt.date(2025, 11, 14)
BEFORE = (dt.date(2025, 9, 1), dt.date(2025, 10, 1))
AFTER = (dt.date(2025, 12, 1), dt.date(2026, 1, 1))
TWO_MONTHS = {"months": "2", "due_to_training": "50", "confidence": "80"}


class School(TrainingSchool):
    """The same school, measured; today is the second of March 2026."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        super().__init__(ctx, clock)
        self.classes: list[TrainingClass] = []
        self.version_id = 0
        self.indicator_row: Any = None
        self.office = ctx.session.get_one(Unit, self.person("dara").unit_id)

    def past_class(self, *who: str, state: EnrolmentState = EnrolmentState.ATTENDED) -> Any:
        """A class of last November that these people attended."""
        held = self.add(
            TrainingClass(
                code=f"VAL-{len(self.classes) + 1}",
                course_id=self.course().id,
                starts_on=STARTS,
                ends_on=ENDS,
                seats=20,
                coordinator_id=self.ids["unit"],
            )
        )
        self.classes.append(held)
        for key in who:
            self.enrol(held, key, state)
        return held

    def enrol(self, held: TrainingClass, key: str, state: EnrolmentState) -> Enrolment:
        return self.add(
            Enrolment(
                class_id=held.id, person_id=self.ids[key], state=state, changed_at=self.ctx.now()
            )
        )

    def indicator(
        self, code: str = "ERRORS", better: Better = Better.LESS, worth: float | None = 150
    ) -> Indicator:
        return self.add(
            Indicator(
                course_id=self.course().id,
                code=code,
                title=code.title(),
                better=better,
                worth=worth,
            )
        )

    def figures(
        self,
        indicator: Indicator,
        values: Iterable[float | None],
        *,
        unit: Unit | None = None,
        person: str | None = None,
    ) -> None:
        """Two months before and two after, in this order; None of one leaves it out."""
        for month, figure in zip((*BEFORE, *AFTER), values, strict=True):
            if figure is None:
                continue
            self.add(
                IndicatorValue(
                    indicator_id=indicator.id,
                    month=month,
                    unit_id=unit.id if unit else None,
                    person_id=self.ids[person] if person else None,
                    figure=figure,
                    noted_at=self.ctx.now(),
                )
            )


@pytest.fixture
def school(ctx: Ctx, clock: FixedClock) -> School:
    return School(ctx, clock)
