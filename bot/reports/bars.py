"""A picture of counts as bars, one under the other: months, offices, reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.i18n import Words, render
from bot.reports import palette
from bot.reports.canvas import FADED, INK, Align, Canvas

WIDTH, MARGIN, FOOT = 1080, 48, 80
INSIDE = WIDTH - 2 * MARGIN
LABELS, NUMBERS = 330, 120
LONGEST = INSIDE - LABELS - NUMBERS
BAR_HEIGHT, BETWEEN = 44, 16
TITLE, SUBTITLE, LABEL, NUMBER, SMALL = 46, 32, 28, 30, 25
LINES_OF_LABEL = 2
BARS_ON_A_PHONE = 24


@dataclass(frozen=True, slots=True)
class Count:
    """One bar; `part` of the count is drawn dark, such as those who answered."""

    label: Words
    count: int
    part: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.count:
            raise ValueError("a part lies between nothing and the whole")


@dataclass(frozen=True, slots=True)
class BarChart:
    """Counts with what they are about; `part_label` says what the dark part is."""

    title: Words
    subtitle: Words
    bars: tuple[Count, ...]
    part_label: Words = ""
    whole_label: Words = ""
    footer: Words = ""


def in_parts(chart: BarChart, most: int = BARS_ON_A_PHONE) -> Iterator[BarChart]:
    """The same chart as several of at most `most` bars, each fit for a phone."""
    for start in range(0, len(chart.bars), most):
        yield replace(chart, bars=chart.bars[start : start + most])


def bar_picture(chart: BarChart, language: str, longest: int = 0) -> bytes:
    """A PNG 1080 pixels wide, mirrored for right-to-left languages.

    `longest` is the count of a bar of full length, where several pictures belong together.
    """
    drawing = _Drawing(chart, language, longest)
    drawing.heading()
    drawing.legend()
    drawing.bars()
    return drawing.canvas.png(drawing.y + MARGIN + FOOT)


class _Drawing:
    """One picture in the making: `y` is how far down it has come."""

    def __init__(self, chart: BarChart, language: str, longest: int) -> None:
        self.chart = chart
        self.language = language
        self.canvas = Canvas(WIDTH, language)
        self.whole, self.part = palette.scale(4)[2], palette.scale(4)[3]
        self.longest = max([longest, 1, *(bar.count for bar in chart.bars)])
        self.y = float(MARGIN)

    def heading(self) -> None:
        self._paragraph(self.chart.title, TITLE, bold=True)
        self.y += 6
        self._paragraph(self.chart.subtitle, SUBTITLE, colour=FADED)
        self.y += 22

    def legend(self) -> None:
        """What the dark part and the whole are, where there are both."""
        named = ((self.chart.part_label, self.part), (self.chart.whole_label, self.whole))
        x = float(MARGIN)
        for label, swatch in named:
            words = render(label, self.language)
            if words:
                self.canvas.box(x, self.y + 4, 30, 30, colour=swatch.fill)
                self.canvas.text(x + 42, self.y + 19, words, SMALL)
                x += 42 + self.canvas.measure(words, SMALL) + 28
        if x > MARGIN:
            self.y += 56

    def bars(self) -> None:
        for bar in self.chart.bars:
            self._bar(bar)
        if self.chart.footer:
            self.y += 8
            self._paragraph(self.chart.footer, SMALL, colour=FADED)

    def _bar(self, bar: Count) -> None:
        words = render(bar.label, self.language)
        below = self.canvas.paragraph(
            MARGIN, self.y, LABELS - 16, words, LABEL, most=LINES_OF_LABEL
        )
        height = max(below - self.y, BAR_HEIGHT)
        top, start = self.y + (height - BAR_HEIGHT) / 2, MARGIN + LABELS
        for count, swatch in ((bar.count, self.whole), (bar.part, self.part)):
            if count:
                width = max(LONGEST * count / self.longest, 3)
                self.canvas.box(start, top, width, BAR_HEIGHT, colour=swatch.fill)
        number = render(bar.count, self.language)
        end = WIDTH - MARGIN
        self.canvas.text(end, top + BAR_HEIGHT / 2, number, NUMBER, bold=True, align=Align.END)
        self.y += height + BETWEEN

    def _paragraph(
        self, words: Words, size: float, *, bold: bool = False, colour: str = INK
    ) -> None:
        shown = render(words, self.language)
        self.y = self.canvas.paragraph(
            MARGIN, self.y, INSIDE, shown, size, bold=bold, colour=colour
        )
