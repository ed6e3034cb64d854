"""Under what conditions a test is taken: attempts, pass mark, code; frozen when it is begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.context import Ctx
from bot.evaluation import course_forms
from bot.evaluation.stages import POST_TEST, PRE_TEST, STAGES
from bot.forms import versions
from bot.forms.rules import rules_of
from bot.models.evaluation import Assignment
from bot.models.training import Course, TrainingClass

NUMBER, ATTEMPTS, PASS_MARK, TELLS = "attempt", "attempts", "pass_mark", "tells"


@dataclass(frozen=True, slots=True)
class Conditions:
    """How often a test may be tried, what passes (None: nothing), and whether a code opens it.

    It `tells` what was right, where its form does, unless the same form comes again.
    """

    attempts: int = 1
    pass_mark: int | None = None
    needs_code: bool = False
    tells: bool = True

    def for_draft(self, number: int) -> dict[str, Any]:
        """What the draft of attempt `number` keeps of them."""
        return {
            NUMBER: number,
            ATTEMPTS: self.attempts,
            PASS_MARK: self.pass_mark,
            TELLS: self.tells,
        }


def of_assignment(ctx: Ctx, assignment: Assignment) -> Conditions:
    """As they stand now: those set for the course's test, else of the form, else of the course."""
    rules = rules_of(versions.definition(ctx, versions.current_version(ctx, assignment.form)))
    held = ctx.session.get(TrainingClass, assignment.class_id) if assignment.class_id else None
    if held is None:
        return Conditions(rules.attempts or 1, rules.pass_mark)
    own = course_forms.settings_of(ctx, held.course_id, STAGES[assignment.stage])
    usual = _usual_mark(ctx, assignment, held.course_id, rules.pass_mark)
    tells = not _comes_again(ctx, assignment, held.course_id)
    if own is None:
        return Conditions(rules.attempts or 1, usual, tells=tells)
    pass_mark = usual if own.pass_mark is None else own.pass_mark
    return Conditions(own.attempts, pass_mark, own.needs_code, tells)


def of_draft(purpose: Mapping[str, Any]) -> tuple[int, Conditions] | None:
    """The number of the attempt and its conditions; None for what was not begun as a test."""
    if NUMBER not in purpose:
        return None
    under = Conditions(purpose[ATTEMPTS], purpose[PASS_MARK], tells=purpose[TELLS])
    return purpose[NUMBER], under


def _comes_again(ctx: Ctx, assignment: Assignment, course_id: int) -> bool:
    """Whether what is asked before the class is asked again after it."""
    if assignment.stage != PRE_TEST.name:
        return False
    return course_forms.form_of(ctx, course_id, POST_TEST) == assignment.form


def _usual_mark(
    ctx: Ctx, assignment: Assignment, course_id: int, of_form: int | None
) -> int | None:
    """That of the form or of the course; nobody fails before they were taught."""
    if assignment.stage == PRE_TEST.name:
        return None
    return ctx.session.get_one(Course, course_id).pass_mark if of_form is None else of_form
