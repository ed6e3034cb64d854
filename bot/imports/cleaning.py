"""Words in one spelling: no stray spaces, no invisible characters at the ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

UNSEEN_AT_ENDS = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202c\u2007\u202f"
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\u00ad]")
SPACES = re.compile(r"\s+")
EDGE = f"[{UNSEEN_AT_ENDS.replace(chr(10), '')}]"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
UNCLEAN = re.compile(rf"(?<=\n){EDGE}|{EDGE}(?=\n)|[^\S \n]|  |{CONTROL.pattern}")


def clean(text: str) -> str:
    """Text in one spelling: no spaces and invisible characters at the ends, no runs of spaces.

    Control characters go, since databases refuse some. Other invisible ones inside stay:
    Khmer and Urdu need them.
    """
    if text.isascii() and text.isprintable() and "  " not in text and not _padded(text):
        return text
    spaced = SPACES.sub(" ", CONTROL.sub("", text)).strip(UNSEEN_AT_ENDS)
    return unicodedata.normalize("NFC", spaced)


def are_clean(texts: Sequence[str]) -> bool:
    """Whether `clean` would leave every one of these as it is; looks at all of them at once."""
    joined = "\n".join(texts)
    if joined.isascii():  # no need to look at every letter
        framed = f"\n{joined}\n"
        return (
            joined.replace("\n", "").isprintable()
            and not any(stray in framed for stray in ("  ", " \n", "\n "))
            and joined.count("\n") == len(texts) - 1
        )
    return (
        joined.count("\n") == len(texts) - 1
        and unicodedata.is_normalized("NFC", joined)
        and not UNCLEAN.search(f"\n{joined}\n")
    )


def _padded(text: str) -> bool:
    return text[:1] == " " or text[-1:] == " "
