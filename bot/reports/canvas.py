"""A sheet to draw on, measured in pixels from the side where the reader begins.

`x` grows in reading direction and `y` downwards; for a right-to-left language the whole
sheet is mirrored when it is painted, so that a picture is laid out only once.
"""

from __future__ import annotations

import io
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from bot.i18n import is_right_to_left
from bot.reports import fonts
from bot.reports.lines import wrap

if TYPE_CHECKING:  # whoever only names a report does not load what draws it
    from matplotlib.artist import Artist

DOTS_PER_INCH = 72
COLOURS_KEPT = 96
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
LINE_HEIGHT = {"km": 1.55, "ur": 1.6}
INK, FADED, PAPER = "#1a1a1a", "#5f6368", "#ffffff"


class Align(StrEnum):
    START = "start"
    CENTRE = "centre"
    END = "end"


class Canvas:
    """Collects what is drawn, then paints it at the height it came to."""

    def __init__(self, width: int, language: str) -> None:
        self.width = width
        self.language = language
        self.mirrored = is_right_to_left(language)
        self._artists: list[Artist] = []

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide one line of `text` comes out, in pixels."""
        face = fonts.face(self.language, bold=bold)
        face.set_size(size, DOTS_PER_INCH)
        face.set_text(self._directed(text), 0, language=self.language)
        return face.get_width_height()[0] / 64

    def line_height(self, size: float) -> float:
        return size * LINE_HEIGHT.get(self.language, 1.35)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: Align = Align.START,
        behind: str = "",
    ) -> None:
        """One line of `text` whose middle stands at `y`; `behind` colours what is under it."""
        from matplotlib.text import Text as Label

        box = {"facecolor": behind, "edgecolor": "none", "pad": 3} if behind else None
        self._artists.append(
            Label(
                self._across(x),
                -(y + size * 0.36),
                self._directed(text),
                fontproperties=fonts.font(self.language, size, bold=bold),
                language=self.language,
                color=colour,
                horizontalalignment=self._side(align),
                verticalalignment="baseline",
                parse_math=False,
                bbox=box,
            )
        )

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        most: int = 0,
    ) -> float:
        """`text` wrapped to `width` from the top `y` down, at most `most` lines.

        Returns the `y` below it.
        """
        height = self.line_height(size)
        lines = wrap(text, width, lambda part: self.measure(part, size, bold=bold), most)
        for number, line in enumerate(lines):
            self.text(x, y + (number + 0.5) * height, line, size, bold=bold, colour=colour)
        return y + len(lines) * height

    def count_lines(self, text: str, width: float, size: float) -> int:
        """How many lines `paragraph` would draw."""
        return len(wrap(text, width, lambda part: self.measure(part, size)))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        colour: str,
        stripes: str = "",
    ) -> None:
        """A filled rectangle from its top start corner; `stripes` colours a hatching on it."""
        from matplotlib.patches import Rectangle

        corner = self._across(x + width if self.mirrored else x), -(y + height)
        self._artists.append(
            Rectangle(
                corner,
                width,
                height,
                facecolor=colour,
                edgecolor=stripes or "none",
                hatch="//" if stripes else None,
                linewidth=0,
            )
        )

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """A thin straight line between two points."""
        from matplotlib.lines import Line2D

        (x1, y1), (x2, y2) = start, end
        across = [self._across(x1), self._across(x2)]
        self._artists.append(Line2D(across, [-y1, -y2], color=colour, linewidth=2))

    def png(self, height: float) -> bytes:
        """Everything drawn so far as a PNG picture of this height, in few colours."""
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D
        from PIL import Image

        tall = round(height)
        figure = Figure((self.width / DOTS_PER_INCH, tall / DOTS_PER_INCH), DOTS_PER_INCH)
        figure.set_facecolor(PAPER)
        for artist in self._artists:
            artist.set_transform(Affine2D().translate(0, tall))
            figure.add_artist(artist, clip=False)
        raw = io.BytesIO()
        figure.savefig(raw, format="raw", dpi=DOTS_PER_INCH)
        size = self.width, tall
        picture = Image.frombytes("RGBA", size, raw.getvalue()).convert("RGB")
        file = io.BytesIO()
        picture.quantize(COLOURS_KEPT, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()

    def _across(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def _side(self, align: Align) -> Literal["left", "center", "right"]:
        if align is Align.CENTRE:
            return "center"
        return "left" if (align is Align.START) != self.mirrored else "right"

    def _directed(self, text: str) -> str:
        """Text whose direction is the reader's, whatever its first letter is."""
        return (RIGHT_TO_LEFT_MARK if self.mirrored else LEFT_TO_RIGHT_MARK) + text
