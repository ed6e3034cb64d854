"""Cutting never ends inside a letter, keeps words where it can, and closes what it opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import ISOLATE, POP_ISOLATE
from bot.shorten import cut, pieces
from tests.unit.encoder.screens import words


@given(words(400), st.integers(8, 300))
def test_cut__anything__is_short_enough_and_a_beginning(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    if len(text) <= most:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1].rstrip(POP_ISOLATE))
        assert short.count(ISOLATE) <= short.count(POP_ISOLATE)


@given(words(2000), st.integers(20, 300))
def test_pieces__together__hold_every_letter(text: str, most: int) -> None:
    found = list(pieces(text, most))
    assert all(len(piece) <= most for piece in found)
    assert letters("".join(found)) == letters(text)


def letters(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "\u2068\u2069")


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("The value of goods", 11, "The value…"),
        ("Thevalueofgoods", 8, "Thevalu…"),
        ("ស្ត្រី" * 3, 8, "ស្ត្រី…"),
        ("ស្ត្រី" * 3, 12, "ស្ត្រី…"),
        ("تشخیص مالیت سامان", 13, "تشخیص مالیت…"),
        ("ab👩🏽‍✈️cd", 5, "ab…"),
        ("🇰🇭🇫🇯🇵🇰", 4, "🇰🇭…"),
        ("cafe\u0301s", 5, "caf…"),
        (f"of {ISOLATE}VAL-1 of goods{POP_ISOLATE}", 12, f"of {ISOLATE}VAL-1{POP_ISOLATE}…"),
    ],
)
def test_cut__between_letters__not_inside_one(text: str, most: int, short: str) -> None:
    assert cut(text, most) == short


def test_cut__marks_without_end__still_ends() -> None:
    assert len(cut("a" + "\u0301" * 5000, 100)) <= 100
