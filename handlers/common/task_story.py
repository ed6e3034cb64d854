"""What was said of one task of a task book, for the officer and for who signs it."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.task_books.cards import IssueCard, TaskLine
from bot.evaluation.task_books.words import NOT_DONE, TASK_WORDS
from bot.i18n import Moment, Text, Words, _, _n
from bot.models.on_the_job import TaskState


def task_story(ctx: Ctx, task: TaskLine) -> list[Words]:
    """What was said of a task, and what became of it."""
    state = NOT_DONE if task.state is None else TASK_WORDS[task.state]
    lines: list[Words] = [_("State: {state}", state=state)]
    if task.late:
        lines.append(_("This is past its limit. It can still be done and signed."))
    if task.done_at is not None:
        lines.append(_("Done: {moment}", moment=Moment(task.done_at, ctx.actor.zone)))
    if task.note:
        lines.append(_("Note: {words}", words=task.note))
    if task.state is TaskState.SIGNED:
        lines.append(_("Signed by {name}", name=task.decided_by))
    if task.words:
        lines.append(_("{name} writes: {words}", name=task.decided_by, words=task.words))
    return lines


def past_limit(card: IssueCard) -> Text:
    """How many tasks of a book are past their limit."""
    return _n("{count} task is past its limit.", "{count} tasks are past their limit.", card.late)
