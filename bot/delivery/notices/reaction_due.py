"""A class has ended and its questionnaire is open; reminders of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.evaluation import assignments
from bot.evaluation.assignments import TaskCard
from bot.i18n import Moment, Text, Words, _, _n
from bot.screens import Button, Screen, Style

MOST_BUTTONS = 5
MOST_LINES = 10
SETTLING = dt.timedelta(hours=24)


def one_line(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Words | None:
    """What is open, for a message that joins several notices."""
    return _line(_open(ctx, items), reader)


def reminder_line(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Words | None:
    """What is to be reminded of, for a message that joins several notices."""
    return _line(_open(ctx, _told_before(ctx, items)), reader)


def _line(open_tasks: Sequence[TaskCard], reader: Reader) -> Words | None:
    if not open_tasks:
        return None
    return _n(
        "{count} questionnaire, open until {closes}",
        "{count} questionnaires, the first open until {closes}",
        len(open_tasks),
        closes=_closes(open_tasks, reader),
    )


@notice("reaction_due", line=one_line)
def reaction_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Ask about a class that has just ended: its trainees, and its lead trainer."""
    open_tasks = _open(ctx, items)
    if not open_tasks:
        return Drop("answered, closed or withdrawn")
    title = _n(
        "A class has ended: your answer is asked for",
        "{count} classes have ended: your answers are asked for",
        len(open_tasks),
    )
    return _screen(title, open_tasks, reader)


@notice("reaction_nudge", line=reminder_line)
def reaction_nudge(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Remind somebody who has not answered; nobody else is told who that is."""
    told_before = _told_before(ctx, items)
    if not told_before:
        return Drop("first told less than a day ago")
    open_tasks = _open(ctx, told_before)
    if not open_tasks:
        return Drop("answered, closed or withdrawn")
    title = _n(
        "A reminder: a questionnaire is still open",
        "A reminder: {count} questionnaires are still open",
        len(open_tasks),
    )
    return _screen(title, open_tasks, reader)


def _screen(title: Text, open_tasks: Sequence[TaskCard], reader: Reader) -> Screen:
    lines: list[Words] = [
        _("{task}: {about}", task=task.title, about=task.about) for task in open_tasks[:MOST_LINES]
    ]
    if (more := len(open_tasks) - MOST_LINES) > 0:
        lines.append(_n("… and {count} more.", "… and {count} more.", more))
    lines.append(_("Please answer by {closes}.", closes=_closes(open_tasks, reader)))
    if all(task.anonymous for task in open_tasks):
        lines.append(_("Your answers are stored without your name."))
    return Screen(
        title=title,
        body=tuple(lines),
        rows=tuple(
            (_answer(task, only=len(open_tasks) == 1),) for task in open_tasks[:MOST_BUTTONS]
        ),
    )


def _answer(task: TaskCard, *, only: bool) -> Button:
    label = _("Answer now") if only else _("Answer: {about}", about=task.about)
    return Button(label, f"t:{task.assignment_id}", style=Style.PRIMARY)


def _closes(open_tasks: Sequence[TaskCard], reader: Reader) -> Moment:
    return Moment(min(task.closes_at for task in open_tasks), reader.zone)


def _told_before(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose first notice was not held up until just now, by the night or an outage."""
    return [
        item
        for item in items
        if not outbox.is_fresh(ctx, assignments.due_key(item.params["assignment"]), SETTLING)
    ]


def _open(ctx: Ctx, items: Sequence[Item]) -> list[TaskCard]:
    wanted = [item.params["assignment"] for item in items]
    return assignments.still_open(ctx, wanted)
