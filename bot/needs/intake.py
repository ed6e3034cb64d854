"""What is answered about needs becomes rows: wishes, and how people rate themselves.

Answering again while the round is open replaces what came by the same questionnaire.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import answering, assignments
from bot.evaluation.stages import (
    NEEDS_HEAD,
    NEEDS_OFFICER,
    NEEDS_RELAYED,
    NEEDS_SUPERVISOR,
    NEEDS_TRAINER,
)
from bot.forms import versions
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, _, render
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Response
from bot.models.needs import Channel, Need, NeedsRound, RoundState
from bot.models.people import Person
from bot.needs import competencies, ratings, rounds, wishes
from bot.needs.wishes import Wish
from bot.people.access import OutOfReach
from bot.people.access_table import Action

CHANNELS = {
    NEEDS_OFFICER.name: Channel.OFFICER,
    NEEDS_SUPERVISOR.name: Channel.SUPERVISOR,
    NEEDS_HEAD.name: Channel.HEAD,
    NEEDS_TRAINER.name: Channel.TRAINER,
    NEEDS_RELAYED.name: Channel.RELAYED,
}
AGAIN = "again"
"""What a draft's purpose calls the questionnaire whose answers it is to replace."""
CLOSED = _("The survey of needs has closed. Answers can no longer be given.")


@on_submit(NEEDS_OFFICER.form, "competencies", "wish_1", "wish_weight_1")
def take_of_officer(ctx: Ctx, submission: Submission) -> Text:
    """Take what an officer says of their own needs."""
    return take(ctx, submission)


@on_submit(NEEDS_SUPERVISOR.form, "competencies", "wish_1", "team_1", "team_people_1")
def take_of_supervisor(ctx: Ctx, submission: Submission) -> Text:
    """Take what a supervisor says of their own needs and the team's."""
    return take(ctx, submission)


@on_submit(NEEDS_HEAD.form, "need_1", "need_people_1", "need_weight_1")
def take_of_head(ctx: Ctx, submission: Submission) -> Text:
    """Take what the head of an office says of its needs."""
    return take(ctx, submission)


@on_submit(NEEDS_TRAINER.form, "wish_1", "wish_weight_1")
def take_of_trainer(ctx: Ctx, submission: Submission) -> Text:
    """Take what a trainer says of their needs, and of what classes lacked."""
    return take(ctx, submission)


def take(ctx: Ctx, submission: Submission) -> Text:
    """Take the answers to a questionnaire of a round, for the first time or again.

    Refuses a round that is not open, and a questionnaire that is closed or somebody else's.
    """
    submission = _reopened(ctx, submission)
    assignment = assignments.open_assignment(ctx, submission.assignment_id)
    row = round_of(ctx, assignment)
    if row.state is not RoundState.OPEN:
        raise Refusal(CLOSED)
    sentence = answering.take(ctx, submission)
    if assignment.stage in (NEEDS_OFFICER.name, NEEDS_SUPERVISOR.name):
        _rate(ctx, row, assignment, submission.answers)
    keep(ctx, assignment, row.id, _wishes(ctx, assignment, submission))
    return sentence


answering.on_answer(NEEDS_OFFICER, NEEDS_SUPERVISOR, NEEDS_HEAD, NEEDS_TRAINER)(take)


def keep(
    ctx: Ctx, assignment: Assignment, round_id: int | None, said: Iterable[Wish]
) -> list[Need]:
    """Store wishes that came by a questionnaire, in place of those that came by it before; what is
    said in the same words stays where the unit has put it.
    """
    put = _put_before(ctx, assignment)
    ctx.session.execute(delete(Need).where(Need.assignment_id == assignment.id))
    person = ctx.session.get_one(Person, assignment.person_id)
    rows = [
        Need(
            round_id=round_id,
            channel=CHANNELS[assignment.stage],
            told_by=person.id,
            told_at=ctx.now(),
            person_id=person.id if wish.own else None,
            unit_id=None if wish.own else person.unit_id,
            people=wish.people,
            words=wish.words,
            importance=wish.importance,
            management=wish.management,
            assignment_id=assignment.id,
        )
        for wish in said
    ]
    for row in rows:
        for name, value in put.get(row.words, {}).items():
            setattr(row, name, value)
    ctx.session.add_all(rows)
    ctx.session.flush()
    return rows


