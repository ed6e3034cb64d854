"""A partner's survey put to the heads of offices; what they answer comes back as needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from bot import audit
from bot.calendar import DAY, instant
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.errors import Refusal
from bot.evaluation import answering, asking, assignments
from bot.evaluation.asking import Asked
from bot.evaluation.prefilling import fills
from bot.evaluation.stages import NEEDS_RELAYED
from bot.evaluation.subjects import names
from bot.evaluation.windows import LAST_MINUTE
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Words, _
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment
from bot.models.needs import DonorSurvey, SurveyState
from bot.models.people import Person
from bot.needs import donor_surveys, intake, rounds, wishes
from bot.people import access, directory, heads
from bot.people.access_table import Action

DAYS_LEFT = 2
"""Heads of offices answer so many days before the deadline, where that is possible."""
ANSWERED = "the survey has been answered"
DONOR_RELAYED = outbox.declare(
    NoticeKind("donor_relayed", Urgency.ORDINARY, merge="tasks", repeats=True)
)


def to_ask(ctx: Ctx, survey_id: int) -> list[int]:
    """The heads of offices who were not asked about this survey yet."""
    access.require(ctx, Action.RUN_NEEDS)
    donor_surveys.row_of(ctx, survey_id)
    asked = ctx.session.scalars(
        select(Assignment.person_id).where(
            Assignment.stage == NEEDS_RELAYED.name,
            Assignment.subject == donor_surveys.subject(survey_id),
        )
    )
    return sorted(heads.all_heads(ctx.session) - set(asked))


def relay(ctx: Ctx, survey_id: int) -> int:
    """Ask every head of an office who was not asked yet, and tell them; how many.

    Refuses a survey that was answered or whose deadline is over, and where nobody is left.
    """
    people = to_ask(ctx, survey_id)
    row = donor_surveys.row_of(ctx, survey_id)
    if row.state is SurveyState.ANSWERED:
        raise Refusal(_("This survey has been answered."))
    if row.due_on < ctx.today():
        raise Refusal(_("The deadline is over. Nobody is asked any more."))
    if not people:
        raise Refusal(_("All heads of offices have been asked."))
    given = asking.ask(ctx, NEEDS_RELAYED, [_asked(ctx, row, one) for one in people])
    outbox.tell_all(
        ctx,
        DONOR_RELAYED,
        [
            Notice(
                one.person_id,
                {"assignment": one.id},
                assignments.due_key(one.id or 0),
                useful_until=one.closes_at,
            )
            for one in given
        ],
    )
    row.state = SurveyState.RELAYED
    ctx.session.flush()
    audit.record(ctx, "donor_survey.relayed", "donor_survey", row.id, people=len(given))
    return len(given)


def stop(ctx: Ctx, survey_id: int) -> None:
    """Ask nobody any more, because the survey has been answered."""
    access.require(ctx, Action.RUN_NEEDS)
    rows = ctx.session.scalars(
        select(Assignment).where(
            Assignment.stage == NEEDS_RELAYED.name,
            Assignment.subject == donor_surveys.subject(survey_id),
        )
    ).all()
    assignments.lift(ctx, rows, ANSWERED)
    ctx.session.flush()


@on_submit(NEEDS_RELAYED.form, "need_1", "need_people_1", "need_weight_1")
def take(ctx: Ctx, submission: Submission) -> Text:
    """What an office needs of what a partner offers; it counts in the survey of needs, too."""
    assignment = assignments.open_assignment(ctx, submission.assignment_id)
    sentence = answering.take(ctx, submission)
    current = rounds.open_round(ctx.session)
    said = wishes.of_head(submission.answers)
    intake.keep(ctx, assignment, current.id if current is not None else None, said)
    return sentence


answering.on_answer(NEEDS_RELAYED)(take)


@names("donor")
def survey_words(ctx: Ctx, survey_id: int) -> Words:
    """Who asks, and what the survey is called."""
    row = donor_surveys.row_of(ctx, survey_id)
    return _("{donor}: {title}", donor=row.donor, title=row.title)


@fills(NEEDS_RELAYED)
def filled(ctx: Ctx, assignment: Assignment) -> Mapping[str, str]:
    """Who asks what, as the first lines of the form say."""
    row = donor_surveys.row_of(ctx, int(assignment.subject.split(":")[1]))
    return {"donor": row.donor, "title": row.title, "asked": row.asked}


def _asked(ctx: Ctx, row: DonorSurvey, person_id: int) -> Asked:
    person = ctx.session.get_one(Person, person_id)
    last = max(row.due_on - DAYS_LEFT * DAY, min(ctx.today() + DAY, row.due_on))
    return Asked(person_id, donor_surveys.subject(row.id), ctx.today(), _end(ctx, person, last))


def _end(ctx: Ctx, person: Person, last: dt.date) -> dt.datetime:
    return instant(last, LAST_MINUTE, directory.zone_of(person, ctx.settings))
