"""Closing a class: who completes it and who does not, certificates, and who is told.

Safe to repeat: a class that was opened again and is closed anew changes only what is different
by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from bot import audit
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
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
from bot.training.closing_preview import Preview, Trainee
from bot.training.schedule import zone_of

TRAINING_RESULT = outbox.declare(
    NoticeKind("training_result", Urgency.ORDINARY, useful_for=dt.timedelta(days=30))
)
TRAINERS_THANKED = outbox.declare(
    NoticeKind("trainers_thanked", Urgency.ORDINARY, useful_for=dt.timedelta(days=14))
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
    for trainee in seen.trainees:
        _decide(ctx, held, rows[trainee.enrolment_id], trainee)
    held.closed_at = ctx.now()
    ctx.session.flush()
    completed = sum(one.completes for one in seen.trainees)
    audit.record(ctx, "class.closed", "class", class_id, completed=completed)
    for trainee in seen.trainees:
        _certify(ctx, rows[trainee.enrolment_id], trainee)
    _tell_others(ctx, held, seen)
    return seen


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


def _decide(ctx: Ctx, held: TrainingClass, row: Enrolment, trainee: Trainee) -> None:
    course = ctx.session.get_one(Course, held.course_id)
    assert row.id is not None
    if trainee.completes:
        assert held.ends_on is not None, "a class without dates is not closed"
        enrolling.note(ctx, row.id, EnrolmentState.COMPLETED, rule=CLOSED_RULE)
        records.note_completion(ctx, row, course, held.ends_on)
        return
    if row.state is EnrolmentState.COMPLETED:
        state = outcomes.state_by_attendance(trainee.achieved, course.least_attendance)
        state = state or EnrolmentState.PARTLY_ATTENDED
        enrolling.note(ctx, row.id, state, rule=CLOSED_RULE)
    records.take_back(ctx, row)
    certificate = certificates.valid_of(ctx, row.id)
    if certificate is not None:
        certificates.revoke_by_rule(ctx, certificate, row)


def _certify(ctx: Ctx, row: Enrolment, trainee: Trainee) -> None:
    """The certificate, or how it ended; a person is told once of each result."""
    if trainee.completes and trainee.certificate:
        certificates.issue(ctx, row)
        return
    key = f"enrolment:{row.id}:result:{'yes' if trainee.completes else 'no'}"
    outbox.tell(ctx, TRAINING_RESULT, row.person_id, {"enrolment": row.id}, key=key)


def _tell_others(ctx: Ctx, held: TrainingClass, seen: Preview) -> None:
    """Thanks to the trainers, once for a class; the list as it stands to HR."""
    for person_id in seen.trainers:
        key = f"{person_id}:trainers_thanked:class:{held.id}:{held.ends_on}"
        outbox.tell(ctx, TRAINERS_THANKED, person_id, {"class": held.id}, key=key)
    assert held.id is not None
    for person_id in seen.hr:
        for listing in LISTINGS:
            listing(ctx, held.id, person_id)
