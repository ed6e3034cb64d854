"""What signers and states of task books are called."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, Texts, _
from bot.models.on_the_job import BookState, Signer, TaskBook, TaskItem, TaskState

SIGNER_WORDS: Mapping[Signer, Text] = {
    Signer.SUPERVISOR: _("your supervisor"),
    Signer.SUPERIOR: _("your supervisor, or the next above"),
    Signer.TRAINER: _("a trainer of your office"),
    Signer.UNIT: _("the training unit"),
}
BOOK_WORDS: Mapping[BookState, Text] = {
    BookState.OPEN: _("under way"),
    BookState.SUBMITTED: _("with the training unit for review"),
    BookState.ACCEPTED: _("accepted"),
    BookState.RETURNED: _("returned"),
    BookState.ENDED: _("ended"),
}
TASK_WORDS: Mapping[TaskState, Text] = {
    TaskState.ASKED: _("waits for a signature"),
    TaskState.SIGNED: _("signed"),
    TaskState.REFUSED: _("not signed"),
}
NOT_DONE = _("to be done")
LATE = _("past its limit")


def title_of(book: TaskBook) -> Texts:
    """A book's title for readers of every language."""
    return Texts.of({"en": book.title, **book.titles})


def task_of(item: TaskItem) -> Texts:
    """A task for readers of every language."""
    return Texts.of({"en": item.task, **item.tasks})


def section_of(item: TaskItem) -> Texts:
    """The section a task belongs to; empty where it belongs to none."""
    return Texts.of({"en": item.section, **item.sections})