def _put_before(ctx: Ctx, assignment: Assignment) -> dict[str, dict[str, Any]]:
    """Where the unit has put what was said in an earlier answer, by its words."""
    names = ("topic_id", "management", "sorted_by", "sorted_at")
    rows = ctx.session.execute(
        select(Need.words, *(getattr(Need, name) for name in names)).where(
            Need.assignment_id == assignment.id, Need.sorted_at.is_not(None)
        )
    )
    return {words: dict(zip(names, values, strict=True)) for words, *values in rows}


def answered(ctx: Ctx) -> list[Assignment]:
    """The actor's questionnaires of an open round that they have answered and can change."""
    row = rounds.open_round(ctx.session)
    if row is None:
        return []
    return list(
        ctx.session.scalars(
            select(Assignment)
            .where(
                Assignment.person_id == ctx.actor.person_id,
                Assignment.subject == rounds.subject(row.id),
                Assignment.stage.in_(CHANNELS),
                Assignment.state == AssignmentState.ANSWERED,
                Assignment.closes_at > ctx.now(),
            )
            .order_by(Assignment.id)
        )
    )


def answers_before(ctx: Ctx, assignment_id: int) -> tuple[str, Mapping[str, Any]]:
    """The form of an answered questionnaire of the actor's own, and what was answered.

    Refuses what is somebody else's, and what can no longer be changed.
    """
    assignment = _changeable(ctx, assignment_id)
    given = ctx.session.scalars(
        select(Response.answers).where(Response.assignment_id == assignment_id)
    ).first()
    return assignment.form, given or {}


def round_of(ctx: Ctx, assignment: Assignment) -> NeedsRound:
    """The round that a questionnaire belongs to."""
    return rounds.row_of(ctx.session, int(assignment.subject.split(":")[1]))


def _reopened(ctx: Ctx, submission: Submission) -> Submission:
    """Answers that replace others: those go, and the questionnaire is open for these."""
    again = submission.purpose.get(AGAIN)
    if submission.assignment_id is not None or again is None:
        return submission
    assignment = _changeable(ctx, int(again))
    ctx.session.execute(delete(Response).where(Response.assignment_id == assignment.id))
    assignment.state = AssignmentState.OPEN
    ctx.session.flush()
    audit.record(ctx, "needs.answered_again", "assignment", assignment.id)
    return replace(submission, assignment_id=assignment.id)


def _changeable(ctx: Ctx, assignment_id: int) -> Assignment:
    row = ctx.session.get(Assignment, assignment_id, with_for_update=True, populate_existing=True)
    if row is not None and row.person_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, assignment_id, "assignment")
    if row is None or row.stage not in CHANNELS:
        raise Refusal(_("This questionnaire has been withdrawn. You need not do anything."))
    if row.state is not AssignmentState.ANSWERED or row.closes_at <= ctx.now():
        raise Refusal(CLOSED)
    return row


def _rate(ctx: Ctx, row: NeedsRound, assignment: Assignment, answers: Mapping[str, Any]) -> None:
    """How people rate themselves; a step above the highest of a competency is its highest."""
    assert row.id is not None
    highest = competencies.highest_of(ctx.session)
    given = {
        number: min(level, highest.get(number, competencies.USUAL_LEVELS))
        for number, level in wishes.levels(answers).items()
    }
    ratings.rate_self(ctx, row.id, assignment.person_id, given)


def _wishes(ctx: Ctx, assignment: Assignment, submission: Submission) -> list[Wish]:
    answers = submission.answers
    if assignment.stage == NEEDS_TRAINER.name:
        return wishes.of_trainer(answers, _labels(ctx, submission.version_id, "teaching"))
    if assignment.stage == NEEDS_HEAD.name:
        return wishes.of_head(answers)
    if assignment.stage == NEEDS_SUPERVISOR.name:
        return wishes.of_supervisor(answers)
    return wishes.of_officer(answers)


def _labels(ctx: Ctx, version_id: int, question: str) -> dict[str, str]:
    """The words of what can be chosen, in the administration's language, by code."""
    form = versions.definition(ctx, version_id)
    return {
        choice.code: render(choice.label, ctx.settings.language)
        for one in form.questions
        if one.name == question
        for choice in one.choices
    }
