"""What the unit sets of the evaluation: each rule on or off, earlier or later, by type of course.

Before anything changes that is under way, it can be seen what would follow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from bot import audit
from bot.campaigns import evaluation_lifting
from bot.campaigns.evaluation_due import Found
from bot.campaigns.evaluation_lifting import REACH
from bot.campaigns.evaluation_rules import (
    BY_NAME,
    MOST_DAYS,
    MOST_MONTHS,
    MOST_OPEN,
    RULES,
    Anchor,
    EvaluationRule,
    InForce,
    as_chosen,
)
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import assignments
from bot.evaluation.rule_settings import EVERY_TYPE, NOTHING, Chosen, RuleSettings
from bot.i18n import _
from bot.models.evaluation import (
    Assignment,
    AssignmentState,
    EvaluationSetting,
    EvaluationStep,
)
from bot.models.training import Course, TrainingClass
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold

EVERY = 0
"""Stands for every type where a type is named by one of its courses."""


@dataclass(frozen=True, slots=True)
class CourseType:
    """A type of course, named by the number of its first course; blank is every type."""

    course_id: int
    category: str
    courses: int


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule as it holds for a type of course, and what was set for this very type.

    `on` is None for a rule that is on for recruits only, as long as nothing is set.
    """

    rule: EvaluationRule
    on: bool | None
    own: Chosen


@dataclass(frozen=True, slots=True)
class Follows:
    """What a change does to what is under way: questionnaires taken back for good, those that are
    asked again `later`, people `asked` now.
    """

    taken_back: int = 0
    later: int = 0
    asked: int = 0

    def __bool__(self) -> bool:
        return bool(self.taken_back or self.later or self.asked)


def types(ctx: Ctx) -> list[CourseType]:
    """Every type of course there is by name, after the one that stands for all."""
    access.require(ctx, Action.SET_EVALUATION)
    rows = ctx.session.execute(
        select(Course.category, func.min(Course.id), func.count())
        .where(Course.category != "")
        .group_by(Course.category)
        .order_by(func.min(Course.id))
    )
    found: dict[str, CourseType] = {}
    for category, course_id, count in rows:
        known = found.get(fold(category), CourseType(course_id, category, 0))
        found[fold(category)] = replace(known, courses=known.courses + count)
    every = CourseType(EVERY, EVERY_TYPE, sum(one.courses for one in found.values()))
    return [every, *sorted(found.values(), key=lambda one: fold(one.category))]


def type_of(ctx: Ctx, course_id: int) -> CourseType:
    """A type by the number that names it; refuses one that is not there any more."""
    found = next((one for one in types(ctx) if one.course_id == course_id), None)
    if found is None:
        raise Refusal(_("This type of course is not there any more."))
    return found


def cards(ctx: Ctx, category: str) -> list[RuleCard]:
    """Every rule as it holds for a type of course."""
    access.require(ctx, Action.SET_EVALUATION)
    settings = RuleSettings(ctx.session)
    in_force = InForce(ctx, settings)
    return [_card(settings, in_force, category, rule) for rule in RULES]


def card(ctx: Ctx, category: str, name: str) -> RuleCard:
    """One rule as it holds for a type of course; refuses a name that no rule has."""
    access.require(ctx, Action.SET_EVALUATION)
    if name not in BY_NAME:
        raise Refusal(_("Choose one of the rules shown."))
    settings = RuleSettings(ctx.session)
    return _card(settings, InForce(ctx, settings), category, BY_NAME[name])


def _card(
    settings: RuleSettings, in_force: InForce, category: str, rule: EvaluationRule
) -> RuleCard:
    chosen = settings.of(category, rule.name)
    on = chosen.switched_on
    if on is None and (category != EVERY_TYPE or rule.is_on_for_all_or_none):
        on = in_force.is_on_by_itself(rule, category)
    return RuleCard(as_chosen(rule, chosen), on, settings.only(category, rule.name))


def what_follows(ctx: Ctx, category: str, name: str, chosen: Chosen) -> Follows:
    """What setting this would do to what is under way; refuses what `change` refuses."""
    _require_valid(ctx, name, chosen)
    if not BY_NAME[name].movable:
        return Follows()
    after = InForce(ctx, RuleSettings(ctx.session).having(category, name, chosen))
    counts: Counter[str] = Counter()
    for _step, count, reason in _overtaken(ctx, name, after):
        counts[reason] += count
    due = _due(ctx, name, after) - _due(ctx, name, InForce(ctx))
    return Follows(counts[assignments.SWITCHED_OFF], counts[assignments.MOVED], len(due))


