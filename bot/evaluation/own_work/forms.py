"""The form by which the unit asks somebody to evaluate a course."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.own_work import matrices
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, _
from bot.people import directory

FORM = "ask_reviewer"


@on_submit(FORM, "person", "days")
def submit(ctx: Ctx, submission: Submission) -> Text:
    """Ask the person chosen about the course that the form was opened for."""
    person_id = directory.find_staff_no(ctx.session, str(submission.answers["person"]))
    if person_id is None:
        raise Refusal(_("This person is not on the roster any more. Choose somebody else."))
    course_id = int(submission.purpose["course_id"])
    days = int(submission.answers["days"])
    name = matrices.ask_reviewer(ctx, course_id, person_id, days)
    return _("{name} is asked to evaluate the course.", name=name)
