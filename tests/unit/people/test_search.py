"""Names are found in any script and by any usual spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.search import fold, search_text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("KHAN", "Ayesha Khan"),
        ("eva", "Éva Szabó"),
        ("۱۰۱۶", "1016"),
        ("១០១៦", "1016"),
        ("علي", "محمد علی"),
        ("محمد", "مُحَمَّد علی"),
        ("សុខ", "សុខ ដារ៉ា"),
        ("ដារ៉ា", "សុខ\u200bដារ៉ា"),
        ("sok  dara", "Sok Dara"),
    ],
)
def test_fold__other_spelling__is_found_in_it(typed: str, stored: str) -> None:
    assert fold(typed) in fold(stored)


def test_fold__other_khmer_vowel__is_another_name() -> None:
    assert fold("ដារី") != fold("ដារ៉ា")


def test_search_text__several_scripts__holds_each_once() -> None:
    text = search_text("1011", "Sok Dara", ["សុខ ដារ៉ា"], "Sok Dara", "Mr Dara")
    assert text == "1011 | sok dara | សុខ ដារ៉ា | mr dara"


@given(st.text(max_size=40))
def test_fold__folded_again__stays_as_it_is(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
