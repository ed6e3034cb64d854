"""Closing a class: who completes it and who does not, certificates, and who is told.

Safe to repeat: a class that was opened again and is closed anew changes only what is different
by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.errors import Refusal
from bot.forms.service import Submission, on_submit
from bot.i18n import Moment, Text, _
from bot.models.delivery import Urgency
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.training import (
    attendance,
    certificates,
    class_reach,
    closing_preview,
    enrolling,
    keeping,
    outcomes,
    records,
    seats,
)
from bot.training.changes import Step
from bot.training.closing_preview import Preview, Trainee
from bot.training.schedule import zone_of

TRAINING_RESULT = outbox.declare(
    NoticeKind("training_result", Urgency.ORDINARY, useful_for=dt.timedelta(days=30))
)
TRAINERS_THANKED = outbox.declare(
    NoticeKind("trainers_thanked", Urgency.ORDINARY, useful_for=dt.timedelta(days=14))
)
CLASS_WAS_CLOSED = outbox.declare(
    NoticeKind("class_was_closed", Urgency.ORDINARY, useful_for=dt.timedelta(days=14))
)
CLOSED_RULE = "the class was closed"
Listing: TypeAlias = Callable[[Ctx, int, int], None]
LISTINGS: list[Listing] = []
"""What brings the list of a closed class to somebody of HR; a higher room registers it."""


def listed_by(listing: Listing) -> Listing:
    """Register what makes the list for HR: (ctx, class, person); refuses a second one."""
    if LISTINGS:
        raise ValueError("the list for HR has a maker already")
    LISTINGS.append(listing)
    return listing


def close(ctx: Ctx, class_id: int) -> Preview:
    """Close a class whose last day has begun; what was decided, as it was announced.

    Refuses classes that are not the actor's, one that is not over, cancelled or closed already.
    """
    class_reach.require_keeper(ctx, class_id)
    held = seats.hold(ctx, class_id)
    refuse_unready(ctx, held)
    rows = {row.id: row for row, _person in keeping.held_by(ctx, class_id)}
    attendance.settle(ctx, held, list(rows.values()))
    seen = closing_preview.of_class(ctx, class_id)
    _decide(ctx, held, [(rows[one.enrolment_id], one) for one in seen.trainees])
    held.closed_at = ctx.now()
    ctx.session.flush()
    completed = sum(one.completes for one in seen.trainees)
    audit.record(ctx, "class.closed", "class", class_id, completed=completed)
    certified = [one for one in seen.trainees if one.completes and one.certificate]
    certificates.issue_all(ctx, held, [rows[one.enrolment_id] for one in certified])
    _tell_trainees(ctx, [one for one in seen.trainees if one not in certified])
    _tell_others(ctx, held, seen)
    return seen


def is_closed(ctx: Ctx, class_id: int) -> bool:
    """Whether a class is closed at present."""
    return ctx.session.get_one(TrainingClass, class_id).closed_at is not None


def reopen(ctx: Ctx, class_id: int, reason: str) -> None:
    """Let attendance and marks be corrected again; nothing is taken back before it is closed
    anew. For the training unit only; refuses a class that is open.
    """
    class_reach.require_editor(ctx, class_id)
    held = seats.hold(ctx, class_id)
    if held.closed_at is None:
        raise Refusal(_("This class is open already."))
    held.closed_at = None
    ctx.session.flush()
    audit.record(ctx, "class.reopened", "class", class_id, reason=reason)


@on_submit("reopen_class", "reason")
def submit_reopening(ctx: Ctx, submission: Submission) -> Text:
    """Open the class again for which the form was opened."""
    reopen(ctx, submission.purpose["class_id"], submission.answers["reason"])
    return _("The class is open again. Close it once it has been corrected.")


def refuse_unready(ctx: Ctx, held: TrainingClass) -> None:
    """Refuse a class that cannot be closed now, saying why; also one that holds people about
    whom the actor does not decide.
    """
    assert held.id is not None
    if not keeping.decides_about_all(ctx, held.id):
        raise Refusal(
            _(
                "People of other parts are in this class. Its trainer, its coordinator or the "
                "training unit of the whole administration can close it."
            )
        )
    if held.cancelled_at is not None:
        raise Refusal(_("The class has been cancelled."))
    if held.closed_at is not None:
        raise Refusal(_("This class has been closed already."))
    days = attendance.days_of(ctx, held)
    if not days:
        raise Refusal(_("This class has no dates yet."))
    opens = closing_preview.closes_from(ctx, held, days[-1])
    if ctx.now() < opens:
        moment = Moment(opens, zone_of(held, ctx.settings.timezone))
        raise Refusal(_("The class can be closed from {moment} on.", moment=moment))


def _decide(ctx: Ctx, held: TrainingClass, trainees: Sequence[tuple[Enrolment, Trainee]]) -> None:
    """Who completes the class has completed it; who does not any more has not."""
    course = ctx.session.get_one(Course, held.course_id)
    assert held.ends_on is not None, "a class without dates is not closed"
    done = [row for row, trainee in trainees if trainee.completes]
    undone = [(row, one) for row, one in trainees if not one.completes]
    steps = [Step(row, EnrolmentState.COMPLETED, rule=CLOSED_RULE) for row in done]
    for row, trainee in undone:
        if row.state is EnrolmentState.COMPLETED:
            state = outcomes.state_by_attendance(trainee.achieved, course.least_attendance)
            steps.append(Step(row, state or EnrolmentState.PARTLY_ATTENDED, rule=CLOSED_RULE))
    enrolling.note_all(ctx, held, steps)
    records.note_completions(ctx, done, course, held.ends_on)
    records.take_back(ctx, [row for row, _trainee in undone])
    certificates.revoke_by_rule(ctx, [row for row, _trainee in undone])


def _tell_trainees(ctx: Ctx, trainees: Sequence[Trainee]) -> None:
    """How it ended for those who get no certificate now; each is told once of each result."""
    notices = [
        Notice(
            one.person_id,
            {"enrolment": one.enrolment_id},
            f"enrolment:{one.enrolment_id}:result:{'yes' if one.completes else 'no'}",
        )
        for one in trainees
    ]
    if notices:
        outbox.tell_all(ctx, TRAINING_RESULT, notices)


def _tell_others(ctx: Ctx, held: TrainingClass, seen: Preview) -> None:
    """Thanks to the trainers, once for a class; to who keeps it that it is closed; the list as it
    stands to HR.
    """
    for person_id in seen.trainers:
        key = f"{person_id}:trainers_thanked:class:{held.id}:{held.ends_on}"
        outbox.tell(ctx, TRAINERS_THANKED, person_id, {"class": held.id}, key=key)
    for person_id in seen.keepers:
        key = f"{person_id}:class_was_closed:class:{held.id}:{ctx.now().isoformat()}"
        outbox.tell(ctx, CLASS_WAS_CLOSED, person_id, {"class": held.id}, key=key)
    assert held.id is not None
    for person_id in seen.hr:
        for listing in LISTINGS:
            listing(ctx, held.id, person_id)
