"""Who owes which form about what, by when: given, listed, opened, declined, lifted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from bot import audit, policy
from bot.context import Ctx
from bot.delivery import outbox
from bot.errors import Refusal
from bot.evaluation import anonymous, promises, subjects
from bot.evaluation.stages import STAGES
from bot.forms import service as forms
from bot.i18n import Text, Words, _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import Draft
from bot.models.tests import TestAttempt
from bot.models.training import Course, TrainingClass
from bot.people import directory
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import catalogue

MOVED = "the class was moved"
LEFT = "no longer in the class"
RECALLED = "recalled by the training unit"
SWITCHED_OFF = "not asked after such courses any more"
LIFTED_BY_ITSELF = (MOVED, LEFT, SWITCHED_OFF)
"""Reasons after which the same thing may be asked again."""


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One open assignment as its owner sees it."""

    assignment_id: int
    title: Text
    about: Words
    closes_at: dt.datetime
    begun: bool
    anonymous: bool
    about_person: bool = False
    promise: Text = promises.BY_NAME
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What `forms.service.begin` needs to open an assignment's form."""

    form: str
    purpose: dict[str, Any]
    assignment_id: int


def tasks(ctx: Ctx) -> list[TaskCard]:
    """The actor's open assignments, the first to close first."""
    return _cards(ctx, Assignment.person_id == ctx.actor.person_id)


def still_open(ctx: Ctx, assignment_ids: Sequence[int]) -> list[TaskCard]:
    """Those of these assignments that can still be answered, the first to close first."""
    return _cards(ctx, Assignment.id.in_(assignment_ids))


def begin(ctx: Ctx, assignment_id: int) -> Opening:
    """What opens the form of the actor's own assignment; refuses one that is not open.

    About one that is somebody else's it says nothing, not even whether it has been answered.
    """
    _require_own(ctx, assignment_id)
    return opening(open_assignment(ctx, assignment_id))


def _require_own(ctx: Ctx, assignment_id: int) -> None:
    assignment = ctx.session.get(Assignment, assignment_id)
    if assignment is not None and assignment.person_id != ctx.actor.person_id:
        sentence = _("This questionnaire is for somebody else.")
        raise OutOfReach(Action.USE_DESK, assignment_id, "assignment", sentence)


def opening(assignment: Assignment) -> Opening:
    """How an assignment is answered: its form, and what its submit function has to know."""
    purpose = {
        "class_id": assignment.class_id,
        "about_id": assignment.about_id,
        "anonymous": assignment.anonymous,
    }
    assert assignment.id is not None
    return Opening(assignment.form, purpose, assignment.id)


def open_assignment(ctx: Ctx, assignment_id: int | None) -> Assignment:
    """The assignment, if it can be answered now; refuses, saying why not.

    Nobody else closes it, recalls it or answers it before this transaction has ended.
    """
    assignment = _held(ctx, assignment_id) if assignment_id else None
    if assignment is None or assignment.state is AssignmentState.RECALLED:
        raise Refusal(_("This questionnaire has been withdrawn. You need not do anything."))
    if assignment.state is AssignmentState.ANSWERED:
        raise Refusal(_("This questionnaire has been answered. Thank you."))
    if assignment.state is not AssignmentState.OPEN or assignment.closes_at <= ctx.now():
        raise Refusal(_("This questionnaire has closed. Answers can no longer be given."))
    return assignment


def _held(ctx: Ctx, assignment_id: int) -> Assignment | None:
    return ctx.session.get(Assignment, assignment_id, with_for_update=True, populate_existing=True)


def decline(ctx: Ctx, assignment_id: int, reason: str) -> None:
    """“Not my officer” or “I cannot judge”; refuses what is not about a person."""
    _require_own(ctx, assignment_id)
    assignment = open_assignment(ctx, assignment_id)
    if assignment.about_id is None:
        raise Refusal(_("Only a questionnaire about a person can be declined."))
    assignment.state, assignment.reason = AssignmentState.DECLINED, reason
    _forget_drafts(ctx, [assignment])
    _drop_notices(ctx, [assignment])
    audit.record(ctx, "assignment.declined", "assignment", assignment.id, reason=reason)


