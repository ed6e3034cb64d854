"""Phone numbers and searchable names for whole rosters: the same results as `phones` and
`search` give one by one, reached faster for the usual cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from phonenumbers import PhoneMetadata

from bot.people import phones, search

SEPARATORS = str.maketrans("", "", " -().")
MOST_WORDS = 200_000

fold_word = lru_cache(MOST_WORDS)(search.fold)


class PhoneBook:
    """Normalises numbers of one country; all but plain national numbers go to `phones`."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._plain, self._code = _plain_numbers(country)

    def normalise(self, text: str) -> str:
        """A number as + and digits, or blank if it is no possible number."""
        digits = text.translate(SEPARATORS)
        match = self._plain.fullmatch(digits) if self._plain else None
        return f"+{self._code}{match[1]}" if match else phones.normalise(text, self._country)


def _plain_numbers(country: str) -> tuple[re.Pattern[str] | None, int]:
    """What mobile and fixed numbers look like with country code or national prefix."""
    data = PhoneMetadata.metadata_for_region(country)
    if data is None or data.national_prefix_transform_rule or data.leading_zero_possible:
        return None, 0
    prefix = data.national_prefix or ""
    if (data.national_prefix_for_parsing or "") != prefix:
        return None, 0
    patterns = [
        kind.national_number_pattern
        for kind in (data.mobile, data.fixed_line)
        if kind is not None and kind.national_number_pattern
    ]
    numbers = "|".join(f"(?:{pattern})" for pattern in patterns)
    before = rf"(?:\+{data.country_code}|{prefix})"
    pattern = re.compile(rf"{before}(?!{prefix or '$'})({numbers})", re.ASCII)
    return pattern, data.country_code or 0


def search_texts(
    staff_numbers: Sequence[str],
    full_names: Sequence[str],
    names: Sequence[Mapping[str, str]],
    *latin: Sequence[str],
) -> Iterator[str]:
    """The same as `search.search_text` gives for each person; one column for each argument.

    Every spelling is clean already, with single spaces and no line breaks.
    """
    written = [_fold_all(column) for column in latin if any(column)]
    columns = (_fold_all(staff_numbers), _fold_all(full_names), names, *written)
    for staff_no, full_name, others, *rest in zip(*columns, strict=True):
        spellings = (staff_no, full_name, *map(_fold, others.values()), *rest)
        yield " | ".join(filter(None, dict.fromkeys(spellings)))


def _fold_all(column: Sequence[str]) -> list[str]:
    joined = "\n".join(column)
    if column and joined.isascii():
        return joined.casefold().split("\n")
    return [_fold(words) for words in column]


def _fold(words: str) -> str:
    if words.isascii():
        return " ".join(words.casefold().split())
    return " ".join(fold_word(word) for word in words.split())
