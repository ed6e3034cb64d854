"""A class has ended and its questionnaire is open; reminders of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.notices.registry import Item, Reader, notice
from bot.evaluation import assignments
from bot.evaluation.assignments import TaskCard
from bot.i18n import Moment, Text, Words, _, _n
from bot.long_text import and_more
from bot.screens import Button, Screen, Style

MOST_BUTTONS = 5
MOST_LINES = 10
SETTLING = dt.timedelta(hours=24)


def to_ask(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose questionnaire can still be answered."""
    still = {task.assignment_id for task in tasks_of(ctx, items)}
    return [item for item in items if item.params["assignment"] in still]


def to_remind(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those of them whose first notice was not held up by the night or an outage until now."""
    return [
        item
        for item in to_ask(ctx, items)
        if not outbox.is_fresh(ctx, assignments.due_key(item.params["assignment"]), SETTLING)
    ]


def one_line(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Words:
    """What is open, for a message that joins several notices."""
    open_tasks = tasks_of(ctx, items)
    return _n(
        "{count} questionnaire, open until {closes}",
        "{count} questionnaires, the first open until {closes}",
        len(open_tasks),
        closes=closes(open_tasks, reader),
    )


@notice("reaction_due", line=one_line, holds=to_ask)
def reaction_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """Ask about a class that has just ended: its trainees, and its lead trainer."""
    open_tasks = tasks_of(ctx, items)
    title = _n(
        "A class has ended: your answer is asked for",
        "{count} classes have ended: your answers are asked for",
        len(open_tasks),
    )
    return asking(title, open_tasks, reader)


@notice("reaction_nudge", line=one_line, holds=to_remind)
def reaction_nudge(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """Remind somebody who has not answered; nobody else is told who that is."""
    open_tasks = tasks_of(ctx, items)
    title = _n(
        "A reminder: a questionnaire is still open",
        "A reminder: {count} questionnaires are still open",
        len(open_tasks),
    )
    return asking(title, open_tasks, reader)


def asking(title: Text, open_tasks: Sequence[TaskCard], reader: Reader, *more: Words) -> Screen:
    """What is to be answered by when, `more` below it, and a button for each of the first."""
    lines: list[Words] = [
        _("{task}: {about}", task=task.title, about=task.about) for task in open_tasks[:MOST_LINES]
    ]
    lines += and_more(len(open_tasks) - MOST_LINES)
    lines.append(_("Please answer by {closes}.", closes=closes(open_tasks, reader)))
    if all(task.anonymous for task in open_tasks):
        lines.append(_("Your answers are stored without your name."))
    return Screen(
        title=title,
        body=(*lines, *more),
        rows=tuple(
            (_answer(task, only=len(open_tasks) == 1),) for task in open_tasks[:MOST_BUTTONS]
        ),
    )


def _answer(task: TaskCard, *, only: bool) -> Button:
    label = _("Answer now") if only else _("Answer: {about}", about=task.about)
    return Button(label, f"t:{task.assignment_id}", style=Style.PRIMARY)


def closes(open_tasks: Sequence[TaskCard], reader: Reader) -> Moment:
    """When the first of them closes, in the reader's time."""
    return Moment(min(task.closes_at for task in open_tasks), reader.zone)


def tasks_of(ctx: Ctx, items: Sequence[Item]) -> list[TaskCard]:
    """What of it can still be answered, the first to close first."""
    wanted = [item.params["assignment"] for item in items]
    return assignments.still_open(ctx, wanted)
