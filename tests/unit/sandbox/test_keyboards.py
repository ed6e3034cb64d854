"""What Telegram refuses of keyboards."""

from __future__ import annotations

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.keyboards import checked_markup
from bot.sandbox.records import Json


def inline(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


def button(data: str = "x", text: str = "Go") -> Json:
    return {"text": text, "callback_data": data}


@pytest.mark.parametrize("data", ["x", "x" * 64, "ក" * 21])
def test_callback_data__up_to_64_bytes__is_taken(data: str) -> None:
    assert checked_markup(inline([button(data)])) == inline([button(data)])


@pytest.mark.parametrize("data", ["", "x" * 65, "ក" * 22])
def test_callback_data__empty_or_over_64_bytes__is_refused(data: str) -> None:
    with pytest.raises(ApiError) as caught:
        checked_markup(inline([button(data)]))
    assert caught.value.description == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    "markup",
    [
        inline(*[[button()] for _ in range(101)]),
        inline([button() for _ in range(9)]),
        inline(*[[button(text="x" * 200)] for _ in range(60)]),
        {"keyboard": [[{"text": "x"}] * 13]},
    ],
    ids=["101 buttons", "9 in a row", "over 10 kB", "13 reply buttons in a row"],
)
def test_markup__too_large__is_refused(markup: Json) -> None:
    with pytest.raises(ApiError) as caught:
        checked_markup(markup)
    assert caught.value.description == "Bad Request: reply markup is too long"


def test_markup__the_largest_allowed__is_taken() -> None:
    markup = inline(*[[button() for _ in range(8)] for _ in range(12)])
    assert checked_markup(markup) == markup


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"text": "x"}, "text buttons are unallowed in the inline keyboard"),
        ({"text": "", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"text": "x", "url": "nowhere"}, "Wrong HTTP URL"),
        ({"text": "x", "callback_data": "x", "url": "http://a.org"}, "BUTTON_TYPE_INVALID"),
        ({"text": "x", "callback_data": "x", "style": "pink"}, "BUTTON_STYLE_INVALID"),
    ],
)
def test_button__that_cannot_be__is_refused(bad: Json, words: str) -> None:
    with pytest.raises(ApiError, match=words):
        checked_markup(inline([bad]))


def test_markup__of_empty_rows__is_none() -> None:
    assert checked_markup(inline([], [])) is None
