"""Requests that wait too long, or with somebody who does not decide any more: reminded of, passed
on up the line, at last to the training unit.

Days are working days where the officer serves, counted from when the request came to its present
approver.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select

from bot import audit, policy
from bot.calendar import instant, local_date
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.approvals import About, Approval
from bot.models.delivery import Urgency
from bot.models.people import Person
from bot.models.training import Enrolment
from bot.people import directory
from bot.training import approvals, approvers

BATCH = 40
LATER = dt.datetime.max.replace(tzinfo=dt.UTC)
APPROVAL_REMINDER = outbox.declare(
    NoticeKind("approval_reminder", Urgency.ORDINARY, merge="approvals", repeats=True)
)
APPROVAL_PASSED_ON = outbox.declare(
    NoticeKind("approval_passed_on", Urgency.ORDINARY, merge="approvals", repeats=True)
)


@dataclass(slots=True)
class _Deadlines:
    """When an approval is to be reminded of and passed on; each pair of days is asked once."""

    ctx: Ctx
    remind_after: int
    pass_after: int
    _days: dict[tuple[dt.date, int], dt.date] = field(default_factory=dict)

    def reminder(self, approval: Approval, zone: str) -> dt.datetime:
        return self._after(approval.passed_on_at, zone, self.remind_after)

    def passing(self, approval: Approval, zone: str) -> dt.datetime:
        return self._after(approval.passed_on_at, zone, self.pass_after)

    def next(self, approval: Approval, zone: str) -> list[dt.datetime]:
        """The moments still to come for an approval, whether they lie in the past or not."""
        moments = [] if approval.reminded_at else [self.reminder(approval, zone)]
        return [*moments, self.passing(approval, zone)] if _passes_on(approval) else moments

    def first(self, approval: Approval, zone: str) -> dt.datetime:
        """The nearest of them; far away if there is none."""
        return min(self.next(approval, zone), default=LATER)

    def _after(self, since: dt.datetime, zone: str, count: int) -> dt.datetime:
        day = local_date(since, zone)
        if (day, count) not in self._days:
            self._days[day, count] = policy.working_days_on(self.ctx, day, count)
        wall = since.astimezone(dt.UTC) - instant(day, dt.time(), zone)
        return instant(self._days[day, count], dt.time(), zone) + wall


def chase(ctx: Ctx) -> None:
    """Remind of what waits too long, and pass on what has waited longer; idempotent."""
    deadlines = _deadlines(ctx)
    soonest = dt.timedelta(days=min(deadlines.remind_after, deadlines.pass_after))
    query = _undecided().where(Approval.passed_on_at <= ctx.now() - soonest, Person.active)
    found = [
        (approval, person, directory.zone_of(person, ctx.settings))
        for approval, person in ctx.session.execute(query)
    ]
    due = [one for one in found if deadlines.first(one[0], one[2]) <= ctx.now()]
    for approval, person, zone in due[:BATCH]:
        ctx.session.refresh(approval, with_for_update=True)
        is_decided = approval.ended_at is not None or approval.decision is not None
        if is_decided or deadlines.first(approval, zone) > ctx.now():
            continue
        if _passes_on(approval) and ctx.now() >= deadlines.passing(approval, zone):
            _pass_on(ctx, approval, person)
        elif _is_with_nobody(ctx, approval, person):
            realign(ctx, [approval.approver_id or 0], of_approver=True)
        else:
            _remind(ctx, approval)


def next_due(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """When the next request is to be reminded of or passed on."""
    deadlines = _deadlines(ctx)
    moments = [
        moment
        for approval, person in ctx.session.execute(_undecided().where(Person.active)).all()
        for moment in deadlines.next(approval, directory.zone_of(person, ctx.settings))
    ]
    return min((moment for moment in moments if moment > after), default=None)


def realign(ctx: Ctx, person_ids: Collection[int], *, of_approver: bool = False) -> None:
    """After these people have changed, what waits about them or with them goes to who decides now.

    With `of_approver` only what waits with them. What has been passed on stays with whom it came
    to, as long as they are in the line.
    """
    changed = frozenset(person_ids)
    for approval, person in ctx.session.execute(_undecided()).all():
        is_about = person.id in changed and not of_approver
        is_with = approval.approver_id in changed
        if approval.about is not About.PLACE or not (is_about or is_with):
            continue
        rightful = _rightful(approval, _line(ctx, person))
        if rightful != approval.approver_id:
            _hand_to(ctx, approval, rightful, approval.level)


def is_with_next(ctx: Ctx, approval: int, level: int) -> bool:
    """Whether a request still waits where it was passed on to."""
    row = ctx.session.get_one(Approval, approval)
    return row.ended_at is None and row.decision is None and row.level == level


def _rightful(approval: Approval, line: Sequence[int]) -> int | None:
    """Who of the line a request belongs to; one that was not passed on, to the nearest."""
    is_well_placed = approval.approver_id is None or approval.approver_id in line
    if approval.level > 0 and is_well_placed:
        return approval.approver_id
    return line[min(approval.level, len(line) - 1)] if line else None


def _is_with_nobody(ctx: Ctx, approval: Approval, person: Person) -> bool:
    """Whether who had it has gone from the line since, without anybody having told us."""
    return _passes_on(approval) and approval.approver_id not in _line(ctx, person)


def _remind(ctx: Ctx, approval: Approval) -> None:
    approval.reminded_at = ctx.now()
    for receiver in approvals.receivers(ctx, approval):
        key = f"approval:{approval.id}:level:{approval.level}:reminder:{receiver}"
        outbox.tell(ctx, APPROVAL_REMINDER, receiver, {"approval": approval.id}, key=key)


def _pass_on(ctx: Ctx, approval: Approval, person: Person) -> None:
    """To the next in the line, or to the training unit; who had it is told where it went."""
    earlier, line = approval.approver_id, _line(ctx, person)
    assert earlier is not None, "only what waits with a person is passed on"
    later = line[line.index(earlier) + 1 :] if earlier in line else line
    _hand_to(ctx, approval, later[0] if later else None, level=approval.level + 1)
    audit.record(ctx, "approval.passed_on", "approval", approval.id, earlier=earlier)
    params = {"approval": approval.id, "level": approval.level}
    key = f"approval:{approval.id}:level:{approval.level}:from:{earlier}"
    outbox.tell(ctx, APPROVAL_PASSED_ON, earlier, params, key=key)


def _hand_to(ctx: Ctx, approval: Approval, approver_id: int | None, level: int) -> None:
    approval.approver_id, approval.level = approver_id, level
    approval.passed_on_at, approval.reminded_at = ctx.now(), None
    ctx.session.flush()
    approvals.announce(ctx, approval)


def _passes_on(approval: Approval) -> bool:
    return approval.approver_id is not None and approval.about is About.PLACE


def _line(ctx: Ctx, person: Person) -> list[int]:
    assert person.id is not None
    today = local_date(ctx.now(), directory.zone_of(person, ctx.settings))
    return approvers.line_of(ctx.session, person.id, today)


def _deadlines(ctx: Ctx) -> _Deadlines:
    remind_after = policy.value(ctx.session, "approval_reminder_days")
    return _Deadlines(ctx, remind_after, policy.value(ctx.session, "approval_escalation_days"))


def _undecided() -> Select[Approval, Person]:
    return (
        select(Approval, Person)
        .join(Enrolment, Enrolment.id == Approval.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Approval.ended_at.is_(None), Approval.decision.is_(None))
        .order_by(Approval.id)
    )
