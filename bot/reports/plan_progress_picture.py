"""Planned against held as a picture: for each quarter and measure a bar in its outline."""

from __future__ import annotations

from bot.i18n import Words, _, render
from bot.planning.pdca import Amount
from bot.reports import palette
from bot.reports.canvas import FADED, INK, Align, Canvas
from bot.reports.plan_progress import Years, quarter_title, share, whole

WIDTH, MARGIN, FOOT = 1080, 48, 80
INSIDE = WIDTH - 2 * MARGIN
TITLE, SUBTITLE, HEADING, LABEL, SMALL = 46, 30, 32, 28, 26
NAMES, FIGURES, BAR, ROW = 220, 300, 30, 54
RULE = "#c4c7c9"
MEASURES: tuple[tuple[str, Words], ...] = (
    ("classes", _("Classes")),
    ("trainees", _("Trainees")),
    ("hours", _("Hours")),
    ("money", _("Money")),
)


def draw(data: Years, language: str) -> bytes:
    """A PNG 1080 pixels wide, mirrored for right-to-left languages."""
    drawing = _Drawing(language)
    now = data.now
    drawing.words(_("Training plan {year}", year=now.label), TITLE, bold=True)
    drawing.words(_("Held, of what was planned"), SUBTITLE, colour=FADED)
    drawing.part(_("The whole year"), now.planned, now.held)
    for quarter in now.quarters:
        drawing.part(quarter_title(quarter), quarter.planned, quarter.held)
    if data.before is not None:
        title = _("The year before, {year}:", year=data.before.label)
        drawing.part(title, data.before.planned, data.before.held)
    return drawing.canvas.png(drawing.y + MARGIN + FOOT)


class _Drawing:
    """One picture in the making: `y` is how far down it has come."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.canvas = Canvas(WIDTH, language)
        self.whole, self.part_paint = palette.scale(5)[2], palette.scale(5)[4]
        self.y = float(MARGIN)

    def words(self, words: Words, size: float, *, bold: bool = False, colour: str = INK) -> None:
        shown = render(words, self.language)
        self.y = self.canvas.paragraph(
            MARGIN, self.y, INSIDE, shown, size, bold=bold, colour=colour
        )

    def part(self, title: Words, planned: Amount, held: Amount) -> None:
        """A heading, then one bar for each measure that says anything."""
        self.y += 18
        self.canvas.rule((MARGIN, self.y), (WIDTH - MARGIN, self.y), RULE)
        self.y += 12
        self.words(title, HEADING, bold=True)
        for name, words in MEASURES:
            if getattr(planned, name) or getattr(held, name):
                self.bar(words, getattr(planned, name), getattr(held, name))

    def bar(self, words: Words, planned: float, held: float) -> None:
        middle = self.y + ROW / 2
        room = INSIDE - NAMES - FIGURES
        self.canvas.text(MARGIN, middle, render(words, self.language), LABEL)
        top, left = middle - BAR / 2, MARGIN + NAMES
        self.canvas.box(left, top, room, BAR, colour=self.whole.fill)
        done = share(held, planned)
        filled = room * min(done.share, 1.0) if done is not None else room * bool(held)
        if filled:
            self.canvas.box(left, top, max(filled, 3), BAR, colour=self.part_paint.fill)
        figures = _("{held} of {planned}", held=whole(held), planned=whole(planned))
        self.canvas.text(
            WIDTH - MARGIN, middle, render(figures, self.language), SMALL, align=Align.END
        )
        self.y += ROW
