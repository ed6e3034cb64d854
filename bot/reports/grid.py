"""A picture of people and what each of them has: a table with a coloured mark in each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from bot.i18n import Words, render
from bot.reports import palette
from bot.reports.canvas import FADED, INK, Align, Canvas
from bot.reports.palette import Swatch

WIDTH, MARGIN, FOOT = 1080, 48, 80
INSIDE = WIDTH - 2 * MARGIN
NAMES = 372
ROW_HEIGHT, SEAM = 62, 4
TITLE, SUBTITLE, HEADING, NAME, MARK, SMALL = 44, 30, 25, 27, 24, 25
SMALLEST_HEADING, LINES_OF_NAME = 18, 2
COLUMNS_ON_A_PHONE, ROWS_ON_A_PHONE = 6, 24
LINE, BLANK = "#9aa0a6", "#ffffff"
_SCALE = palette.scale(4)


class Paint(Enum):
    """How a cell is painted: told apart by lightness and stripes too, not by colour alone."""

    GOOD = _SCALE[3]
    SOON = _SCALE[2]
    LATE = _SCALE[1]
    GONE = _SCALE[0]
    OPEN = Swatch(BLANK, INK)


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark with a few letters in it."""

    paint: Paint
    words: Words = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its cells, as many as there are columns; None is left blank."""

    name: Words
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The table with what its paints mean, in the order of the legend.

    `names` is the width of the names in pixels; beside them is room for `fewest` columns at least.
    """

    title: Words
    subtitle: Words
    columns: tuple[Words, ...]
    rows: tuple[Row, ...]
    legend: tuple[tuple[Paint, Words], ...]
    names: int = NAMES
    fewest: int = COLUMNS_ON_A_PHONE

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"every row needs {len(self.columns)} cells")


def in_parts(grid: Grid) -> Iterator[Grid]:
    """The same table as several, each fit for a phone: by rows, then by columns."""
    for top in range(0, len(grid.rows), ROWS_ON_A_PHONE):
        rows = grid.rows[top : top + ROWS_ON_A_PHONE]
        for first in range(0, len(grid.columns), COLUMNS_ON_A_PHONE):
            last = first + COLUMNS_ON_A_PHONE
            yield replace(
                grid,
                columns=grid.columns[first:last],
                rows=tuple(replace(row, cells=row.cells[first:last]) for row in rows),
            )


def grid_picture(grid: Grid, language: str) -> bytes:
    """A PNG 1080 pixels wide, mirrored for right-to-left languages."""
    drawing = _Drawing(grid, language)
    drawing.heading()
    drawing.legend()
    drawing.columns()
    for row in grid.rows:
        drawing.row(row)
    return drawing.canvas.png(drawing.y + MARGIN + FOOT)


class _Drawing:
    """One picture in the making: `y` is how far down it has come."""

    def __init__(self, grid: Grid, language: str) -> None:
        self.grid = grid
        self.language = language
        self.canvas = Canvas(WIDTH, language)
        self.width = (INSIDE - grid.names) / max(len(grid.columns), grid.fewest)
        self.y = float(MARGIN)

    def heading(self) -> None:
        title = render(self.grid.title, self.language)
        self.y = self.canvas.paragraph(MARGIN, self.y, INSIDE, title, TITLE, bold=True) + 6
        words = render(self.grid.subtitle, self.language)
        self.y = self.canvas.paragraph(MARGIN, self.y, INSIDE, words, SUBTITLE, colour=FADED) + 20

    def legend(self) -> None:
        """What the paints mean, as many on a line as fit."""
        x = float(MARGIN)
        for paint, label in self.grid.legend:
            words = render(label, self.language)
            needed = 42 + self.canvas.measure(words, SMALL)
            if x > MARGIN and x + needed > WIDTH - MARGIN:
                x, self.y = float(MARGIN), self.y + 44
            self._mark(x, self.y, 30, 30, paint)
            self.canvas.text(x + 42, self.y + 15, words, SMALL)
            x += needed + 26
        self.y += 60

    def columns(self) -> None:
        below = self.y
        for place, column in enumerate(self.grid.columns):
            x = self._across(place)
            words = render(column, self.language)
            width = self.width - SEAM
            size = self._heading_size(words, width)
            end = self.canvas.paragraph(x, self.y, width, words, size, bold=True, most=3)
            below = max(below, end)
        self.y = below + 8

    def _heading_size(self, words: str, width: float) -> float:
        """A little smaller where a word of the heading would be broken otherwise."""
        size = HEADING
        while size > SMALLEST_HEADING and any(
            self.canvas.measure(word, size, bold=True) > width for word in words.split()
        ):
            size -= 1
        return size

    def row(self, row: Row) -> None:
        self.canvas.rule((MARGIN, self.y), (WIDTH - MARGIN, self.y), "#e3e5e8")
        name, width = render(row.name, self.language), self.grid.names - 16
        lines = min(LINES_OF_NAME, self.canvas.count_lines(name, width, NAME))
        high = lines * self.canvas.line_height(NAME)
        height = max(ROW_HEIGHT, high + 2 * SEAM)
        top = self.y + (height - high) / 2
        self.canvas.paragraph(MARGIN, top, width, name, NAME, most=LINES_OF_NAME)
        for place, cell in enumerate(row.cells):
            if cell is not None:
                self._cell(place, cell, height)
        self.y += height

    def _cell(self, place: int, cell: Cell, of_row: float) -> None:
        x, top = self._across(place), self.y + SEAM
        width, height = self.width - SEAM, of_row - 2 * SEAM
        self._mark(x, top, width, height, cell.paint)
        words = render(cell.words, self.language)
        if words:
            swatch = cell.paint.value
            self.canvas.text(
                x + width / 2,
                top + height / 2,
                words,
                MARK,
                colour=swatch.ink,
                align=Align.CENTRE,
                behind=swatch.fill,
            )

    def _mark(self, x: float, y: float, width: float, height: float, paint: Paint) -> None:
        swatch = paint.value
        if paint is Paint.OPEN:
            self.canvas.box(x, y, width, height, colour=LINE)
            x, y, width, height = x + 2, y + 2, width - 4, height - 4
        self.canvas.box(x, y, width, height, colour=swatch.fill, stripes=swatch.stripes)

    def _across(self, place: int) -> float:
        return MARGIN + self.grid.names + place * self.width
