"""Pictures for the chat, drawn for a phone held upright: large type, one column."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from bot.i18n import Percent, Words, _, _n, render
from bot.reports import palette
from bot.reports.canvas import FADED, INK, Align, Canvas
from bot.reports.likert import Bar, LikertChart, low_side

WIDTH = 1080
MARGIN = 48
FOOT = 80
"""Chats write the time of a message over the lower corner of its picture."""
INSIDE = WIDTH - 2 * MARGIN
SIDE_COLUMN = 168
BAR_WIDTH = INSIDE - SIDE_COLUMN
BAR_HEIGHT = 66
TITLE, SUBTITLE, LABEL, LEGEND, SHARE, MEAN, SMALL = 46, 32, 34, 28, 28, 42, 25
LINES_OF_TITLE, LINES_OF_LABEL = 4, 4
SWATCH, GAP, SEAM = 34, 28, 2
CENTRE_LINE = "#33373b"


def diverging_bars(chart: LikertChart, language: str) -> bytes:
    """A PNG of stacked bars, agreement to one side of a line and disagreement to the other.

    1080 pixels wide, as high as its bars need; for ten bars or fewer (`in_parts`) it stays
    readable on a phone. Mirrored for right-to-left languages.
    """
    drawing = _Drawing(chart, language)
    drawing.heading()
    drawing.legend()
    drawing.bars()
    drawing.footer()
    return drawing.canvas.png(drawing.y + MARGIN + FOOT)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where shares fall across the width of the bars; `low` and `high` are the longest arms."""

    low: float
    high: float

    @classmethod
    def around(cls, bars: tuple[Bar, ...]) -> _Axis:
        drawn = [bar.shares for bar in bars if bar.shares]
        low = max((low_side(shares) for shares in drawn), default=0.5)
        high = max((1 - low_side(shares) for shares in drawn), default=0.5)
        return cls(max(low, 0.05), max(high, 0.05))

    def width(self, share: float) -> float:
        return share * BAR_WIDTH / (self.low + self.high)

    @property
    def centre(self) -> float:
        return MARGIN + self.width(self.low)


class _Drawing:
    """One picture in the making: `y` is how far down it has come."""

    def __init__(self, chart: LikertChart, language: str) -> None:
        self.chart = chart
        self.language = language
        self.canvas = Canvas(WIDTH, language)
        self.swatches = palette.scale(len(chart.scale_labels))
        self.axis = _Axis.around(chart.bars)
        self.y = float(MARGIN)

    def heading(self) -> None:
        self._paragraph(self.chart.title, TITLE, bold=True, most=LINES_OF_TITLE)
        self.y += 6
        self._paragraph(self.chart.subtitle, SUBTITLE, colour=FADED, most=LINES_OF_TITLE)
        self.y += 22

    def legend(self) -> None:
        """The steps of the scale in order, as many on a line as fit."""
        x, height = float(MARGIN), self.canvas.line_height(LEGEND) + 8
        for swatch, label in zip(self.swatches, self.chart.scale_labels, strict=True):
            words = render(label, self.language)
            needed = SWATCH + 12 + self.canvas.measure(words, LEGEND)
            if x > MARGIN and x + needed > WIDTH - MARGIN:
                x, self.y = float(MARGIN), self.y + height
            top = self.y + (height - SWATCH) / 2
            self._box(x, top, SWATCH, SWATCH, swatch)
            self.canvas.text(x + SWATCH + 12, self.y + height / 2, words, LEGEND)
            x += needed + GAP
        self.y += height + 10

    def bars(self) -> None:
        if any(bar.shares and bar.mean is not None for bar in self.chart.bars):
            words = render(_("Average"), self.language)
            self._at_end(self.y + 10, words, SMALL, colour=FADED)
            self.y += 24
        for bar in self.chart.bars:
            self._label(bar)
            if bar.shares:
                self._segments(bar)
                self._numbers(bar)
                self.y += BAR_HEIGHT
            else:
                self._paragraph(bar.instead, LEGEND, colour=FADED)
            self.y += 26

    def footer(self) -> None:
        words = render(self.chart.footer, self.language)
        if words:
            self.canvas.rule((MARGIN, self.y), (WIDTH - MARGIN, self.y), "#c4c7c9")
            self.y += 14
            self._paragraph(self.chart.footer, SMALL, colour=FADED)

    def _label(self, bar: Bar) -> None:
        words = render(bar.label, self.language)
        self.y = self.canvas.paragraph(MARGIN, self.y, INSIDE, words, LABEL, most=LINES_OF_LABEL)
        self.y += 6

    def _segments(self, bar: Bar) -> None:
        x = self.axis.centre - self.axis.width(low_side(bar.shares))
        placed = []
        for share, swatch in zip(bar.shares, self.swatches, strict=True):
            width = self.axis.width(share)
            if share:
                seen = max(width - SEAM, SEAM)
                self._box(x, self.y, seen, BAR_HEIGHT, swatch)
                placed.append((x, width, share, swatch))
            x += width
        centre = self.axis.centre
        self.canvas.rule((centre, self.y - 4), (centre, self.y + BAR_HEIGHT + 4), CENTRE_LINE)
        for segment in placed:
            self._share(*segment)

    def _share(self, x: float, width: float, share: float, swatch: palette.Swatch) -> None:
        words = render(Percent(share), self.language)
        if self.canvas.measure(words, SHARE, bold=True) + 14 <= width:
            self.canvas.text(
                x + width / 2,
                self.y + BAR_HEIGHT / 2,
                words,
                SHARE,
                bold=True,
                colour=swatch.ink,
                align=Align.CENTRE,
                behind=swatch.fill,
            )

    def _numbers(self, bar: Bar) -> None:
        answers = render(_n("{count} answer", "{count} answers", bar.n), self.language)
        if bar.mean is None:
            self._at_end(self.y + BAR_HEIGHT / 2, answers, SMALL, colour=FADED)
            return
        mean = format_decimal(round(bar.mean, 1), "0.0", locale=self.language)
        self._at_end(self.y + 18, mean, MEAN, bold=True)
        self._at_end(self.y + BAR_HEIGHT - 8, answers, SMALL, colour=FADED)

    def _box(
        self, x: float, y: float, width: float, height: float, swatch: palette.Swatch
    ) -> None:
        self.canvas.box(x, y, width, height, colour=swatch.fill, stripes=swatch.stripes)

    def _at_end(
        self, y: float, words: str, size: float, *, bold: bool = False, colour: str = INK
    ) -> None:
        self.canvas.text(WIDTH - MARGIN, y, words, size, bold=bold, colour=colour, align=Align.END)

    def _paragraph(
        self, words: Words, size: float, *, bold: bool = False, colour: str = INK, most: int = 0
    ) -> None:
        self.y = self.canvas.paragraph(
            MARGIN,
            self.y,
            INSIDE,
            render(words, self.language),
            size,
            bold=bold,
            colour=colour,
            most=most,
        )
