"""Telephone numbers in one spelling, so that a shared contact finds its person."""

from __future__ import annotations

import phonenumbers


def normalise(text: str, country: str) -> str:
    """A number as `+` and digits, read as one of `country` (ISO) if it has no prefix.

    Empty where the text is no possible number.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_international(text: str) -> str:
    """A number as the chat gives it: country prefix included, the plus sign perhaps not."""
    digits = text.strip().removeprefix("+")
    return normalise(f"+{digits}", "ZZ")
