"""What the unit set for the rules of the evaluation, for one type of course or for every type.

A type is a course's category, folded; what is set for a type goes before what is set for all.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot.evaluation.stages import Stage
from bot.models.evaluation import EvaluationSetting
from bot.models.training import Course, TrainingClass
from bot.people.search import fold

EVERY_TYPE = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was set; None stays as the rule has it."""

    switched_on: bool | None = None
    months: int | None = None
    days: int | None = None
    open_days: int | None = None

    def over(self, wider: Chosen) -> Chosen:
        """This, and where it says nothing what `wider` says."""
        return Chosen(
            wider.switched_on if self.switched_on is None else self.switched_on,
            wider.months if self.months is None else self.months,
            wider.days if self.days is None else self.days,
            wider.open_days if self.open_days is None else self.open_days,
        )


NOTHING = Chosen()


class RuleSettings:
    """All that was set, read once: few rows, however many classes there are."""

    def __init__(self, session: Session) -> None:
        self._rows = {
            (row.category, row.rule): Chosen(row.switched_on, row.months, row.days, row.open_days)
            for row in session.scalars(select(EvaluationSetting))
        }

    def of(self, category: str, rule: str) -> Chosen:
        """What holds for a rule and a type of course, as the course has it or folded."""
        every = self._rows.get((EVERY_TYPE, rule), NOTHING)
        return self.only(category, rule).over(every)

    def only(self, category: str, rule: str) -> Chosen:
        """What was set for this very type."""
        return self._rows.get((fold(category), rule), NOTHING)

    def having(self, category: str, rule: str, chosen: Chosen) -> RuleSettings:
        """The same with something else set for one type and rule; nothing is stored."""
        other = copy(self)
        other._rows = {**self._rows, (fold(category), rule): chosen}
        return other

    @property
    def categories(self) -> set[str]:
        """The types that something was set for, folded; every type is one of them."""
        return {EVERY_TYPE, *(category for category, _rule in self._rows)}


def is_asked(session: Session, held: TrainingClass, stage: Stage) -> bool:
    """Whether a class is asked at a stage that is on for every type until it is switched off."""
    category = session.get_one(Course, held.course_id).category
    return RuleSettings(session).of(category, stage.name).switched_on is not False
