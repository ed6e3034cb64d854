"""What is asked about a class, of whom, and when: one list, which the unit sees in the chat.

Nothing else in Rollcall knows an offset of the evaluation; what the unit set is laid over it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot import policy
from bot.calendar import DAY, add_months
from bot.context import Ctx
from bot.evaluation import stages
from bot.evaluation.rule_settings import EVERY_TYPE, Chosen, RuleSettings
from bot.evaluation.stages import Stage
from bot.people.search import fold

OTHER_TYPE = "\0"
"""Stands for all types of which nothing is said; no course has it."""
MOST_MONTHS, MOST_DAYS, MOST_OPEN = 24, 60, 60


class Anchor(StrEnum):
    """The date that months and days are counted from."""

    STARTS = "the first day of the class"
    ENDS = "the last day of the class"


class Who(StrEnum):
    """Who is asked."""

    TRAINEES = "the trainees of the class"
    SUPERVISORS = "the supervisor of each trainee, about that trainee"
    TRAINER = "the lead trainer of the class"


class OnFor(StrEnum):
    """The types of course that are asked before the unit has said anything."""

    EVERY_TYPE = "every type"
    RECRUITS = "the basic course for recruits"
    NO_TYPE = "none"


@dataclass(frozen=True, slots=True)
class EvaluationRule:
    """Asked `months` and `days` after the anchor (before it: days below 0), at `wall` of the
    reader's own time, open for `open_days` days after that.

    `guests` are asked as well where their work is not what it is about. One that is not
    `movable` is asked at the end of the class itself and can only be switched.
    """

    stage: Stage
    anchor: Anchor
    who: Who
    months: int
    days: int
    wall: dt.time
    open_days: int
    on_for: OnFor
    guests: bool = False
    movable: bool = True

    @property
    def name(self) -> str:
        return self.stage.name

    @property
    def ends_with_start(self) -> bool:
        """What is asked before a class is of no use once it has begun."""
        return self.anchor is Anchor.STARTS and self.days < 0

    @property
    def is_on_for_all_or_none(self) -> bool:
        """Whether no type of course is treated otherwise than the others by itself."""
        return self.on_for is not OnFor.RECRUITS

    def day(self, anchor: dt.date) -> dt.date:
        """The day on which people are asked, from the date it is counted from.

        A month without that day ends it: a month after 31 January is the last of February.
        """
        return add_months(anchor, self.months) + self.days * DAY

    def latest_anchor(self, day: dt.date) -> dt.date:
        """The latest date counted from of which people are asked on `day` or before."""
        last = day - self.days * DAY
        found = add_months(last, -self.months)
        while add_months(found + DAY, self.months) <= last:
            found += DAY
        return found


MORNING, NOON = dt.time(9), dt.time(12)
TRAINEES, SUPERVISORS, TRAINER = Who.TRAINEES, Who.SUPERVISORS, Who.TRAINER
EVERY, RECRUITS, NONE = OnFor.EVERY_TYPE, OnFor.RECRUITS, OnFor.NO_TYPE


def _before(stage: Stage, days: int, open_days: int, on_for: OnFor) -> EvaluationRule:
    """Counted from the first day of the class."""
    return EvaluationRule(
        stage, Anchor.STARTS, TRAINEES, 0, -days, MORNING, open_days, on_for, guests=True
    )


def _at_end(stage: Stage, who: Who) -> EvaluationRule:
    """Asked when the class ends; how long it is open is a setting of the administration."""
    return EvaluationRule(
        stage, Anchor.ENDS, who, 0, 0, MORNING, 0, EVERY, guests=True, movable=False
    )


def _days_after(stage: Stage, days: int, open_days: int) -> EvaluationRule:
    """One of the short prompts in the weeks after."""
    return EvaluationRule(stage, Anchor.ENDS, TRAINEES, 0, days, MORNING, open_days, RECRUITS)


def _months_after(
    stage: Stage, who: Who, months: int, on_for: OnFor, open_days: int = 14
) -> EvaluationRule:
    return EvaluationRule(stage, Anchor.ENDS, who, months, 0, MORNING, open_days, on_for)


RULES: tuple[EvaluationRule, ...] = (
    _before(stages.LEVEL_CHECK, 7, 6, RECRUITS),
    _before(stages.PRE_TEST, 0, 1, EVERY),
    EvaluationRule(stages.POST_TEST, Anchor.ENDS, TRAINEES, 0, 0, NOON, 1, EVERY, guests=True),
    _at_end(stages.REACTION_TRAINEE, TRAINEES),
    _at_end(stages.REACTION_TRAINER, TRAINER),
    _days_after(stages.RECALL, 3, 4),
    _days_after(stages.ENGAGE, 10, 5),
    _days_after(stages.REFLECT, 21, 5),
    _months_after(stages.FOLLOW_UP_PARTICIPANT, TRAINEES, 1, EVERY),
    _months_after(stages.FOLLOW_UP_SUPERVISOR, SUPERVISORS, 1, EVERY),
    _months_after(stages.FOLLOW_UP_3_PARTICIPANT, TRAINEES, 3, NONE),
    _months_after(stages.FOLLOW_UP_3_SUPERVISOR, SUPERVISORS, 3, NONE),
    _months_after(stages.FOLLOW_UP_6_PARTICIPANT, TRAINEES, 6, NONE),
    _months_after(stages.FOLLOW_UP_6_SUPERVISOR, SUPERVISORS, 6, NONE),
    _months_after(stages.FOLLOW_UP_RECRUIT, SUPERVISORS, 9, RECRUITS, open_days=21),
)
BY_NAME: Mapping[str, EvaluationRule] = {rule.name: rule for rule in RULES}
MOVABLE = tuple(rule for rule in RULES if rule.movable)


class InForce:
    """The rules with all that the unit has set, read once; or as they would be with `settings`."""

    def __init__(self, ctx: Ctx, settings: RuleSettings | None = None) -> None:
        self._settings = settings or RuleSettings(ctx.session)
        self._recruits = fold(policy.value(ctx.session, "recruit_category"))

    def of(self, category: str) -> list[EvaluationRule]:
        """The rules that are on for a type of course, in their order."""
        found = (self.rule(rule.name, category) for rule in RULES)
        return [rule for rule in found if rule is not None]

    def rule(self, name: str, category: str) -> EvaluationRule | None:
        """One rule as it holds for a type of course; None where it is off."""
        chosen = self._settings.of(category, name)
        rule = BY_NAME[name]
        is_on = chosen.switched_on
        if is_on is None:
            is_on = self.is_on_by_itself(rule, category)
        return as_chosen(rule, chosen) if is_on else None

    def is_on_by_itself(self, rule: EvaluationRule, category: str) -> bool:
        """Whether a rule is on for a type of which the unit has said nothing."""
        if rule.on_for is OnFor.RECRUITS:
            return fold(category) == self._recruits
        return rule.on_for is OnFor.EVERY_TYPE

    def variants(self, name: str) -> set[EvaluationRule]:
        """Every way in which a rule holds for some type of course."""
        types = self._settings.categories | {self._recruits, OTHER_TYPE}
        found = (self.rule(name, category) for category in types - {EVERY_TYPE})
        return {rule for rule in found if rule is not None}


def as_chosen(rule: EvaluationRule, chosen: Chosen) -> EvaluationRule:
    """A rule with the numbers that were set laid over its own."""
    if not rule.movable:
        return rule
    return replace(
        rule,
        months=rule.months if chosen.months is None else chosen.months,
        days=rule.days if chosen.days is None else chosen.days,
        open_days=rule.open_days if chosen.open_days is None else chosen.open_days,
    )
