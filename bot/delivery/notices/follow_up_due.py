"""Something about a class is to be answered, before it or in the months after: all in one message.

Whoever is asked about many officers gets one button and answers them in a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import closes, one_line, tasks_of, to_ask
from bot.delivery.notices.registry import Item, Reader, notice
from bot.evaluation.assignments import TaskCard
from bot.i18n import Text, Words, _, _n
from bot.long_text import and_more
from bot.screens import Button, Screen, Style

MOST_NAMED = 20


@notice("follow_up_due", line=one_line, holds=to_ask)
def follow_up_due(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """Ask about a class, or about each of several officers who were in it."""
    open_tasks = tasks_of(ctx, items)
    until = _("Please answer by {closes}.", closes=closes(open_tasks, reader))
    first = f"t:{open_tasks[0].assignment_id}"
    if len(open_tasks) == 1:
        now = Button(_("Answer now"), first, style=Style.PRIMARY)
        about = open_tasks[0].about
        return Screen(title=open_tasks[0].title, body=(about, until), rows=((now,),))
    in_a_row = Button(_("Answer one after another"), first, style=Style.PRIMARY)
    return Screen(
        title=_many(len(open_tasks)),
        body=(*_lines(open_tasks), "", until),
        rows=((in_a_row,), (Button(_("Show my tasks"), "tasks"),)),
    )


def _many(count: int) -> Text:
    return _n(
        "{count} questionnaire is open for you",
        "{count} questionnaires are open for you",
        count,
    )


def _lines(open_tasks: Sequence[TaskCard]) -> list[Words]:
    """Each kind once, with those it is about."""
    by_kind: dict[Text, list[TaskCard]] = defaultdict(list)
    for task in open_tasks[:MOST_NAMED]:
        by_kind[task.title].append(task)
    lines: list[Words] = []
    for title, same in by_kind.items():
        lines += [title, *(_("• {about}", about=task.about) for task in same)]
    lines += and_more(len(open_tasks) - MOST_NAMED)
    return lines
