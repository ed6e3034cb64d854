"""Where what somebody was given to answer arrives when it is submitted."""

from __future__ import annotations

from collections.abc import Callable

from bot import audit
from bot.context import Ctx
from bot.evaluation import anonymous, assignments, keying
from bot.evaluation.stages import REACTION_TRAINEE, REACTION_TRAINER, Stage
from bot.forms import answer_files, versions
from bot.forms.service import (
    Submission,
    SubmitFunction,
    on_submit,
    on_submit_of_assigned,
)
from bot.i18n import Text, _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response

TAKERS: dict[str, SubmitFunction] = {}


@on_submit(REACTION_TRAINEE.form)
def take_trainee_reaction(ctx: Ctx, submission: Submission) -> Text:
    """Take a trainee's answers; anonymously where the assignment says so."""
    return take(ctx, submission)


@on_submit(REACTION_TRAINER.form)
def take_trainer_reaction(ctx: Ctx, submission: Submission) -> Text:
    """Take the lead trainer's answers about the group."""
    return take(ctx, submission)


def on_answer(*stages: Stage) -> Callable[[SubmitFunction], SubmitFunction]:
    """Register who takes what is answered at these stages with the unit's own forms; refuses a
    second one.
    """

    def keep(function: SubmitFunction) -> SubmitFunction:
        for stage in stages:
            if stage.name in TAKERS:
                raise ValueError(f"stage {stage.name} is answered to two places")
            TAKERS[stage.name] = function
        return function

    return keep


@on_submit_of_assigned
def take_own_form(ctx: Ctx, submission: Submission) -> Text | None:
    """Take the answers to a form of the unit's own that stands for the usual one of a stage."""
    assignment = assignments.open_assignment(ctx, submission.assignment_id)
    return TAKERS.get(assignment.stage, take)(ctx, submission)


def take(ctx: Ctx, submission: Submission) -> Text:
    """Take the answers to any assignment; refuses one that is closed or somebody else's."""
    assignment = assignments.open_assignment(ctx, submission.assignment_id)
    is_own = assignment.person_id == ctx.actor.person_id
    if assignment.anonymous and is_own:
        anonymous.submit(ctx, assignment, submission)
        return _("Thank you. Your answers were stored without your name.")
    if not is_own:
        keying.check(ctx, assignment)
    keep_named(ctx, assignment, submission)
    return _("Thank you. Your answers were stored.") if is_own else _("The answers were stored.")


def keep_named(ctx: Ctx, assignment: Assignment, submission: Submission) -> Response:
    """Store answers under the person's name, noting who keyed them in for them."""
    is_own = assignment.person_id == ctx.actor.person_id
    response = Response(
        version_id=submission.version_id,
        assignment_id=assignment.id,
        person_id=assignment.person_id,
        class_id=assignment.class_id,
        about_id=assignment.about_id,
        keyed_in_by=None if is_own else ctx.actor.person_id,
        answers=submission.answers,
        submitted_at=ctx.now(),
    )
    ctx.session.add(response)
    assignment.state = AssignmentState.ANSWERED
    assignments.drop_notices(ctx, assignment)
    ctx.session.flush()
    answer_files.keep(ctx, versions.definition(ctx, submission.version_id), response)
    audit.record(ctx, "assignment.answered", "assignment", assignment.id, keyed_in=not is_own)
    return response
