"""Right-to-left sentences keep in order what reads from the left."""

from __future__ import annotations

import pytest

from bot.i18n import ISOLATE, POP_ISOLATE, isolate, isolate_quoted, translations


@pytest.mark.parametrize(
    "value",
    [
        "+855 12 345 678", "2026-11-22", "012 345", "HS-2026-03", "00101 → 00111 → 00101",
        "12.5 ± 0.5", "50 +- 1", "50+/-1",
    ],
)  # fmt: skip
def test_isolate__several_parts_in_urdu__keep_their_order(value: str) -> None:
    assert isolate(value, "ur") == f"{ISOLATE}{value}{POP_ISOLATE}"


@pytest.mark.parametrize("value", ["10423", "12.5", "08:30", "کلاس 3"])
def test_isolate__one_number_or_urdu_words__is_left_alone(value: str) -> None:
    assert isolate(value, "ur") == value


def test_isolate__numbers_in_english__are_left_alone() -> None:
    assert isolate("+855 12 345 678", "en") == "+855 12 345 678"


@pytest.mark.parametrize(
    "quoted",
    [
        "/start", "/{name}", ".xlsx", "format-date()", "2026-12-31", "+855 12 345 678",
        "12.5 ± 0.5",
    ],
)  # fmt: skip
def test_isolate_quoted__what_is_typed_as_it_stands__is_isolated(quoted: str) -> None:
    assert isolate_quoted(f"یوں لکھیں: {quoted}۔") == f"یوں لکھیں: {ISOLATE}{quoted}{POP_ISOLATE}۔"


@pytest.mark.parametrize("words", ["UTF-8", "Asia/Phnom_Penh", "08:30", "{name} (/)", "Mon,Wed"])
def test_isolate_quoted__what_keeps_its_order_by_itself__is_left_alone(words: str) -> None:
    assert isolate_quoted(f"یوں لکھیں: {words}۔") == f"یوں لکھیں: {words}۔"


def test_translations__command_in_urdu__is_isolated_and_in_khmer_is_not() -> None:
    sentence = "First tell the training desk who you are: send /start."
    assert f"{ISOLATE}/start{POP_ISOLATE}" in translations("ur").gettext(sentence)
    assert ISOLATE not in translations("km").gettext(sentence)
