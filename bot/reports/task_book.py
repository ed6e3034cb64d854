"""A task book as a document that can be signed off, with the folder of its evidence."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.evaluation.task_books import cards
from bot.evaluation.task_books.cards import IssueCard, TaskLine
from bot.evaluation.task_books.words import BOOK_WORDS, LATE, NOT_DONE, TASK_WORDS
from bot.i18n import Lines, Moment, Words, _, _n, render
from bot.models.on_the_job import BookState, TaskState
from bot.models.people import Person
from bot.models.system import Blob
from bot.people import directory
from bot.people.access_table import Action
from bot.reports.registry import WHOLE, MadeFile, Params, Report, register
from bot.screens import Screen

MOST_BYTES = 40 * 1024 * 1024
"""More evidence than this does not go into one message."""
COLUMNS = (_("No."), _("Task"), _("To be done by"), _("Done on"), _("Signed"), _("Note"))


@dataclass(frozen=True, slots=True)
class BookData:
    """A book, the zone its times are shown in, and its evidence by name, read for files only."""

    card: IssueCard
    zone: str
    evidence: tuple[tuple[str, bytes], ...] = ()
    left_out: int = 0

    @property
    def files(self) -> int:
        """How many tasks have evidence that is still kept."""
        return sum(task.file is not None for task in self.card.tasks)


def read(ctx: Ctx, params: Params) -> BookData:
    """The book with its evidence; refuses readers who may not look into it."""
    card = cards.card(ctx, int(params["issue"]))
    zone = directory.zone_of(ctx.session.get_one(Person, card.person.id), ctx.settings)
    if not params.get(WHOLE):
        return BookData(card, zone)
    return _with_evidence(ctx, card, zone)


def _with_evidence(ctx: Ctx, card: IssueCard, zone: str) -> BookData:
    found: list[tuple[str, bytes]] = []
    left_out = size = 0
    for number, task in enumerate(card.tasks, 1):
        if task.file is None:
            continue
        row = ctx.session.execute(
            select(Blob.name, Blob.content).where(Blob.id == task.file)
        ).first()
        if row is None or size + len(row.content) > MOST_BYTES:
            left_out += 1
            continue
        size += len(row.content)
        found.append((f"{number:02}-{_safe(row.name)}", row.content))
    return BookData(card, zone, tuple(found), left_out)


def screens(data: BookData) -> tuple[Screen, ...]:
    """How far the book has come; the document follows."""
    card = data.card
    lines: list[Words] = [
        _("{name}, {unit}", name=card.person.name, unit=card.person.unit),
        _("State: {state}", state=BOOK_WORDS[card.state]),
        _("Signed: {count} of {total}", count=card.signed, total=len(card.tasks)),
    ]
    if data.files:
        lines.append(
            _n(
                "The evidence of {count} task follows as a folder.",
                "The evidence of {count} tasks follows as a folder.",
                data.files,
            )
        )
    return (Screen(title=card.title, body=tuple(lines), protect=True),)


def files(data: BookData, language: str) -> tuple[MadeFile, ...]:
    """The document, and the evidence in one folder, each file numbered like its task."""
    document = MadeFile("task-book.pdf", "application/pdf", _document(data, language))
    if not data.evidence:
        return (document,)
    return document, MadeFile("evidence.zip", "application/zip", _folder(data))


def _document(data: BookData, language: str) -> bytes:
    from bot.reports.typesetting import typeset

    card = data.card
    content = {
        "facts": [render(line, language) for line in _facts(data)],
        "columns": [render(column, language) for column in COLUMNS],
        "rows": _rows(data, language),
        "signatures": [render(line, language) for line in _review(data)],
    }
    heading = _("{code} {title}", code=card.code, title=card.title)
    return typeset("task_book", heading, content, language)


def _facts(data: BookData) -> tuple[Words, ...]:
    card = data.card
    person = card.person
    return (
        _("{name}, {number}, {unit}", name=person.name, number=person.staff_no, unit=person.unit),
        _("Joined the post: {moment}", moment=Moment(card.joined_at, data.zone)),
        _("Signed: {count} of {total}", count=card.signed, total=len(card.tasks)),
    )


def _review(data: BookData) -> tuple[Words, ...]:
    card = data.card
    lines: list[Words] = [_("State: {state}", state=BOOK_WORDS[card.state])]
    if card.reviewed_at is not None and card.state in (BookState.ACCEPTED, BookState.RETURNED):
        moment = Moment(card.reviewed_at, data.zone)
        lines.append(_("Reviewed by {name}, {moment}", name=card.reviewed_by, moment=moment))
    if card.review:
        lines.append(_("The training unit writes: {words}", words=card.review))
    if data.left_out:
        lines.append(
            _n(
                "{count} piece of evidence is not in the folder: it is kept no longer, or "
                "too large.",
                "{count} pieces of evidence are not in the folder: they are kept no longer, or "
                "too large.",
                data.left_out,
            )
        )
    return tuple(lines)


def _rows(data: BookData, language: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    section: Words = ""
    for number, task in enumerate(data.card.tasks, 1):
        if task.section and task.section != section:
            section = task.section
            rows.append({"section": render(section, language), "cells": []})
        cells = (number, *_cells(data, task))
        rows.append({"section": "", "cells": [render(cell, language) for cell in cells]})
    return rows


def _cells(data: BookData, task: TaskLine) -> tuple[Words | Moment, ...]:
    due = Moment(task.due_at, data.zone) if task.due_at is not None else ""
    done = Moment(task.done_at, data.zone) if task.done_at is not None else ""
    said: list[Words] = [words for words in (task.note, task.words) if words]
    if task.late:
        said.insert(0, LATE)
    return task.task, due, done, _signed(data, task), Lines(tuple(said)) if said else ""


def _signed(data: BookData, task: TaskLine) -> Words:
    if task.state is TaskState.SIGNED and task.decided_at is not None:
        moment = Moment(task.decided_at, data.zone)
        return _("{name}, {moment}", name=task.decided_by, moment=moment)
    return NOT_DONE if task.state is None else TASK_WORDS[task.state]


def _folder(data: BookData) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in data.evidence:
            folder.writestr(name, content)
    return target.getvalue()


def _safe(name: str) -> str:
    """The name of a file without any path."""
    return name.replace("\\", "/").rsplit("/", 1)[-1] or "file"


TASK_BOOK = register(Report("task_book", _("Task book"), Action.USE_DESK, read, screens, files))
