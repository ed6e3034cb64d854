"""Passing on what was learned: due after foreign offers and the types of course that are set,
reported by the officer, confirmed or doubted by the supervisor (C ch.8 case 2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, cast, delete, exists, or_, select

from bot import audit, policy
from bot.calendar import DAY, local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.errors import Refusal
from bot.evaluation.task_books import signers
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.on_the_job import CascadeDuty, Signer
from bot.models.people import Person
from bot.models.training import Course, Enrolment, EnrolmentState, TrainingClass
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training.course_fields import Mode

USEFUL = dt.timedelta(days=30)
LEAST_DAYS = 7
"""Whoever is told late has so many days left."""
LOOK_BACK = 60 * DAY
CHUNK = 200
LONGEST_REPORT, LONGEST_DOUBT = 1000, 500
GONE = _("There is nothing to pass on any more.")
CONFIRMED = _("This is confirmed already.")

CASCADE_DUE = outbox.declare(NoticeKind("cascade_due", Urgency.ORDINARY, USEFUL, merge="cascade"))
CASCADE_REPORTED = outbox.declare(
    NoticeKind("cascade_reported", Urgency.ORDINARY, USEFUL, merge="cascade_reported")
)
CASCADE_DECIDED = outbox.declare(NoticeKind("cascade_decided", Urgency.ORDINARY, USEFUL))


def arrange(ctx: Ctx) -> None:
    """Give a duty to whoever has completed such a course, and take back what no longer holds."""
    _take_back(ctx)
    days = policy.value(ctx.session, "cascade_days")
    if not days:
        return
    made = []
    for row, person in _completed(ctx):
        assert row.id is not None
        assert row.completed_on is not None
        today = local_date(ctx.now(), person.timezone or ctx.settings.timezone)
        due_on = max(row.completed_on + days * DAY, today + LEAST_DAYS * DAY)
        made.append(CascadeDuty(enrolment_id=row.id, person_id=row.person_id, due_on=due_on))
    ctx.session.add_all(made)
    ctx.session.flush()
    outbox.tell_all(
        ctx,
        CASCADE_DUE,
        [Notice(duty.person_id, {"duty": duty.id}, f"cascade:{duty.id}:due") for duty in made],
    )


def report(ctx: Ctx, duty_id: int, held_on: dt.date, attended: int, words: str) -> CascadeDuty:
    """The actor has passed it on; who leads them is told.

    Refuses somebody else's duty, one that is confirmed, a day before the course was completed or
    to come, and a report without words.
    """
    row = require_reportable(ctx, duty_id)
    completed = ctx.session.get_one(Enrolment, row.enrolment_id).completed_on
    if held_on > ctx.today() or (completed is not None and held_on < completed):
        raise Refusal(_("The day lies after the course and not in the future."))
    said = words.strip()
    if not 0 < len(said) <= LONGEST_REPORT or attended < 1:
        raise Refusal(_("Say what you passed on, and to how many."))
    row.held_on, row.attended, row.report = held_on, attended, said
    row.reported_at, row.doubt = ctx.now(), ""
    row.confirmed_by = row.confirmed_at = None
    ctx.session.flush()
    audit.record(ctx, "cascade.reported", "cascade_duty", row.id)
    for who in signers.of(ctx.session, row.person_id, Signer.SUPERVISOR, ctx.today()):
        key = f"cascade:{row.id}:reported:{row.reported_at:%Y%m%dT%H%M%S}:{who}"
        outbox.tell(ctx, CASCADE_REPORTED, who, {"duty": row.id}, key=key)
    return row


def confirm(ctx: Ctx, duty_id: int) -> CascadeDuty:
    """It was passed on as reported; the officer is told. Refuses who does not lead them."""
    row = require_decidable(ctx, duty_id)
    row.confirmed_by, row.confirmed_at = ctx.actor.person_id, ctx.now()
    _tell_decided(ctx, row, "confirmed")
    return row


def doubt(ctx: Ctx, duty_id: int, words: str) -> CascadeDuty:
    """It was not passed on as reported, for a reason that the officer reads."""
    row = require_decidable(ctx, duty_id)
    said = words.strip()
    if not 0 < len(said) <= LONGEST_DOUBT:
        raise Refusal(_("Give a reason of at most {count} characters.", count=LONGEST_DOUBT))
    row.doubt, row.confirmed_by = said, ctx.actor.person_id
    _tell_decided(ctx, row, "doubted")
    return row


def require_reportable(ctx: Ctx, duty_id: int) -> CascadeDuty:
    """The actor's own duty, held, as long as nobody has confirmed it."""
    row = _held(ctx, duty_id)
    if row.person_id != ctx.actor.person_id:
        raise OutOfReach(Action.USE_DESK, duty_id, "cascade_duty", GONE)
    if row.confirmed_at is not None:
        raise Refusal(CONFIRMED)
    return row


def require_decidable(ctx: Ctx, duty_id: int) -> CascadeDuty:
    """The duty, held, if it was reported and the actor may say whether it is so."""
    row = _held(ctx, duty_id)
    if not signers.may_sign(ctx, row.person_id, Signer.SUPERVISOR):
        raise OutOfReach(Action.SIGN_TASKS, row.person_id)
    if row.confirmed_at is not None:
        raise Refusal(CONFIRMED)
    if row.reported_at is None or row.doubt:
        raise Refusal(_("Nothing has been reported yet."))
    return row


def _held(ctx: Ctx, duty_id: int) -> CascadeDuty:
    row = ctx.session.get(CascadeDuty, duty_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(GONE)
    return row


def _completed(ctx: Ctx) -> Sequence[tuple[Enrolment, Person]]:
    """Completions that ask for it and have no duty yet, of people who serve."""
    since = max(policy.go_live(ctx.session), ctx.now().date() - LOOK_BACK)
    rows = ctx.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(
            Enrolment.state == EnrolmentState.COMPLETED,
            Enrolment.completed_on >= since,
            ~exists().where(CascadeDuty.enrolment_id == Enrolment.id),
            Person.active,
            ~Person.guest,
            _asks(ctx),
        )
        .order_by(Enrolment.id)
        .limit(CHUNK)
    )
    return [(row, person) for row, person in rows]


def _asks(ctx: Ctx) -> ColumnElement[bool]:
    """The condition on class and course that what was learned is passed on."""
    wanted = {fold(one) for one in policy.value(ctx.session, "cascade_types")}
    known = ctx.session.scalars(select(Course.category).distinct())
    types = [one for one in known if fold(one) in wanted]
    return or_(
        Course.mode == Mode.FOREIGN,
        cast(TrainingClass.offer, Text) != "{}",
        Course.category.in_(types),
    )


def _take_back(ctx: Ctx) -> None:
    """A completion that was withdrawn asks for nothing; what was reported stays."""
    completed = exists().where(
        Enrolment.id == CascadeDuty.enrolment_id, Enrolment.state == EnrolmentState.COMPLETED
    )
    ctx.session.execute(delete(CascadeDuty).where(CascadeDuty.reported_at.is_(None), ~completed))


def _tell_decided(ctx: Ctx, row: CascadeDuty, act: str) -> None:
    ctx.session.flush()
    audit.record(ctx, f"cascade.{act}", "cascade_duty", row.id)
    key = f"cascade:{row.id}:{act}:{ctx.now():%Y%m%dT%H%M%S}"
    outbox.tell(ctx, CASCADE_DECIDED, row.person_id, {"duty": row.id, "act": act}, key=key)