def lift(ctx: Ctx, found: Iterable[Assignment], reason: str) -> list[Assignment]:
    """Take back open assignments with their drafts and queued notices; what was lifted."""
    lifted = [row for row in found if row.state is AssignmentState.OPEN]
    for row in lifted:
        row.state, row.reason = AssignmentState.RECALLED, reason
    _forget_drafts(ctx, lifted)
    _drop_notices(ctx, lifted)
    return lifted


def close(ctx: Ctx, found: Sequence[Assignment]) -> None:
    """Close what was not answered in time; unsubmitted answers are forgotten.

    Their notices are of use until this moment only and need not be taken back. A test that was
    tried counts as answered, whatever was left to try.
    """
    tried = set(
        ctx.session.scalars(
            select(TestAttempt.assignment_id).where(
                TestAttempt.assignment_id.in_([row.id for row in found])
            )
        )
    )
    for row in found:
        row.state = AssignmentState.ANSWERED if row.id in tried else AssignmentState.CLOSED
    _forget_drafts(ctx, found)


def due_key(assignment_id: int) -> str:
    """The outbox key of the first notice about an assignment."""
    return f"task:{assignment_id}:due"


def nudge_key(assignment_id: int, day: int) -> str:
    """The outbox key of the reminder on day `day`."""
    return f"task:{assignment_id}:nudge:{day}"


def drop_notices(ctx: Ctx, assignment: Assignment) -> None:
    """Take back what is queued about a named assignment that has been answered."""
    _drop_notices(ctx, [assignment])


def _drop_notices(ctx: Ctx, found: Iterable[Assignment]) -> None:
    days = policy.value(ctx.session, "nudge_days")
    for row in found:
        assert row.id is not None
        for key in (due_key(row.id), *(nudge_key(row.id, day) for day in days)):
            outbox.drop(ctx, key, row.reason or row.state.value)


def _forget_drafts(ctx: Ctx, found: Iterable[Assignment]) -> None:
    ids = [row.id for row in found]
    drafts = ctx.session.scalars(select(Draft).where(Draft.assignment_id.in_(ids))).all()
    for draft in drafts:
        forms.discard(ctx, draft.id)
    if drafts:
        anonymous.ask_for_wipe(ctx.session)


def _cards(ctx: Ctx, which: ColumnElement[bool]) -> list[TaskCard]:
    rows = ctx.session.execute(
        select(Assignment, TrainingClass.code, Course, _begun_by(ctx))
        .outerjoin(TrainingClass, TrainingClass.id == Assignment.class_id)
        .outerjoin(Course, Course.id == TrainingClass.course_id)
        .where(
            which,
            Assignment.state == AssignmentState.OPEN,
            Assignment.closes_at > ctx.now(),
        )
        .order_by(Assignment.closes_at, Assignment.id)
    )
    return [_task(ctx, *row) for row in rows]


def _begun_by(ctx: Ctx) -> Any:
    return exists().where(Draft.assignment_id == Assignment.id, Draft.user_id == ctx.actor.user_id)


def _task(
    ctx: Ctx, row: Assignment, code: str | None, course: Course | None, begun: bool
) -> TaskCard:
    assert row.id is not None
    about: Words = subjects.words(ctx, row.subject)
    if course is not None:
        title = catalogue.title_of(course)
        about = _("{course}, class {code}", course=title, code=code or "")
    if row.about_id is not None:
        about = directory.name_of(ctx.session, row.about_id)
    title_of = STAGES[row.stage].title
    return TaskCard(
        row.id,
        title_of,
        about,
        row.closes_at,
        bool(begun),
        row.anonymous,
        row.about_id is not None,
        promises.of(row.stage),
        row.stage,
    )
