"""The qualifications of an office: people against curricula, as pictures and as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.context import Ctx
from bot.i18n import Joined, Text, Words, _, _n
from bot.people.access_table import Action
from bot.reports.grid import Cell, Grid, Paint, Row, grid_picture, in_parts
from bot.reports.months import narrow_month
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.reports.workbook import Column, Kind, Sheet, write_workbook
from bot.screens import FileKind, Screen
from bot.training.qualifications import matrix
from bot.training.qualifications.marks import MARK_WORDS, Held, Mark
from bot.training.qualifications.matrix import Matrix, PersonRow

MOST_PICTURES, MOST_LINES = 6, 15
WHO = (
    Column(_("Staff number"), "staff_no", width=14),
    Column(_("Name"), "name"),
    Column(_("Position"), "position"),
    Column(_("Office"), "unit"),
)
PAINTS = {
    Mark.VALID: Paint.GOOD,
    Mark.SOON: Paint.SOON,
    Mark.LATE: Paint.LATE,
    Mark.GONE: Paint.GONE,
    Mark.OPEN: Paint.OPEN,
}


def read(ctx: Ctx, params: Params) -> Matrix:
    """The matrix of an office; refuses readers without reach, and an office without any."""
    return matrix.of_office(ctx, int(params["unit"]))


def screens(data: Matrix) -> tuple[Screen, ...]:
    """A line for each curriculum: how many have which mark."""
    lines: list[Words] = [
        _n("{count} person", "{count} people", len(data.rows)),
        *(
            _("{code}: {marks}", code=column.code, marks=_marks(data, place))
            for place, column in enumerate(data.columns[:MOST_LINES])
        ),
    ]
    if len(data.columns) > MOST_LINES or len(list(in_parts(_grid(data)))) > MOST_PICTURES:
        lines.append(_("The workbook has all of them."))
    title = _("Qualifications: {office}", office=data.office.name)
    return (Screen(title=title, body=tuple(lines), protect=True),)


def files(data: Matrix, language: str) -> tuple[MadeFile, ...]:
    """Pictures of some people and curricula each, then the workbook with all."""
    pictures = [
        MadeFile(
            f"qualifications-{number}.png",
            "image/png",
            grid_picture(part, language),
            FileKind.PHOTO,
        )
        for number, part in enumerate(list(in_parts(_grid(data)))[:MOST_PICTURES], 1)
    ]
    return (*pictures, MadeFile("qualifications.xlsx", XLSX, _workbook(data, language)))


def _marks(data: Matrix, place: int) -> Words:
    counts = Counter(cell.mark for row in data.rows if (cell := row.cells[place]) is not None)
    return marks_words([(mark, counts[mark]) for mark in Mark if counts[mark]])


def marks_words(counts: Sequence[tuple[Mark, int]]) -> Words:
    """How many have which mark, in one line: “3 valid, 1 lapsed”."""
    parts = tuple(
        _("{count} {mark}", count=count, mark=MARK_WORDS[mark]) for mark, count in counts
    )
    return Text("{parts}", (("parts", Joined(parts)),)) if parts else _("nobody")


def _grid(data: Matrix) -> Grid:
    return Grid(
        title=_("Qualifications: {office}", office=data.office.name),
        subtitle=_("A cell shows the month of the last day; one without a month has no end."),
        columns=tuple(column.code for column in data.columns),
        rows=tuple(Row(row.name, tuple(map(_cell, row.cells))) for row in data.rows),
        legend=tuple((PAINTS[mark], words) for mark, words in MARK_WORDS.items()),
    )


def _cell(held: Held | None) -> Cell | None:
    if held is None:
        return None
    if held.mark is Mark.OPEN:
        return Cell(Paint.OPEN, "–")
    return Cell(PAINTS[held.mark], narrow_month(held.day) if held.day else "")


def _workbook(data: Matrix, language: str) -> bytes:
    """One sheet to look at, people against curricula, and one to filter, a row a cell."""
    return write_workbook((_table(data), _one_by_one(data)), language)


def _table(data: Matrix) -> Sheet:
    dated = (Column(one.code, one.code, kind=Kind.DATE) for one in data.columns)
    return Sheet(
        name=_("Table"),
        columns=(*WHO, *dated),
        rows=[(*_who(row), *map(_in_table, row.cells)) for row in data.rows],
        notes=(
            _("A date is the last day. Words say how it stands where it is not valid."),
            *(_("{code}: {title}", code=one.code, title=one.title) for one in data.columns),
        ),
    )


def _one_by_one(data: Matrix) -> Sheet:
    return Sheet(
        name=_("One by one"),
        columns=(
            *WHO,
            Column(_("Qualification"), "curriculum", width=16),
            Column(_("Title"), "title"),
            Column(_("Standing"), "standing"),
            Column(_("Last day, or to be earned by"), "day", kind=Kind.DATE),
            Column(_("Required"), "required", width=10),
        ),
        rows=[
            (*_who(row), one.code, one.title, MARK_WORDS[cell.mark], cell.day, cell.required)
            for row in data.rows
            for one, cell in zip(data.columns, row.cells, strict=True)
            if cell is not None
        ],
        with_codes=True,
    )


def _who(row: PersonRow) -> tuple[object, ...]:
    return (row.staff_no, row.name, row.position, row.unit)


def _in_table(held: Held | None) -> object:
    if held is None:
        return None
    if held.mark is Mark.VALID:
        return held.day or _("no end")
    if held.mark is Mark.OPEN or held.day is None:
        return MARK_WORDS[held.mark]
    return _("{standing}, {day}", standing=MARK_WORDS[held.mark], day=held.day)


MATRIX = register(
    Report(
        "qualification_matrix",
        _("Qualifications of an office"),
        Action.SEE_QUALIFICATIONS,
        read,
        screens,
        files,
    )
)
