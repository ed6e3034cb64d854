"""The forms about the catalogue: where they are submitted."""

from __future__ import annotations

from bot.context import Ctx
from bot.forms.service import Submission, on_submit
from bot.i18n import Lines, Text, _
from bot.training import courses, foreign_offers, programs
from bot.training.class_forms import with_unshown
from bot.training.courses import Saved


@on_submit("new_course", "code", "title")
def submit_new_course(ctx: Ctx, submission: Submission) -> Text:
    """Make the course that the form describes."""
    saved = courses.create(ctx, submission.answers)
    return _with(_("Course {code} was made.", code=saved.card.code), saved)


@on_submit("edit_course", "title")
def submit_edit_course(ctx: Ctx, submission: Submission) -> Text:
    """Correct the course that the form was opened for."""
    course_id = submission.purpose["course_id"]
    typed = with_unshown(ctx, submission, courses.as_typed(ctx, course_id))
    saved = courses.edit(ctx, course_id, typed)
    return _with(_("Course {code} was corrected.", code=saved.card.code), saved)


@on_submit("add_equivalent", "course", "title")
def submit_equivalent(ctx: Ctx, submission: Submission) -> Text:
    """Let something else count as the course that the form was opened for."""
    card = courses.add_equivalent(ctx, submission.purpose["course_id"], submission.answers)
    return _("{title} counts as {code} now.", title=card.equivalents[-1].title, code=card.code)


@on_submit("new_program", "code", "title")
def submit_new_program(ctx: Ctx, submission: Submission) -> Text:
    """Make the program that the form describes."""
    return _("Program {code} was made.", code=programs.create(ctx, submission.answers).code)


@on_submit("add_to_program", "course")
def submit_program_course(ctx: Ctx, submission: Submission) -> Text:
    """Put a course into the program that the form was opened for."""
    code = submission.answers["course"]
    card = programs.add_course(ctx, submission.purpose["program_id"], code)
    return _("{course} is in program {code} now.", course=card.courses[-1].title, code=card.code)


@on_submit("foreign_offer", "donor", "country", "language_level", "paid_by")
def submit_foreign_offer(ctx: Ctx, submission: Submission) -> Text:
    """Keep what is offered with the class that the form was opened for."""
    card = foreign_offers.keep(ctx, submission.purpose["class_id"], submission.answers)
    return _("The offer is kept with class {code}.", code=card.code)


def _with(first: Text, saved: Saved) -> Text:
    """What was done, and that prerequisites which are no rule are not checked."""
    if saved.warning is None:
        return first
    words = _(
        "{problem} What is needed before the course is shown to officers as it stands, and not "
        "checked.",
        problem=saved.warning,
    )
    return Text("{lines}", (("lines", Lines((first, words))),))
