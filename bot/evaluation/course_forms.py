"""The form a course uses at a stage instead of the usual one, and the rules of its tests."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.stages import POST_TEST, PRE_TEST, Stage
from bot.forms import scoring, versions
from bot.forms.definition import FormDefinition
from bot.forms.rules import MOST_ATTEMPTS
from bot.i18n import _
from bot.models.evaluation import CourseForm
from bot.people import access
from bot.people.access_table import Action
from bot.training import courses

TEST_STAGES = (PRE_TEST, POST_TEST)
TEST_NAMES = frozenset(stage.name for stage in TEST_STAGES)
WHOLE = 100


def form_of(ctx: Ctx, course_id: int, stage: Stage) -> str | None:
    """The name of the form a course uses at a stage: its own, else the stage's; None if neither
    has one, so that nobody is asked.
    """
    own = settings_of(ctx, course_id, stage)
    return own.form if own is not None else stage.form or None


def settings_of(ctx: Ctx, course_id: int, stage: Stage) -> CourseForm | None:
    """What the unit set for a course and a stage; None where it has set nothing."""
    return ctx.session.get(CourseForm, (course_id, stage.name))


def of_course(ctx: Ctx, course_id: int) -> Sequence[CourseForm]:
    """Every form of a course's own, by stage."""
    return ctx.session.scalars(
        select(CourseForm).where(CourseForm.course_id == course_id).order_by(CourseForm.stage)
    ).all()


def set_form(
    ctx: Ctx,
    course_id: int,
    stage: Stage,
    form: str,
    *,
    attempts: int = 1,
    pass_mark: int | None = None,
    needs_code: bool = False,
) -> CourseForm:
    """Have a course use a published form at a stage; what is being answered goes on as it is.

    Refuses readers without the right, a form that is not there, and as a test one without right
    answers or without names.
    """
    access.require(ctx, _needed(stage))
    courses.row_of(ctx.session, course_id)
    definition = versions.definition(ctx, versions.current_version(ctx, form))
    if stage.name in TEST_NAMES:
        _require_test(definition)
    _require_rules(attempts, pass_mark)
    row = settings_of(ctx, course_id, stage)
    row = row or CourseForm(course_id=course_id, stage=stage.name, form=form)
    row.form, row.attempts, row.pass_mark, row.needs_code = form, attempts, pass_mark, needs_code
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(
        ctx,
        "course_form.set",
        "course",
        course_id,
        stage=stage.name,
        form=form,
        attempts=attempts,
        pass_mark=pass_mark,
        needs_code=needs_code,
    )
    return row


def remove(ctx: Ctx, course_id: int, stage: Stage) -> None:
    """Use the usual form again, or none; nothing happens where none was set."""
    access.require(ctx, _needed(stage))
    row = settings_of(ctx, course_id, stage)
    if row is None:
        return
    ctx.session.delete(row)
    ctx.session.flush()
    audit.record(ctx, "course_form.removed", "course", course_id, stage=stage.name, form=row.form)


def _needed(stage: Stage) -> Action:
    return Action.EDIT_TESTS if stage.name in TEST_NAMES else Action.SET_EVALUATION


def _require_rules(attempts: int, pass_mark: int | None) -> None:
    if not 1 <= attempts <= MOST_ATTEMPTS:
        raise Refusal(_("Give the attempts as a number from 1 to {most}.", most=MOST_ATTEMPTS))
    if pass_mark is not None and not 1 <= pass_mark <= WHOLE:
        raise Refusal(_("Give the pass mark as a number from 1 to 100."))


def _require_test(definition: FormDefinition) -> None:
    if not scoring.is_test(definition):
        raise Refusal(
            _(
                "“{form}” is no test: none of its questions has a right answer. Choose another "
                "form, or add the column “correct”.",
                form=definition.title,
            )
        )
    if definition.anonymous:
        raise Refusal(
            _("“{form}” is answered without names and cannot be a test.", form=definition.title)
        )
