"""Follow-ups: what the forms about a class are told beforehand, and where their answers arrive.

What somebody else answered about an officer is that officer's to read and to reply to: see
`reported`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation import answering, behaviours, behaviours_asked
from bot.evaluation.prefilling import fills
from bot.evaluation.promises import promise
from bot.evaluation.stages import (
    ENGAGE,
    FOLLOW_UP_3_PARTICIPANT,
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_6_PARTICIPANT,
    FOLLOW_UP_6_SUPERVISOR,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
    PARTICIPANT_FORM,
    RECALL,
    REFLECT,
    SUPERVISOR_FORM,
)
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, _, render
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.training import Course, TrainingClass
from bot.people import directory
from bot.training import catalogue

OWN = (FOLLOW_UP_PARTICIPANT, FOLLOW_UP_3_PARTICIPANT, FOLLOW_UP_6_PARTICIPANT)
BY_SUPERVISOR = (FOLLOW_UP_SUPERVISOR, FOLLOW_UP_3_SUPERVISOR, FOLLOW_UP_6_SUPERVISOR)
REPORTS = (*BY_SUPERVISOR, FOLLOW_UP_RECRUIT)
"""The stages at which somebody answers about an officer, who may read it."""
PROMPTS = (RECALL, ENGAGE, REFLECT)
ASKED_ALIKE = ("content_relevance", "work_performance", "confidence")
"""What participants and supervisors are asked alike: the areas of level 3."""

FOLLOW_UP_WRITTEN = outbox.declare(
    NoticeKind(
        "follow_up_written",
        Urgency.ORDINARY,
        useful_for=dt.timedelta(days=30),
        merge="follow_ups_written",
        repeats=True,
    )
)

promise(
    _(
        "Your answers are stored with your name. The training unit can read them; your supervisor "
        "sees your ratings, but not what helps or hinders you, and none of your words."
    ),
    *OWN,
)
promise(
    _(
        "Your answers are stored with your name. The officer can read them and reply. The "
        "officer's supervisor and the training unit can read them too."
    ),
    *REPORTS,
)
promise(
    _(
        "Your answers are stored with your name. The training unit and the trainer of the class "
        "can read them."
    ),
    LEVEL_CHECK,
    *PROMPTS,
)


@fills(LEVEL_CHECK, *OWN, *REPORTS, *PROMPTS)
def fill_in(ctx: Ctx, assignment: Assignment) -> Mapping[str, str]:
    """Course, officer and behaviours, as the forms name them, in the actor's language."""
    known: dict[str, str] = {}
    held = ctx.session.get(TrainingClass, assignment.class_id)
    if held is not None:
        course = ctx.session.get_one(Course, held.course_id)
        known["course"] = render(catalogue.title_of(course), ctx.language)
        listed = [(one.id, one.words) for one in behaviours.of_course(ctx, held.course_id)]
        known |= behaviours_asked.prefilled(listed, ctx.language)
    if assignment.about_id is not None:
        name = directory.name_of(ctx.session, assignment.about_id)
        known["officer"] = render(name, ctx.language)
    return known


@on_submit(PARTICIPANT_FORM, *ASKED_ALIKE)
@on_submit(LEVEL_CHECK.form, "level")
@on_submit(RECALL.form, "recalled")
@on_submit(ENGAGE.form, "doubt")
@on_submit(REFLECT.form, "tried")
def take_own(ctx: Ctx, submission: Submission) -> Text:
    """Take what a participant says of themself, before the class or after it."""
    return answering.take(ctx, submission)


@answering.on_answer(*REPORTS)
@on_submit(SUPERVISOR_FORM, *ASKED_ALIKE)
@on_submit(FOLLOW_UP_RECRUIT.form, "officer_reads")
def take_report(ctx: Ctx, submission: Submission) -> Text:
    """Take a report about an officer, who is told; refuses one that is closed or not one's own."""
    sentence = answering.take(ctx, submission)
    response = ctx.session.scalars(
        select(Response).where(Response.assignment_id == submission.assignment_id)
    ).one()
    if response.about_id is not None:
        key = f"{response.about_id}:follow_up_written:{response.id}"
        params = {"response": response.id}
        outbox.tell(ctx, FOLLOW_UP_WRITTEN, response.about_id, params, key=key)
    return sentence
