"""The yearly survey of needs has opened: everything one person is asked, in one message."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import closes, one_line, tasks_of, to_ask
from bot.delivery.notices.registry import Item, Reader, notice
from bot.evaluation.assignments import TaskCard
from bot.i18n import Words, _
from bot.screens import Button, Screen, Style


@notice("needs_due", line=one_line, holds=to_ask)
def needs_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """What is asked, for which plan year, until when; each follows the one before."""
    tasks = tasks_of(ctx, items)
    lines: list[Words] = [
        _("What is said here goes into the training plan of the next year."),
        *(_("{task}: {about}", task=task.title, about=task.about) for task in tasks),
        _("Please answer by {closes}.", closes=closes(tasks, reader)),
    ]
    return Screen(
        title=_("The survey of training needs is open"),
        body=tuple(lines),
        rows=tuple((_answer(task, only=len(tasks) == 1),) for task in tasks),
    )


def _answer(task: TaskCard, *, only: bool) -> Button:
    label = _("Answer now") if only else task.title
    return Button(label, f"t:{task.assignment_id}", style=Style.PRIMARY)
