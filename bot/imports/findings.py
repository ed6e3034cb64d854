"""What is found in a file: bad values as readers raise them, and the list of all faults."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.errors import Fault, Severity
from bot.i18n import Text, _, _n


class BadValue(Exception):
    """A cell that cannot be read: a stable code, and a sentence with its remedy."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


class Unreadable(Exception):
    """A file no table can be taken from at all; carries the one fault that says why."""

    def __init__(self, code: str, sentence: Text, row: int | None = None) -> None:
        super().__init__(code)
        self.fault = Fault(sentence, row=row, code=code)


@dataclass
class Findings:
    """All faults of one file, in the order they are found: `most` of them, and how many more."""

    sheet: str | None = None
    faults: list[Fault] = field(default_factory=list)
    most: int = 5_000
    _untold: int = 0
    _refused: bool = False
    _places: set[tuple[int | None, str | None]] = field(default_factory=set)

    def has_fault_at(self, row: int, column: str) -> bool:
        """Whether something was said about this cell already."""
        return (row, column) in self._places

    def bad_cell(
        self,
        code: str,
        sentence: Text,
        row: int,
        column: str,
        *,
        starred: bool,
        meaning: Text | None = None,
    ) -> None:
        """Note a bad value: it blocks the file in a starred column, else it becomes blank.

        `meaning` says what a blank means in this column, if it means something.
        """
        if starred:
            self.refuse(code, sentence, row, column)
        elif meaning is not None:
            said = _(
                "{problem} The cell is taken as blank, which means {meaning}.",
                problem=sentence,
                meaning=meaning,
            )
            self.warn(code, said, row, column)
        else:
            self.blank(code, sentence, row, column)

    def refuse(
        self, code: str, sentence: Text, row: int | None = None, column: str | None = None
    ) -> None:
        """Note a fault that blocks the file."""
        self._note(Severity.REFUSED, code, sentence, row, column)

    def warn(
        self, code: str, sentence: Text, row: int | None = None, column: str | None = None
    ) -> None:
        """Note a fault with which the file can still be taken."""
        self._note(Severity.WARNING, code, sentence, row, column)

    def _note(
        self, severity: Severity, code: str, sentence: Text, row: int | None, column: str | None
    ) -> None:
        self._places.add((row, column))
        self._refused = self._refused or severity is Severity.REFUSED
        if len(self.faults) >= self.most:
            self._untold += 1
            return
        self.faults.append(Fault(sentence, self.sheet, row, column, severity, code))

    def blank(self, code: str, sentence: Text, row: int | None, column: str | None) -> None:
        """Note a bad value that will be taken as blank."""
        self.warn(code, _("{problem} The cell is taken as blank.", problem=sentence), row, column)

    @property
    def is_refused(self) -> bool:
        return self._refused

    def in_order(self) -> tuple[Fault, ...]:
        """The faults by row, those of the whole file first; within a row as they were found."""
        told = tuple(sorted(self.faults, key=lambda fault: fault.row or 0))
        return (self._and_more(), *told) if self._untold else told

    def _and_more(self) -> Fault:
        severity = Severity.REFUSED if self._refused else Severity.WARNING
        said = _n(
            "There is {count} more fault. Correct these first; the next check tells it.",
            "There are {count} more faults. Correct these first; the next check tells them.",
            self._untold,
        )
        return Fault(said, self.sheet, severity=severity, code="more-faults")
