"""Words made shorter without harm: at blanks, between whole letters, with isolates closed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from bot.i18n import ISOLATE, POP_ISOLATE

CUT = "…"
LONGEST_STEP = 60
"""So far back a blank is looked for, and so long a letter with its marks may be."""
JOINING = frozenset("\u200d\u17d2")
"""Zero-width joiner, and the sign under which Khmer sets the next consonant."""
JOINED = frozenset("\u200c\u200d") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""What belongs to the letter before it although Unicode calls it no mark: skin tones, joiners."""
FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def cut(text: str, most: int) -> str:
    """`text`, or its beginning with an ellipsis if it has more than `most` code points."""
    if len(text) <= most:
        return text
    kept = text[: break_before(text, most - len(CUT))]
    if opened := _open_isolates(kept):
        kept = kept[: break_before(kept, most - len(CUT) - opened)]
    return f"{kept.rstrip()}{POP_ISOLATE * _open_isolates(kept)}{CUT}"


def pieces(text: str, most: int) -> Iterator[str]:
    """`text` in pieces of at most `most` code points; nothing but blanks between is lost."""
    while len(text) > most:
        kept = text[: break_before(text, most - 1)]
        if opened := _open_isolates(kept):
            kept = kept[: break_before(kept, most - opened)]
            opened = _open_isolates(kept)
        yield kept.rstrip() + POP_ISOLATE * opened
        text = ISOLATE * opened + text[len(kept) :].lstrip()
    yield text


def break_before(text: str, most: int) -> int:
    """The last place up to `most` where `text` may be broken: at a blank that is near, else
    between letters, never inside one.
    """
    if len(text) <= most:
        return len(text)
    nearest = max(most - min(LONGEST_STEP, most // 4), 1)
    for at in range(most, nearest, -1):
        if text[at].isspace():
            return at
    for at in range(most, max(most - LONGEST_STEP, 0), -1):
        if not _is_inside_letter(text, at):
            return at
    return max(most, 1)


def _is_inside_letter(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M") or after in JOINED or before in JOINING:
        return True
    return ord(after) in FLAG_LETTERS and _flag_letters_before(text, at) % 2 == 1


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start and ord(text[start - 1]) in FLAG_LETTERS:
        start -= 1
    return at - start


def _open_isolates(text: str) -> int:
    return max(text.count(ISOLATE) - text.count(POP_ISOLATE), 0)
