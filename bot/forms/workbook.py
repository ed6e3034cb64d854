"""A form's workbook as sheets of text cells with the row numbers the spreadsheet shows.

Tells .xlsx, .xls and Markdown apart by their content, and says in a Fault why a file cannot
be read. Knows nothing of forms but the names of their sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import Fault
from bot.forms.nearest import nearest
from bot.i18n import Text, _

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 300
MAX_EMPTY = 500
"""After so many empty rows nothing is read, as pyxform stops after 60."""
MAX_CELLS = 200_000
MAX_CELL = 8_000

SHEETS = ("survey", "choices", "settings")
FORMULA_ERRORS = frozenset(
    {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)


class UnreadableWorkbook(Exception):
    """A file that is no workbook that could be read; the fault says why and what to do."""

    def __init__(self, code: str, sentence: Text, sheet: str | None = None) -> None:
        super().__init__(code)
        self.fault = Fault(sentence, sheet=sheet, code=code)


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not empty: its number in the spreadsheet and its cells from the left."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet under the name it has in the file; `header` is its first row."""

    name: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a form by their usual names, the names of the others, and findings."""

    sheets: Mapping[str, Sheet]
    others: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = field(default=())


RawSheet = tuple[str, Iterable[tuple[int, tuple[str, ...]]]]


def read_workbook(source: Path | bytes | str) -> Workbook:
    """The workbook at a path, in bytes, or as Markdown; raises UnreadableWorkbook."""
    data = _bytes(source)
    if data.startswith(b"PK"):
        from bot.forms.workbook_xlsx import read_xlsx

        return _collected(*read_xlsx(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        from bot.forms.workbook_xls import read_xls

        return _collected(read_xls(data), ())
    from bot.forms.workbook_markdown import read_markdown

    return _collected(read_markdown(data), ())


def _bytes(source: Path | bytes | str) -> bytes:
    if isinstance(source, str):
        data = source.encode(errors="replace")
    elif isinstance(source, bytes):
        data = source
    else:
        data = _file(source)
    if not data.strip():
        raise UnreadableWorkbook("empty_file", _("The file is empty. Please send it again."))
    if len(data) > MAX_BYTES:
        raise UnreadableWorkbook(
            "file_too_large",
            _(
                "The file is larger than {limit} MB. Remove pictures and unused sheets.",
                limit=MAX_BYTES // 1_000_000,
            ),
        )
    return data


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        raise UnreadableWorkbook(
            "no_file", _("The file {name} cannot be opened.", name=path.name)
        ) from None


def _collected(raw: list[RawSheet], faults: tuple[Fault, ...]) -> Workbook:
    wanted = {name.lower().strip(): (name, rows) for name, rows in raw}
    names = tuple(name for name, _rows in raw)
    if "survey" not in wanted:
        if len(raw) != 1:
            raise _no_survey(names)
        wanted = {"survey": raw[0]}
    sheets = {name: _sheet(*wanted[name]) for name in SHEETS if name in wanted}
    others = tuple(name for name in names if name.lower().strip() not in wanted.keys() & SHEETS)
    found = tuple(fault for sheet in sheets.values() for fault in _formula_errors(sheet))
    return Workbook(sheets, others, (*faults, *found))


def _no_survey(names: tuple[str, ...]) -> UnreadableWorkbook:
    near = nearest("survey", names, 0.7)
    if near:
        return UnreadableWorkbook(
            "no_survey",
            _(
                "There is no sheet named survey. Should {name} be renamed to survey?",
                name=near,
            ),
        )
    return UnreadableWorkbook(
        "no_survey",
        _("There is no sheet named survey. Put the questions on a sheet of that name."),
    )


def _sheet(name: str, rows: Iterable[tuple[int, tuple[str, ...]]]) -> Sheet:
    header: tuple[str, ...] = ()
    lines: list[Line] = []
    cells = last = 0
    for number, row in rows:
        trimmed = _trimmed(row)
        if number - last > MAX_EMPTY:
            break
        if not trimmed:
            continue
        last = number
        if any(len(cell) > MAX_CELL for cell in trimmed):
            raise _cell_too_long(name, number)
        if number == 1:
            header = trimmed
            continue
        cells += sum(bool(cell) for cell in trimmed)
        lines.append(Line(number, trimmed))
        if len(lines) > MAX_ROWS or cells > MAX_CELLS:
            raise _too_long(name)
    return Sheet(name, header, tuple(lines))


def _trimmed(row: tuple[str, ...]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _too_long(name: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "too_many_rows",
        _(
            "This sheet has more than {rows} rows or {cells} cells with something in them. "
            "Remove what the form does not use.",
            rows=MAX_ROWS,
            cells=MAX_CELLS,
        ),
        sheet=name,
    )


def _cell_too_long(name: str, number: int) -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "cell_too_long",
        _(
            "A cell in row {row} holds more than {limit} characters. Shorten it.",
            row=number,
            limit=MAX_CELL,
        ),
        sheet=name,
    )


def _formula_errors(sheet: Sheet) -> Iterable[Fault]:
    for line in sheet.lines:
        for place, cell in enumerate(line.cells):
            if cell in FORMULA_ERRORS:
                column = sheet.header[place] if place < len(sheet.header) else None
                yield Fault(
                    _("The formula in this cell gives the error {error}. Correct it.", error=cell),
                    sheet=sheet.name,
                    row=line.number,
                    column=column or None,
                    code="formula_error",
                )
