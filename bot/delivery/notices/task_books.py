"""Task books: given out, tasks to sign, what was signed, limits, handed in, reviewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Refusal
from bot.evaluation.task_books import cards, issues, signing
from bot.evaluation.task_books.cards import IssueCard, TaskLine
from bot.i18n import Moment, Words, _, _n
from bot.long_text import and_more
from bot.models.on_the_job import BookState, TaskBookIssue, TaskSignature, TaskState
from bot.screens import Attachment, Button, FileKind, Screen, Style

MOST_LINES = 10


def still_held(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those whose book can still be worked on."""
    return [item for item in items if (card := _card(ctx, item)) is not None and card.is_open]


def given_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many books were given, for a message that joins several notices."""
    return _n("You have a new task book.", "You have {count} new task books.", len(items))


@notice("task_book_issued", line=given_line, holds=still_held)
def task_book_issued(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """What is to be done, by when first, and the way to it."""
    found = [card for item in items if (card := _card(ctx, item)) is not None]
    if not found:
        return Drop("not there any more")
    body: list[Words] = []
    for card in found:
        body.append(_task_count(card))
        first = min((task.due_at for task in card.tasks if task.due_at is not None), default=None)
        if first is not None:
            body.append(_("The first limit is {moment}.", moment=Moment(first, reader.zone)))
    body.append(_("Press a task once it is done. It is then signed by who may sign it."))
    title = _("A task book for you: {title}", title=found[0].title)
    return Screen(title=title, body=tuple(body), rows=tuple(_open(card) for card in found))


def to_sign(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that still wait for the reader's signature."""
    waiting = signing.still_waiting(ctx, [item.params["signature"] for item in items])
    return [item for item in items if item.params["signature"] in waiting]


def sign_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many tasks wait."""
    return _n(
        "{count} task waits for your signature.",
        "{count} tasks wait for your signature.",
        len(items),
    )


@notice("tasks_to_sign", line=sign_line, holds=to_sign)
def tasks_to_sign(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """All that wait, officer by officer."""
    wanted = {item.params["signature"] for item in items}
    lines: list[Words] = []
    for card, tasks in cards.waiting(ctx):
        count = sum(task.signature_id in wanted for task in tasks)
        if count:
            lines.append(
                _n("{name}: {count} task", "{name}: {count} tasks", count, name=card.person.name)
            )
    if not lines:
        return Drop("signed already")
    row = (Button(_("Show them"), "sgn", style=Style.PRIMARY),)
    title = sign_line(ctx, items, reader)
    return Screen(title=title, body=_first_of(lines), rows=(row,))


def still_so(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those of which the same still holds."""
    rows = {item.id: ctx.session.get(TaskSignature, item.params["signature"]) for item in items}
    return [
        item
        for item in items
        if (row := rows[item.id]) is not None and row.state == item.params["state"]
    ]


def decided_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many of one's tasks were looked at."""
    return _n("{count} of your tasks was looked at.", "{count} of your tasks were looked at.",
              len(items))  # fmt: skip


