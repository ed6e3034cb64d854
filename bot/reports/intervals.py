"""A picture of differences with their bounds: a point, a bar, and the line of no difference."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Words, render
from bot.reports import palette
from bot.reports.canvas import FADED, INK, Align, Canvas

WIDTH, MARGIN, FOOT = 1080, 48, 80
INSIDE = WIDTH - 2 * MARGIN
TITLE, SUBTITLE, LABEL, SMALL = 46, 32, 34, 27
BAR, POINT, LANE, BETWEEN = 14, 30, 64, 30
ZERO, UNSURE = "#33373b", "#9aa0a6"
LINES_OF_LABEL = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One difference between its bounds, better to the end of the line; `said` stands below it.

    Without bounds only the words are shown.
    """

    label: Words
    said: Words
    by: float = 0.0
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Differences, each on a scale of its own around nought."""

    title: Words
    subtitle: Words
    rows: tuple[Row, ...]
    worse: Words
    better: Words
    notes: tuple[Words, ...] = ()


def interval_picture(chart: IntervalChart, language: str) -> bytes:
    """A PNG 1080 pixels wide, mirrored for right-to-left languages."""
    drawing = _Drawing(chart, language)
    drawing.heading()
    for row in chart.rows:
        drawing.row(row)
    drawing.notes()
    return drawing.canvas.png(drawing.y + MARGIN + FOOT)


class _Drawing:
    """One picture in the making: `y` is how far down it has come."""

    def __init__(self, chart: IntervalChart, language: str) -> None:
        self.chart = chart
        self.language = language
        self.canvas = Canvas(WIDTH, language)
        self.worse, *_between, self.better = palette.scale(5)
        self.y = float(MARGIN)

    def heading(self) -> None:
        self._paragraph(self.chart.title, TITLE, bold=True)
        self.y += 6
        self._paragraph(self.chart.subtitle, SUBTITLE, colour=FADED)
        self.y += 26

    def row(self, row: Row) -> None:
        self._paragraph(row.label, LABEL, most=LINES_OF_LABEL)
        if row.bounds is not None:
            self._ends()
            self._bar(row.by, row.bounds)
            self.y += LANE
        self._paragraph(row.said, SMALL, colour=FADED)
        self.y += BETWEEN

    def notes(self) -> None:
        if self.chart.notes:
            self.canvas.rule((MARGIN, self.y), (WIDTH - MARGIN, self.y), "#c4c7c9")
            self.y += 16
        for note in self.chart.notes:
            self._paragraph(note, SMALL, colour=FADED)
            self.y += 8

    def _ends(self) -> None:
        """What lies to each side of nought."""
        height = self.canvas.line_height(SMALL)
        worse, better = (
            render(words, self.language) for words in (self.chart.worse, self.chart.better)
        )
        self.canvas.text(MARGIN, self.y + height / 2, worse, SMALL, colour=FADED)
        end = WIDTH - MARGIN
        self.canvas.text(end, self.y + height / 2, better, SMALL, colour=FADED, align=Align.END)
        self.y += height

    def _bar(self, by: float, bounds: tuple[float, float]) -> None:
        low, high = bounds
        reach = max(abs(low), abs(high)) or 1.0
        middle, centre = MARGIN + INSIDE / 2, self.y + LANE / 2

        def across(value: float) -> float:
            return middle + value / reach * (INSIDE / 2 - POINT)

        is_sure = low > 0 or high < 0
        colour = (self.better if by >= 0 else self.worse).fill if is_sure else UNSURE
        self.canvas.rule((middle, self.y + 4), (middle, self.y + LANE - 4), ZERO)
        start, width = across(low), max(across(high) - across(low), 3.0)
        self.canvas.box(start, centre - BAR / 2, width, BAR, colour=colour)
        self.canvas.box(across(by) - POINT / 4, centre - POINT / 2, POINT / 2, POINT, colour=INK)

    def _paragraph(
        self, words: Words, size: float, *, bold: bool = False, colour: str = INK, most: int = 0
    ) -> None:
        shown = render(words, self.language)
        self.y = self.canvas.paragraph(
            MARGIN, self.y, INSIDE, shown, size, bold=bold, colour=colour, most=most
        )
