"""Telephone numbers find their person however they were written."""

from __future__ import annotations

import pytest

from bot.people.phones import normalise, normalise_international


@pytest.mark.parametrize("text", ["012 345 678", "+855 12 345 678", "(012) 345-678", "០១២៣៤៥៦៧៨"])
def test_normalise__ways_to_write_one_number__give_one(text: str) -> None:
    assert normalise(text, "KH") == "+85512345678"


@pytest.mark.parametrize("text", ["85512345678", "+85512345678", " +85512345678 "])
def test_normalise_international__with_and_without_plus__give_one(text: str) -> None:
    assert normalise_international(text) == "+85512345678"


@pytest.mark.parametrize("text", ["", "abc", "12", "+", "12345678901234567890"])
def test_normalise__no_number__is_blank(text: str) -> None:
    assert normalise(text, "KH") == ""
    assert normalise_international(text) == ""