@notice("tasks_decided", line=decided_line, holds=still_so)
def tasks_decided(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """What was signed, and what was not and why."""
    found = [cards.one(ctx, item.params["signature"]) for item in still_so(ctx, items)]
    if not found:
        return Drop("decided otherwise since")
    signed = sum(task.state is TaskState.SIGNED for _card, task in found)
    body: list[Words] = []
    if signed:
        body.append(_n("{count} task was signed.", "{count} tasks were signed.", signed))
    refused = [
        _("Not signed: {task}. Reason: {reason}", task=task.task, reason=task.words)
        for _card, task in found
        if task.state is TaskState.REFUSED
    ]
    body += _first_of(refused)
    books = {card.id: card for card, _task in found}
    rows = tuple(_open(card) for card in books.values())
    return Screen(title=decided_line(ctx, items, reader), body=tuple(body), rows=rows)


@notice("task_evidence")
def task_evidence(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """The photo or file of a task that somebody asked to see."""
    try:
        card, task = cards.one(ctx, items[0].params["signature"])
    except Refusal:
        return Drop("may not see it any more")
    if task.file is None:
        return Drop("kept no longer")
    own = reader.person_id == card.person.id
    back = f"bkt:{card.id}:{task.item_id}" if own else f"sgnt:{task.signature_id}"
    kind = FileKind.PHOTO if task.is_photo else FileKind.DOCUMENT
    return Screen(
        title=card.person.name,
        body=(task.task,),
        rows=((Button(_("« Task"), back),),),
        attachment=Attachment(task.file, kind),
        protect=True,
    )


def still_to_do(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those of whose limit some tasks are still to be done."""
    return [item for item in items if _to_do(ctx, item)]


def limit_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many tasks have to be done soon, or are past their limit."""
    count = sum(len(_to_do(ctx, item)) for item in items)
    return _n("{count} task has a limit.", "{count} tasks have a limit.", count)


@notice("task_limit", line=limit_line, holds=still_to_do)
def task_limit(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Which tasks have to be done by when."""
    return _limits(ctx, items, reader)


@notice("task_late", line=limit_line, holds=still_to_do)
def task_late(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Which tasks were to be done by now."""
    return _limits(ctx, items, reader, _("What is past its limit can still be done and signed."))


def _limits(ctx: Ctx, items: Sequence[Item], reader: Reader, remark: Words = "") -> Screen | Drop:
    tasks = [task for item in items for task in _to_do(ctx, item)]
    if not tasks:
        return Drop("done since")
    title = _n(
        "{count} task of your task book is to be done",
        "{count} tasks of your task book are to be done",
        len(tasks),
    )
    lines = [*_first_of([_limit(task, reader) for task in tasks])]
    if remark:
        lines.append(remark)
    books = {item.params["issue"]: _card(ctx, item) for item in items}
    rows = tuple(_open(card) for card in books.values() if card is not None)
    return Screen(title=title, body=tuple(lines), rows=rows)


def still_submitted(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that wait for a review."""
    return [
        item
        for item in items
        if (card := _card(ctx, item)) is not None and card.state is BookState.SUBMITTED
    ]


def review_line(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many books wait for a review."""
    return _n(
        "{count} task book waits to be reviewed.",
        "{count} task books wait to be reviewed.",
        len(items),
    )


@notice("task_book_submitted", line=review_line, holds=still_submitted)
def task_book_submitted(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """Whose book, and the way to it."""
    found = [card for item in items if (card := _card(ctx, item)) is not None]
    lines = [_("{name}: {title}", name=card.person.name, title=card.title) for card in found]
    row = (Button(_("Show them"), "bkr", style=Style.PRIMARY),)
    return Screen(title=review_line(ctx, items, reader), body=_first_of(lines), rows=(row,))


@notice("task_book_reviewed")
def task_book_reviewed(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen | Drop:
    """To the officer, and of an accepted one to the supervisor: what the unit says."""
    card = _card(ctx, items[0])
    if card is None or card.state != items[0].params["state"]:
        return Drop("reviewed otherwise since")
    if card.state is BookState.ACCEPTED:
        title = _("A task book was accepted")
        body: tuple[Words, ...] = (
            _("{name}: {title}", name=card.person.name, title=card.title),
            _("All tasks are signed, and the training unit has reviewed them."),
        )
        return Screen(title=title, body=body, rows=_own_row(card, reader))
    body = (card.title, _("The training unit writes: {words}", words=card.review))
    return Screen(title=_("Your task book was returned"), body=body, rows=_own_row(card, reader))


def _own_row(card: IssueCard, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    return (_open(card),) if reader.person_id == card.person.id else ()


def _card(ctx: Ctx, item: Item) -> IssueCard | None:
    row = ctx.session.get(TaskBookIssue, item.params["issue"])
    return cards.facts(ctx, row) if row is not None else None


def _to_do(ctx: Ctx, item: Item) -> list[TaskLine]:
    row = ctx.session.get(TaskBookIssue, item.params["issue"])
    if row is None or row.state not in issues.OPEN:
        return []
    within = item.params["hours"]
    return [
        task
        for task in cards.facts(ctx, row).tasks
        if task.to_do and task.due_at is not None and task.due_at - row.joined_at == _hours(within)
    ]


def _first_of(lines: Sequence[Words]) -> tuple[Words, ...]:
    """As many lines as a message should have, and how many there are besides."""
    return (*lines[:MOST_LINES], *and_more(len(lines) - MOST_LINES))


def _hours(count: int) -> dt.timedelta:
    return dt.timedelta(hours=count)


def _limit(task: TaskLine, reader: Reader) -> Words:
    assert task.due_at is not None, "only tasks with a limit are told of"
    moment = Moment(task.due_at, reader.zone)
    if task.due_at < reader.now:
        return _("• {task}: was to be done by {moment}", task=task.task, moment=moment)
    return _("• {task}: by {moment}", task=task.task, moment=moment)


def _task_count(card: IssueCard) -> Words:
    count = len(card.tasks)
    return _n("{title}: {count} task", "{title}: {count} tasks", count, title=card.title)


def _open(card: IssueCard) -> tuple[Button, ...]:
    return (Button(_("Open: {title}", title=card.title), f"bk:{card.id}", style=Style.PRIMARY),)
