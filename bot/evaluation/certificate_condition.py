"""Where a course requires it, no certificate before the questionnaire is answered.

Only the flag that it was answered is asked for; what was answered stays unknown.
"""

from __future__ import annotations

from sqlalchemy import select

from bot.context import Ctx
from bot.evaluation.class_end import Outcome
from bot.evaluation.stages import REACTION_TRAINEE
from bot.i18n import Words, _
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.training import Course, Enrolment, TrainingClass
from bot.training import certificates

TO_ANSWER = _("The questionnaire about the class has to be answered first.")
LET_OFF = (AssignmentState.ANSWERED, AssignmentState.RECALLED)


@certificates.condition("the questionnaire is answered")
def reaction_answered(ctx: Ctx, row: Enrolment) -> Words | None:
    """Nothing is required of who was not asked, or from whom it was taken back."""
    held = ctx.session.get_one(TrainingClass, row.class_id)
    if not ctx.session.get_one(Course, held.course_id).reaction_required:
        return None
    closure = ctx.session.get(ClassClosure, row.class_id)
    if closure is None:
        return TO_ANSWER
    if closure.outcome != Outcome.ASKED:
        return None
    states = ctx.session.scalars(
        select(Assignment.state).where(
            Assignment.class_id == row.class_id,
            Assignment.person_id == row.person_id,
            Assignment.stage == REACTION_TRAINEE.name,
        )
    ).all()
    is_owed = any(state not in LET_OFF for state in states)
    return TO_ANSWER if is_owed else None
