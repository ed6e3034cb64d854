"""What follows the end of a class: who is asked, or why nobody is.

Found by query and safe to repeat: a class already arranged is left alone, one that was
moved is arranged again, people added to its list afterwards are asked with what remains.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Exists, and_, exists, insert, literal, or_, select
from sqlmodel import Session

from bot import policy
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation import asking, assignments, rule_settings, windows
from bot.evaluation.stages import REACTION_TRAINEE, REACTION_TRAINER, Stage
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState, ClassClosure
from bot.models.people import Person
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import directory
from bot.training import desk, trainers
from bot.training.membership import TRAINEE_STATES, trainees
from bot.training.schedule import end_of, latest_local_date

REACTION_DUE = outbox.declare(
    NoticeKind("reaction_due", Urgency.ORDINARY, merge="tasks", repeats=True)
)
SMALL_GROUP = outbox.declare(
    NoticeKind("small_group", Urgency.ORDINARY, useful_for=dt.timedelta(days=14))
)
REACTION_STAGES = (REACTION_TRAINEE.name, REACTION_TRAINER.name)
FARTHEST_WEST = dt.timedelta(hours=12)
MOST_AT_ONCE = 150
"""About so many people are asked in one transaction; the rest at the next tick."""


class Outcome(StrEnum):
    """How the end of a class was dealt with."""

    ASKED = "asked"
    SMALL_GROUP = "small group"
    NOT_ASKED = "not asked"
    RECALLED = "recalled"


def arrange(ctx: Ctx) -> None:
    """Arrange whatever is due at this moment, and undo what no longer holds."""
    _lift_moved(ctx)
    _lift_departed(ctx)
    _pass_over_old(ctx)
    room = MOST_AT_ONCE
    for held in _ended(ctx):
        room -= _arrange_class(ctx, held)
        if room <= 0:
            break


def next_end(session: Session, after: dt.datetime, default_zone: str) -> dt.datetime | None:
    """The next instant after `after` at which a class ends that is not arranged yet."""
    rows = session.scalars(
        select(TrainingClass)
        .outerjoin(ClassClosure, ClassClosure.class_id == TrainingClass.id)
        .where(
            TrainingClass.ends_on >= latest_local_date(after) - dt.timedelta(days=2),
            TrainingClass.cancelled_at.is_(None),
            ClassClosure.class_id.is_(None),
        )
        .order_by(TrainingClass.ends_on)
    )
    best: dt.datetime | None = None
    for held in rows:
        end = end_of(held, default_zone)
        assert end is not None
        assert held.ends_on is not None
        if best is not None and held.ends_on > latest_local_date(best) + dt.timedelta(days=1):
            break
        if end > after and (best is None or end < best):
            best = end
    return best


def _ended(ctx: Ctx) -> list[TrainingClass]:
    now = ctx.now()
    rows = ctx.session.scalars(
        select(TrainingClass)
        .outerjoin(ClassClosure, ClassClosure.class_id == TrainingClass.id)
        .where(
            TrainingClass.ends_on <= latest_local_date(now),
            TrainingClass.ends_on >= oldest_end(ctx),
            TrainingClass.cancelled_at.is_(None),
            or_(
                ClassClosure.class_id.is_(None),
                ClassClosure.outcome == Outcome.SMALL_GROUP,
                and_(ClassClosure.outcome == Outcome.ASKED, _somebody_was_added()),
            ),
        )
        .order_by(TrainingClass.id)
    ).all()
    zone = ctx.settings.timezone
    return [held for held in rows if (end := end_of(held, zone)) is not None and end <= now]


def _arrange_class(ctx: Ctx, held: TrainingClass) -> int:
    """Ask about one class, or offer the interview; how many people are told."""
    found = trainees(ctx.session, held.id)
    if not found or held.ends_on is None:
        return 0
    anonymous = ctx.session.get_one(Course, held.course_id).anonymous_reaction
    closure = ctx.session.get(ClassClosure, held.id)
    if closure is None:
        closure = ClassClosure(class_id=held.id, occasion=held.ends_on)
        ctx.session.add(closure)
        if rule_settings.is_asked(ctx.session, held, REACTION_TRAINER):
            lead = trainers.lead_of(ctx.session, held)
            _ask(ctx, REACTION_TRAINER, held, [lead] if lead else [], anonymous=False)
    if not rule_settings.is_asked(ctx.session, held, REACTION_TRAINEE):
        closure.outcome = Outcome.NOT_ASKED
        return 0
    if anonymous and len(found) < policy.value(ctx.session, "smallest_group"):
        _offer_interview(ctx, held, closure)
        return 1
    closure.outcome = Outcome.ASKED
    return _ask(ctx, REACTION_TRAINEE, held, found, anonymous=anonymous)


def _ask(
    ctx: Ctx, stage: Stage, held: TrainingClass, people: Sequence[Person], *, anonymous: bool
) -> int:
    """Give everybody the questionnaire who has not had it, and tell them; how many."""
    assert held.ends_on is not None, "a class without dates does not end"
    days, now = policy.value(ctx.session, "reaction_days"), ctx.now()
    asked: list[tuple[int, dt.datetime]] = []
    for person in people:
        zone = directory.zone_of(person, ctx.settings)
        closes = windows.closes_at(held.ends_on, days, zone, now)
        if closes is not None and person.id is not None:
            asked.append((person.id, closes))
    given = asking.give(ctx, stage, held, asked, anonymous=anonymous)
    asking.tell(ctx, REACTION_DUE, given)
    return len(given)


def _offer_interview(ctx: Ctx, held: TrainingClass, closure: ClassClosure) -> None:
    closure.outcome = Outcome.SMALL_GROUP
    for person_id in desk.keepers_of(ctx, held):
        key = f"{person_id}:small_group:class:{held.id}:{held.ends_on}"
        outbox.tell(ctx, SMALL_GROUP, person_id, {"class": held.id}, key=key)


def _lift_moved(ctx: Ctx) -> None:
    """A class that now ends later, or not at all, is asked about at its new end instead."""
    rows = ctx.session.execute(
        select(ClassClosure, TrainingClass)
        .join(TrainingClass, TrainingClass.id == ClassClosure.class_id)
        .where(
            or_(
                ClassClosure.closed_results.is_(False),
                ClassClosure.outcome == Outcome.SMALL_GROUP,
            ),
            or_(
                TrainingClass.ends_on.is_distinct_from(ClassClosure.occasion),
                TrainingClass.cancelled_at.is_not(None),
            ),
        )
    ).all()
    for closure, held in rows:
        end = end_of(held, ctx.settings.timezone)
        over = end is not None and end <= ctx.now() and held.cancelled_at is None
        if over and closure.outcome == Outcome.ASKED:
            continue
        found = ctx.session.scalars(
            select(Assignment).where(
                Assignment.class_id == held.id, Assignment.stage.in_(REACTION_STAGES)
            )
        )
        assignments.lift(ctx, found.all(), assignments.MOVED)
        ctx.session.delete(closure)
    ctx.session.flush()


def _lift_departed(ctx: Ctx) -> None:
    """Whoever is no longer a trainee of the class owes nothing about it."""
    stays = exists().where(
        Enrolment.class_id == Assignment.class_id,
        Enrolment.person_id == Assignment.person_id,
        Enrolment.state.in_(TRAINEE_STATES),
    )
    rows = ctx.session.scalars(
        select(Assignment).where(
            Assignment.state == AssignmentState.OPEN,
            Assignment.stage == REACTION_TRAINEE.name,
            ~stays,
        )
    ).all()
    assignments.lift(ctx, rows, assignments.LEFT)


def _pass_over_old(ctx: Ctx) -> None:
    """Note once that nothing is asked about classes that ended too long ago."""
    ctx.session.execute(
        insert(ClassClosure).from_select(
            ["class_id", "occasion", "outcome", "closed_results"],
            select(
                TrainingClass.id,
                TrainingClass.ends_on,
                literal(Outcome.NOT_ASKED.value),
                literal(False),
            ).where(
                TrainingClass.ends_on < oldest_end(ctx),
                TrainingClass.cancelled_at.is_(None),
                ~exists().where(ClassClosure.class_id == TrainingClass.id),
            ),
        )
    )


def oldest_end(ctx: Ctx) -> dt.date:
    """The earliest end that can still be asked about anywhere."""
    days = dt.timedelta(days=policy.value(ctx.session, "reaction_days"))
    today = (ctx.now() - FARTHEST_WEST).date()
    return max(policy.go_live(ctx.session), today - days)


def _somebody_was_added() -> Exists:
    asked = exists().where(
        Assignment.class_id == Enrolment.class_id,
        Assignment.person_id == Enrolment.person_id,
        Assignment.stage == REACTION_TRAINEE.name,
        ~and_(
            Assignment.state == AssignmentState.RECALLED,
            Assignment.reason.in_(assignments.LIFTED_BY_ITSELF),
        ),
    )
    return exists().where(
        Enrolment.class_id == TrainingClass.id,
        Enrolment.person_id == Person.id,
        Person.active,
        Enrolment.state.in_(TRAINEE_STATES),
        ~asked,
    )
