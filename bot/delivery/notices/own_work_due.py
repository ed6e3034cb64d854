"""Somebody is asked about the training unit's own work: a course, or a year."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import MOST_BUTTONS, MOST_LINES, one_line, to_ask
from bot.delivery.notices.registry import Item, Reader, notice
from bot.evaluation import assignments
from bot.evaluation.assignments import TaskCard
from bot.i18n import Moment, Words, _
from bot.long_text import and_more
from bot.screens import Button, Screen, Style


@notice("own_work_due", line=one_line, holds=to_ask)
def own_work_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """What is to be evaluated, until when, and that the answers help the next year's plan."""
    wanted = [item.params["assignment"] for item in items]
    tasks = assignments.still_open(ctx, wanted)
    shown = tasks[:MOST_LINES]
    lines: list[Words] = [_("{task}: {about}", task=one.title, about=one.about) for one in shown]
    lines += and_more(len(tasks) - MOST_LINES)
    closes = Moment(min(one.closes_at for one in tasks), reader.zone)
    lines.append(_("Please answer by {closes}.", closes=closes))
    lines.append(_("What you say helps to plan the next year."))
    return Screen(
        title=_("The training unit asks for your view of its work"),
        body=tuple(lines),
        rows=tuple((_answer(one, only=len(tasks) == 1),) for one in tasks[:MOST_BUTTONS]),
    )


def _answer(task: TaskCard, *, only: bool) -> Button:
    label = _("Answer now") if only else _("Answer: {about}", about=task.about)
    return Button(label, f"t:{task.assignment_id}", style=Style.PRIMARY)
