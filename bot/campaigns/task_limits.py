"""Limits of task books: the officer is reminded while time is left, and once it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, select

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import Notice, NoticeKind
from bot.evaluation.task_books import issues, limits
from bot.models.delivery import Urgency
from bot.models.on_the_job import TaskBookIssue, TaskItem, TaskSignature, TaskState
from bot.models.people import Person

TOO_LATE = dt.timedelta(hours=36)
"""After an outage of this length a reminder is of no use any more."""
USEFUL = dt.timedelta(hours=24)
NOT_TO_DO = (TaskState.ASKED, TaskState.SIGNED)

AHEAD = dt.timedelta(hours=12)
"""A reminder that would fall into the night is known of on the evening before."""

TASK_LIMIT = outbox.declare(NoticeKind("task_limit", Urgency.DATED, USEFUL, merge="task_limit"))
TASK_LATE = outbox.declare(NoticeKind("task_late", Urgency.ORDINARY, USEFUL, merge="task_late"))


@dataclass(frozen=True, slots=True)
class _Limit:
    """One limit of one book in somebody's hands, of which something is still to be done."""

    issue_id: int
    person_id: int
    joined_at: dt.datetime
    hours: int

    @property
    def warned_at(self) -> dt.datetime:
        return limits.warned_at(self.joined_at, self.hours)

    @property
    def due_at(self) -> dt.datetime:
        return self.joined_at + dt.timedelta(hours=self.hours)

    def notice(self, stage: str, at: dt.datetime) -> Notice:
        params = {"issue": self.issue_id, "hours": self.hours}
        key = f"task_book:{self.issue_id}:{self.hours}:{stage}:{self.joined_at:%Y%m%dT%H%M}"
        return Notice(self.person_id, params, key, due_at=at)


def remind(ctx: Ctx) -> None:
    """Queue what is due and not yet written: before a limit, or once it is over, not both late."""
    soon: list[Notice] = []
    late: list[Notice] = []
    for limit in _limits(ctx):
        if limit.due_at <= ctx.now():
            if limit.due_at > ctx.now() - TOO_LATE:
                late.append(limit.notice("late", limit.due_at))
        elif limit.warned_at <= ctx.now() + AHEAD:
            soon.append(limit.notice("soon", limit.warned_at))
    for kind, notices in ((TASK_LIMIT, soon), (TASK_LATE, late)):
        if notices:
            outbox.tell_all(ctx, kind, notices)


def next_reminder(ctx: Ctx, after: dt.datetime) -> dt.datetime | None:
    """The next instant after `after` at which something is to be written."""
    moments = (at for one in _limits(ctx) for at in (one.warned_at - AHEAD, one.due_at))
    return min((at for at in moments if at > after), default=None)


def _limits(ctx: Ctx) -> Iterator[_Limit]:
    """Limits of which some task is neither done nor signed."""
    done = exists().where(
        TaskSignature.issue_id == TaskBookIssue.id,
        TaskSignature.item_id == TaskItem.id,
        TaskSignature.state.in_(NOT_TO_DO),
    )
    longest = dt.timedelta(hours=limits.MOST_HOURS) + TOO_LATE
    rows = ctx.session.execute(
        select(
            TaskBookIssue.id,
            TaskBookIssue.person_id,
            TaskBookIssue.joined_at,
            TaskItem.within_hours,
        )
        .join(TaskItem, TaskItem.book_id == TaskBookIssue.book_id)
        .join(Person, Person.id == TaskBookIssue.person_id)
        .where(
            TaskBookIssue.state.in_(issues.OPEN),
            TaskBookIssue.joined_at >= ctx.now() - longest,
            TaskItem.place.is_not(None),
            TaskItem.within_hours.is_not(None),
            Person.active,
            ~done,
        )
        .distinct()
        .order_by(TaskBookIssue.id, TaskItem.within_hours)
    )
    return (_Limit(*row) for row in rows)
