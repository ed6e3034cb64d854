"""What can go wrong: a Refusal is shown, a Retry is tried again, all else is a bug.

`Fault` is one line about a file somebody gave us: where, what is wrong, what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text


class Refusal(Exception):
    """Something a person asked for cannot be done; the sentence says what and what to do."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence.msgid)
        self.sentence = sentence


class Retry(Exception):
    """A passing trouble (a lost connection, a busy database): the same work may be tried again.

    Its words are the program's own, and may stand in a log.
    """

    is_discreet = True


class Severity(StrEnum):
    REFUSED = "refused"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding in a file: `row` counts from 1 as the spreadsheet shows it."""

    sentence: Text
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    severity: Severity = Severity.REFUSED
    code: str = ""
