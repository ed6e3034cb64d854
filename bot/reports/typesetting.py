"""Setting a printed sheet with typst and our own fonts.

What is said reaches a sheet as data, never as part of its source.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import typst

from bot.i18n import Words, is_right_to_left, render
from bot.reports import fonts

SHEETS = Path(__file__).resolve().parent / "sheets"
LEADING = {"km": 0.95, "ur": 0.9}


def typeset(
    sheet: str,
    heading: Words,
    content: Mapping[str, object],
    language: str,
    made_at: dt.datetime | None = None,
) -> bytes:
    """The sheet of this name under `sheets/` as PDF, with `content` as its data.

    `made_at`, to the second, is the date in the file; without it the file carries the moment
    of setting.
    """
    data = {
        "heading": render(heading, language),
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        **content,
    }
    return typst.compile(
        SHEETS / f"{sheet}.typ",
        root=SHEETS,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=made_at.replace(microsecond=0) if made_at else None,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.FOLDER]
    )