def change(ctx: Ctx, category: str, name: str, chosen: Chosen) -> Follows:
    """Set a rule for a type of course; what is out and would be asked later is taken back.

    Refuses readers without the right, and numbers out of bounds.
    """
    follows = what_follows(ctx, category, name, chosen)
    key, old = fold(category), card(ctx, category, name).own
    _store(ctx, key, name, chosen)
    for step, _count, reason in _overtaken(ctx, name, InForce(ctx)):
        evaluation_lifting.lift_step(ctx, step, reason)
    ctx.session.flush()
    audit.record(
        ctx, "evaluation.set", category=key, rule=name, old=_as_json(old), new=_as_json(chosen)
    )
    return follows


def _store(ctx: Ctx, category: str, name: str, chosen: Chosen) -> None:
    row = ctx.session.get(EvaluationSetting, (category, name))
    if chosen == NOTHING:
        if row is not None:
            ctx.session.delete(row)
    else:
        row = row or EvaluationSetting(category=category, rule=name)
        row.switched_on, row.open_days = chosen.switched_on, chosen.open_days
        row.months, row.days = chosen.months, chosen.days
        ctx.session.add(row)
    ctx.session.flush()


def _overtaken(ctx: Ctx, name: str, after: InForce) -> list[tuple[EvaluationStep, int, str]]:
    """Classes asked by now that a rule would not have asked yet, or not at all: how many of
    their questionnaires are open, and why they are taken back.
    """
    if not BY_NAME[name].movable:
        return []
    open_ones = _open_by_class(ctx, name)
    rows = ctx.session.execute(
        select(EvaluationStep, TrainingClass, Course.category)
        .join(TrainingClass, TrainingClass.id == EvaluationStep.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(EvaluationStep.rule == name, EvaluationStep.occasion >= ctx.today() - REACH)
    )
    found = []
    for step, held, category in rows:
        rule = after.rule(name, category)
        if rule is None:
            found.append((step, open_ones[step.class_id], assignments.SWITCHED_OFF))
        elif not evaluation_lifting.has_come(ctx, rule, held):
            found.append((step, open_ones[step.class_id], assignments.MOVED))
    return found


def _due(ctx: Ctx, name: str, rules: InForce) -> set[tuple[int | None, int | None]]:
    """Which trainees of which classes would be due now."""
    return {(one.held.id, one.person.id) for due in Found(ctx, rules).by(name) for one in due}


def _open_by_class(ctx: Ctx, name: str) -> Counter[int]:
    rows = ctx.session.execute(
        select(Assignment.class_id, func.count())
        .where(Assignment.stage == name, Assignment.state == AssignmentState.OPEN)
        .group_by(Assignment.class_id)
    )
    return Counter({class_id: count for class_id, count in rows if class_id is not None})


def _require_valid(ctx: Ctx, name: str, chosen: Chosen) -> None:
    rule = card(ctx, EVERY_TYPE, name).rule
    numbers = (chosen.months, chosen.days, chosen.open_days)
    if not rule.movable and any(number is not None for number in numbers):
        raise Refusal(_("This is asked when the class ends. It can only be switched."))
    _require_between(chosen.months, 0, 0 if rule.anchor is Anchor.STARTS else MOST_MONTHS)
    days = None if chosen.days is None else abs(chosen.days)
    _require_between(days, 0, MOST_DAYS)
    _require_between(chosen.open_days, 1, MOST_OPEN)
    before = (chosen.days or 0) < 0
    after = (chosen.days or 0) > 0
    if (before and rule.anchor is Anchor.ENDS) or (after and rule.anchor is Anchor.STARTS):
        raise Refusal(_("What is asked before a class cannot be asked after it, or the reverse."))


def _require_between(number: int | None, low: int, high: int) -> None:
    if number is not None and not low <= number <= high:
        raise Refusal(_("Give a whole number from {low} to {high}.", low=low, high=high))


def _as_json(chosen: Chosen) -> dict[str, int | bool | None]:
    return {
        "on": chosen.switched_on,
        "months": chosen.months,
        "days": chosen.days,
        "open_days": chosen.open_days,
    }
