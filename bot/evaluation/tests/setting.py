"""Setting the tests of a course: the form the unit fills in, and what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.context import Ctx
from bot.evaluation import course_forms
from bot.evaluation.course_forms import TEST_STAGES
from bot.evaluation.stages import STAGES, Stage
from bot.forms import scoring, versions
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Texts, Words, _
from bot.models.evaluation import CourseForm
from bot.people import access
from bot.people.access_table import Action
from bot.training import courses

MOST = 50


@dataclass(frozen=True, slots=True)
class CourseTest:
    """One test of a course; `form` is blank where there is none."""

    stage: Stage
    form: Texts
    settings: CourseForm | None


def tests_of(ctx: Ctx, course_id: int) -> list[CourseTest]:
    """Both tests a course may have; refuses who may not edit tests."""
    access.require(ctx, Action.EDIT_TESTS)
    return [
        _card(ctx, stage, course_forms.settings_of(ctx, course_id, stage)) for stage in TEST_STAGES
    ]


def filled_in(ctx: Ctx, course_id: int, stage: Stage) -> dict[str, str]:
    """The form of the unit filled in with what is set."""
    access.require(ctx, Action.EDIT_TESTS)
    title = courses.card(ctx, course_id).title.best(ctx.language)
    row = course_forms.settings_of(ctx, course_id, stage)
    if row is None:
        return {"course": title}
    return {
        "course": title,
        "form": row.form,
        "attempts": str(row.attempts),
        **({"pass_mark": str(row.pass_mark)} if row.pass_mark is not None else {}),
        "needs_code": "yes" if row.needs_code else "no",
    }


@on_submit("set_course_test", "form")
def submit_course_test(ctx: Ctx, submission: Submission) -> Text:
    """Set the test of the course and stage that the form was opened for."""
    answers, purpose = submission.answers, submission.purpose
    stage = STAGES[purpose["stage"]]
    course_forms.set_form(
        ctx,
        purpose["course_id"],
        stage,
        str(answers["form"]),
        attempts=int(answers.get("attempts") or 1),
        pass_mark=int(answers["pass_mark"]) if answers.get("pass_mark") else None,
        needs_code=answers.get("needs_code") == "yes",
    )
    return _("It is set. Classes of the course are given this test from now on.")


@source("tests")
def find_tests(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Sequence[tuple[str, Words]]:
    """Published forms with right answers, by a part of their title or name."""
    access.require(ctx, Action.EDIT_TESTS)
    words = typed.casefold().split()
    found: list[tuple[str, Words]] = []
    for card in versions.published(ctx):
        said = " ".join((card.name, *(title for _lang, title in card.title.by_language)))
        if not all(word in said.casefold() for word in words):
            continue
        form = versions.definition(ctx, card.version_id)
        if scoring.is_test(form) and not form.anonymous:
            found.append((card.name, card.title))
    return found[:MOST]


def _card(ctx: Ctx, stage: Stage, row: CourseForm | None) -> CourseTest:
    if row is None:
        return CourseTest(stage, Texts(()), None)
    form = versions.definition(ctx, versions.current_version(ctx, row.form))
    return CourseTest(stage, form.title, row)
