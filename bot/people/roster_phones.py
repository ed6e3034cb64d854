"""Phone numbers of whole rosters: what `phones` gives one by one, reached faster; shared ones."""

from __future__ import annotations

import re

from phonenumbers import PhoneMetadata

from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.people import phones

SEPARATORS = str.maketrans("", "", " -().")


def phones_of(records: Records, country: str, found: Findings) -> list[str]:
    """The numbers in one spelling, blank where they are none; notes numbers that two share."""
    book = PhoneBook(country)
    typed = records.values["phone"]
    known = {words: book.normalise(words) if words else "" for words in set(typed)}
    numbers = [known[words] for words in typed]
    heading = records.heading("phone")
    is_any_bad = numbers.count("") > typed.count("")
    for row, words, number in zip(records.rows, typed, numbers, strict=True) if is_any_bad else ():
        if words and not number:
            found.blank(
                "bad-phone",
                _(
                    "“{value}” is no phone number of {country}. Write it like a caller would, "
                    "or with + and the country's prefix.",
                    value=words,
                    country=country,
                ),
                row,
                heading,
            )
    _note_shared(records, numbers, heading, found)
    return numbers


def _note_shared(records: Records, numbers: list[str], heading: str, found: Findings) -> None:
    """Who shares a number cannot link by sharing the own contact, and ought to be told."""
    given = [number for number in numbers if number]
    if len(set(given)) == len(given):
        return
    first: dict[str, int] = {}
    for row, number in zip(records.rows, numbers, strict=True):
        if number in first:
            found.warn(
                "phone-shared",
                _(
                    "The number {phone} stands in row {row} too. Both keep it, but neither can "
                    "be recognised by it; they need an invite.",
                    phone=number,
                    row=str(first[number]),
                ),
                row,
                heading,
            )
        elif number:
            first[number] = row


class PhoneBook:
    """Normalises numbers of one country; all but plain national numbers go to `phones`."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._plain, self._code = _plain_numbers(country)

    def normalise(self, text: str) -> str:
        """A number as + and digits, or blank if it is no possible number."""
        match = None
        if self._plain is not None:
            match = self._plain.fullmatch(text)
            match = match or self._plain.fullmatch(text.translate(SEPARATORS))
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
