"""The director's month as a picture: four figures, each beside the year before, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from bot.i18n import Percent, Words, _, _n, render
from bot.reports import palette
from bot.reports.canvas import FADED, INK, Canvas
from bot.reports.month import MonthData
from bot.reports.months import month_words

WIDTH, MARGIN, FOOT = 1080, 48, 80
INSIDE = WIDTH - 2 * MARGIN
TITLE, SUBTITLE, FIGURE, LABEL, SMALL = 50, 32, 84, 34, 28
BAR_HEIGHT, BETWEEN = 26, 34
LINES = 3
NOT_SHOWN = "–"
RULE = "#c4c7c9"


@dataclass(frozen=True, slots=True)
class _Tile:
    """One figure: its words, its value as words, the lines below, and a share to be drawn."""

    label: Words
    value: str
    below: tuple[Words, ...]
    share: float | None = None


def draw(data: MonthData, language: str) -> bytes:
    """A PNG 1080 pixels wide, mirrored for right-to-left languages."""
    drawing = _Drawing(language)
    drawing.words(data.title, TITLE, bold=True)
    drawing.words(_held(data), SUBTITLE, colour=FADED)
    drawing.y += BETWEEN
    for tile in (_days(data, language), _women(data, language), _response(data, language)):
        drawing.tile(tile)
    drawing.decision(data)
    return drawing.canvas.png(drawing.y + MARGIN + FOOT)


def _held(data: MonthData) -> Words:
    now = data.now
    return _n(
        "{count} class ended, {people} were trained.",
        "{count} classes ended, {people} were trained.",
        now.classes,
        people=_n("{count} person", "{count} people", now.trained),
    )


def _days(data: MonthData, language: str) -> _Tile:
    def days(value: float) -> str:
        return format_decimal(round(value, 2), "0.##", locale=language)

    below = (
        _earlier(data, days(data.year_before.days_per_officer)),
        _("Twelve months: {value}", value=days(data.year.days_per_officer)),
    )
    return _Tile(_("Days of training per officer"), days(data.now.days_per_officer), below)


def _women(data: MonthData, language: str) -> _Tile:
    below = (
        _earlier(data, _percent(data.year_before.women, language)),
        _("Twelve months: {value}", value=_percent(data.year.women, language)),
    )
    share = data.now.women
    label = _("Share of women among those trained")
    return _Tile(label, _percent(share, language), below, share)


def _response(data: MonthData, language: str) -> _Tile:
    rate, before = data.now.response, data.year_before.response
    share = rate.share if rate.asked else None
    below = (
        _("{answered} of {asked} answered", answered=rate.answered, asked=rate.asked),
        _earlier(data, _percent(before.share if before.asked else None, language)),
    )
    return _Tile(_("Questionnaires answered"), _percent(share, language), below, share)


def _earlier(data: MonthData, value: str) -> Words:
    return _("{month}: {value}", month=month_words(data.year_before.first), value=value)


def _percent(share: float | None, language: str) -> str:
    return NOT_SHOWN if share is None else render(Percent(share), language)


class _Drawing:
    """One picture in the making: `y` is how far down it has come."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.canvas = Canvas(WIDTH, language)
        self.whole, self.part = palette.scale(4)[2], palette.scale(4)[3]
        self.y = float(MARGIN)

    def words(self, words: Words, size: float, *, bold: bool = False, colour: str = INK) -> None:
        shown = render(words, self.language)
        self.y = self.canvas.paragraph(
            MARGIN, self.y, INSIDE, shown, size, bold=bold, colour=colour, most=LINES
        )

    def tile(self, tile: _Tile) -> None:
        """A figure in large type, with a bar where it is a share."""
        self.canvas.rule((MARGIN, self.y), (WIDTH - MARGIN, self.y), RULE)
        self.y += BETWEEN / 2
        self.words(tile.label, LABEL)
        height = self.canvas.line_height(FIGURE)
        self.canvas.text(
            MARGIN, self.y + height / 2, tile.value, FIGURE, bold=True, colour=self.part.fill
        )
        self.y += height
        if tile.share is not None:
            self.canvas.box(MARGIN, self.y, INSIDE, BAR_HEIGHT, colour=self.whole.fill)
            filled = max(INSIDE * min(tile.share, 1.0), 3)
            self.canvas.box(MARGIN, self.y, filled, BAR_HEIGHT, colour=self.part.fill)
            self.y += BAR_HEIGHT + 12
        for line in tile.below:
            self.words(line, SMALL, colour=FADED)
        self.y += BETWEEN / 2

    def decision(self, data: MonthData) -> None:
        """What waits for the reader, or that nothing does."""
        self.canvas.rule((MARGIN, self.y), (WIDTH - MARGIN, self.y), RULE)
        self.y += BETWEEN / 2
        if data.decision is None:
            self.words(_("No decision waits for you."), LABEL)
            return
        self.words(_("Waits for your decision:"), SMALL, colour=FADED)
        self.words(data.decision.words, LABEL, bold=True)
        if data.decision.count > 1:
            self.words(data.decision.others, SMALL, colour=FADED)
