"""Breaking a sentence into lines that fit, in scripts with and without spaces.

Khmer is written without spaces between words. Where the text carries zero-width spaces
they are used; elsewhere a line may end after a syllable, never inside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.i18n import ISOLATE, POP_ISOLATE

ZERO_WIDTH_SPACE = "\u200b"
ELLIPSIS = "…"

_KHMER_MARKS = "\u17b4-\u17d1\u17d3\u17dd\u200c\u200d"
_KHMER_CLUSTER = rf"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]?|[{_KHMER_MARKS}])*"
_OTHER_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\ufe0f"
_CLUSTER = re.compile(rf"{_KHMER_CLUSTER}|.[{_OTHER_MARKS}]*", re.DOTALL)
_CLOSED = re.compile(r"[\u17c3\u17c5-\u17c8\u17cb\u17cd]$")
_STACKED = "\u17d2"
_KHMER_LETTER = re.compile(r"[\u1780-\u17b3]")
_BARE_CONSONANT = re.compile(r"[\u1780-\u17a2]")
_FINAL_CONSONANT = re.compile(r"[\u1780-\u17a2](?:[\u17cb\u17cd])")
_NEVER_FIRST = re.compile(r"[\u17d4-\u17d6\u17d7\u17da!?,.;:%)\]}»”’…،؛؟۔٪\u2069]")
_OPENING = "([{«“‘\u2068"
_DIGITS = re.compile(r"[0-9\u17e0-\u17e9\u0660-\u0669\u06f0-\u06f9]")
_WORD = re.compile(rf"([^\s{ZERO_WIDTH_SPACE}]+)([\s{ZERO_WIDTH_SPACE}]*)")

Measure = Callable[[str], float]


def wrap(text: str, width: float, measure: Measure, most: int = 0) -> list[str]:
    """`text` in lines of at most `width`, as `measure` sees them.

    With `most`, no more lines than that: the last then ends in an ellipsis. A single
    syllable wider than the line is left whole.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines.extend(_fill(paragraph, width, measure))
    if most and len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], width, measure)]
    return _isolates_closed(lines)


def clusters(text: str) -> list[str]:
    """The smallest parts of `text` that may stand apart: a letter with all it carries."""
    return _CLUSTER.findall(text)


def syllables(word: str) -> list[str]:
    """The parts of a word between which a line may end, where the word itself is too long.

    A Khmer syllable keeps one final consonant, which is a guess: only zero-width spaces
    in the text say for sure where a word ends. Punctuation and digits stay together.
    """
    parts: list[str] = []
    for cluster in clusters(word):
        if parts and _belongs_to(parts[-1], cluster):
            parts[-1] += cluster
        else:
            parts.append(cluster)
    return parts


def _belongs_to(part: str, cluster: str) -> bool:
    if _NEVER_FIRST.match(cluster) or part[-1] in _OPENING:
        return True
    if _DIGITS.match(part[-1]) and _DIGITS.match(cluster):
        return True
    if _FINAL_CONSONANT.match(cluster):
        return True
    if _STACKED in cluster:
        return _BARE_CONSONANT.fullmatch(part.lstrip(_OPENING)) is not None
    return _closes_syllable(part.lstrip(_OPENING), cluster)


def _closes_syllable(part: str, cluster: str) -> bool:
    """Whether a consonant without a vowel may end the syllable rather than begin the next."""
    if not (_KHMER_LETTER.match(part) and _BARE_CONSONANT.fullmatch(cluster)):
        return False
    if _CLOSED.search(part):
        return part.endswith("\u17b6\u17c6") and cluster == "\u1784"
    inside = clusters(part)
    return len(inside) == 1 or _BARE_CONSONANT.fullmatch(inside[-1]) is None


def _fill(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph, width, measure):
        if line and measure((line + piece).rstrip()) > width:
            yield _trimmed(line)
            line = ""
        line += piece
    if _trimmed(line):
        yield _trimmed(line)


def _pieces(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    for word, gap in _WORD.findall(paragraph):
        if measure(word) <= width:
            yield word + gap
        else:
            *parts, last = syllables(word)
            yield from parts
            yield last + gap


def _trimmed(line: str) -> str:
    return line.strip().strip(ZERO_WIDTH_SPACE).strip()


def _shortened(line: str, width: float, measure: Measure) -> str:
    parts = clusters(line)
    while parts and measure("".join(parts).rstrip() + ELLIPSIS) > width:
        parts.pop()
    return "".join(parts).rstrip() + ELLIPSIS


def _isolates_closed(lines: list[str]) -> list[str]:
    """Direction isolates closed at each line's end and opened again on the next."""
    closed, carried = [], 0
    for line in lines:
        whole = ISOLATE * carried + line
        carried = max(0, whole.count(ISOLATE) - whole.count(POP_ISOLATE))
        closed.append(whole + POP_ISOLATE * carried)
    return closed
