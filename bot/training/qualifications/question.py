"""A typed question such as “who at Poipet is qualified in valuation, and until when?”: what it
asks about, and where; pure.

Words are compared as people are searched: without case, accents or vowel signs. Khmer writes no
space between words, so names are looked for in it first, and words that say nothing are cut out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.people.search import fold
from bot.training.qualifications.question_words import (
    ASKING,
    QUALIFIED,
    SAYING_NOTHING,
    WHO,
)

T = TypeVar("T")
KHMER = "\u1780-\u17ff"
IN_KHMER = re.compile(f"[{KHMER}]")
PARTS = re.compile(f"[{KHMER}]+|[^{KHMER}\\s]+")
LEAST_STEM, LEAST_PLURAL, LEAST_KHMER = 4, 3, 3
"""So many letters of a word are enough to know a longer form of it, or one with a letter more; so
many of a Khmer name.
"""

MOST_WORDS = 16
"""A text with more words that may name something is no question: each is compared with all names.
"""

MOST_KNOWN = 20_000
"""Names of courses and offices that are kept folded, since each question looks at all."""


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """Something a question may name: `key` is what it is, `names` its code and titles."""

    key: T
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What is named; several where the words fit several alike."""

    keys: tuple[T, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question; whether it says who, and whether qualified."""

    words: tuple[str, ...]
    says_who: bool = False
    says_qualified: bool = False


def may_ask(text: str) -> bool:
    """Whether it has a word by which such a question is known; whatever there is to name."""
    plain = _without_signs(fold(text))
    words = set(PARTS.findall(plain))
    return any(one in plain if IN_KHMER.search(one) else one in words for one in ASKING)


def read(text: str, names: Iterable[str] = ()) -> Asked:
    """The words that may name something, none of a text that is too long for a question. `names`
    are kept whole where Khmer writes them.
    """
    plain = _without_signs(fold(text))
    known = names if IN_KHMER.search(plain) else ()
    kept, rest = _cut_out(plain, {_folded(name) for name in known if IN_KHMER.search(name)})
    parts = PARTS.findall(rest)
    khmer = [part for part in parts if IN_KHMER.match(part)]
    others = [part for part in parts if not IN_KHMER.match(part)]
    said, named = _without_small(khmer)
    said |= {word for word in others if word in ASKING}
    words = dict.fromkeys(
        (*kept, *named, *(word for word in others if word not in SAYING_NOTHING))
    )
    if len(words) > MOST_WORDS:
        return Asked(())
    return Asked(tuple(words), bool(said & WHO), bool(said & QUALIFIED))


def best(words: Sequence[str], candidates: Iterable[Named[T]]) -> Found[T]:
    """What most of the words name; of several that are named alike, those named in whole."""
    named = list(candidates)
    parts = {part for one in named for name in one.names for part in _parts(name)}
    said = _said(words, parts)
    scored: list[tuple[int, bool, Named[T], frozenset[str]]] = []
    for one in named:
        matched, whole = _matched(said, set(words), one.names)
        if matched:
            scored.append((len(matched), whole, one, matched))
    most = max((score for score, *_others in scored), default=0)
    top = [entry for entry in scored if entry[0] == most]
    whole_ones = [entry for entry in top if entry[1]]
    chosen = whole_ones or top
    keys = tuple(entry[2].key for entry in chosen)
    return Found(keys, frozenset(word for entry in chosen for word in entry[3]))


def _said(words: Sequence[str], parts: Iterable[str]) -> dict[str, frozenset[str]]:
    """By which words each part of a name is said; those that nobody said are left out. Every
    part is compared once, in however many names it stands.
    """
    found = ((part, frozenset(word for word in words if _is_same(word, part))) for part in parts)
    return {part: matched for part, matched in found if matched}


def _matched(
    said: Mapping[str, frozenset[str]], words: AbstractSet[str], names: Iterable[str]
) -> tuple[frozenset[str], bool]:
    """The words that one of the names holds, of the name that holds most, and whether all of that
    name was said.
    """
    found: tuple[frozenset[str], bool] = (frozenset(), False)
    for name in names:
        parts = _parts(name)
        matched = frozenset(word for part in parts for word in said.get(part, ()))
        whole = bool(parts) and set(parts) <= words
        if (len(matched), whole) > (len(found[0]), found[1]):
            found = matched, whole
    return found


@lru_cache(maxsize=MOST_KNOWN)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(_without_signs(fold(name)).split())


@lru_cache(maxsize=MOST_KNOWN)
def _folded(name: str) -> str:
    return fold(name)


def _is_same(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = (word, other) if len(word) <= len(other) else (other, word)
    if short not in long:
        return False
    if IN_KHMER.search(short):
        return len(short) >= LEAST_KHMER and short in long
    is_plural = len(long) == len(short) + 1 and len(short) >= LEAST_PLURAL
    return (len(short) >= LEAST_STEM or is_plural) and long.startswith(short)


def _without_signs(text: str) -> str:
    return "".join(
        " " if unicodedata.category(char)[0] in "PSZ" else char for char in text
    ).strip()


def _cut_out(text: str, names: Iterable[str]) -> tuple[list[str], str]:
    """The Khmer names that stand in the text, the longest first, and the text without them."""
    found = []
    for name in sorted(names, key=lambda one: (-len(one), one)):
        if name and name in text:
            found.append(name)
            text = text.replace(name, " ")
    return found, text


def _without_small(parts: Iterable[str]) -> tuple[set[str], list[str]]:
    """The Khmer words that ask, and what is left of the others without those that say nothing."""
    said: set[str] = set()
    left: list[str] = []
    small = sorted((word for word in SAYING_NOTHING if IN_KHMER.search(word)), key=len)
    for part in parts:
        rest = part
        for word in reversed(small):
            if word in rest:
                said |= {word} & ASKING
                rest = rest.replace(word, " ")
        left += [word for word in rest.split() if len(word) >= LEAST_KHMER]
    return said, left
