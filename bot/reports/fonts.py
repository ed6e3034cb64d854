"""The fonts Rollcall carries with it, so that every machine draws the same letters.

Khmer has its own family first; Urdu takes Latin letters and digits from the Latin one,
whose figures and full stop suit tables better than those of the Arabic family.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

FOLDER = Path(__file__).resolve().parent / "fonts"
LATIN, KHMER, ARABIC = "Noto Sans", "Noto Sans Khmer", "Noto Naskh Arabic"
PREFERRED = {"km": (KHMER, LATIN, ARABIC)}
FILES = {LATIN: "NotoSans", KHMER: "NotoSansKhmer", ARABIC: "NotoNaskhArabic"}
WEIGHTS = {"Regular": 400, "Bold": 700}


def families(language: str) -> list[str]:
    """Font families for text in `language`, best first."""
    return list(PREFERRED.get(language.partition("-")[0], (LATIN, ARABIC, KHMER)))


def paths(language: str, *, bold: bool = False) -> list[Path]:
    """The font files behind `families(language)`, in the same order."""
    weight = "Bold" if bold else "Regular"
    return [FOLDER / f"{FILES[family]}-{weight}.ttf" for family in families(language)]


def font(language: str, pixels: float, *, bold: bool = False) -> FontProperties:
    """A font for drawing at 72 dots an inch, where a point is a pixel."""
    from matplotlib.font_manager import FontProperties

    register()
    names = [_own_name(family) for family in families(language)]
    return FontProperties(family=names, weight=WEIGHTS["Bold" if bold else "Regular"], size=pixels)


@lru_cache(maxsize=1)
def register() -> None:
    """Makes our files known to matplotlib, once in the life of a process.

    They get names of our own, so that a font of the same name on the machine, perhaps
    another version, is never taken instead.
    """
    from matplotlib.font_manager import FontEntry, fontManager

    fontManager.ttflist.extend(
        FontEntry(str(FOLDER / f"{stem}-{style}.ttf"), name=_own_name(family), weight=weight)
        for family, stem in FILES.items()
        for style, weight in WEIGHTS.items()
    )


def face(language: str, *, bold: bool = False) -> FT2Font:
    """The loaded font for `language`, with the others to fall back on."""
    from matplotlib.font_manager import get_font

    return get_font([str(path) for path in paths(language, bold=bold)])


def missing_glyphs(text: str, language: str) -> set[str]:
    """The characters of `text` that none of the fonts for `language` can draw."""
    from matplotlib.ft2font import LoadFlags

    return {
        item.char
        for line in text.splitlines()
        for bold in (False, True)
        for item in face(language, bold=bold)._layout(line, LoadFlags.NO_HINTING)
        if item.glyph_index == 0 or item.ft_object.family_name not in FILES
    }


def _own_name(family: str) -> str:
    return f"Rollcall {family}"
