"""The simulated officers press what they are shown, whichever client showed it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from bench.officers import Officers

ROWS = [
    [{"text": "1", "callback_data": "q:7:3:i0"}, {"text": "2", "callback_data": "q:7:3:i1"}],
    [{"text": "Stop", "callback_data": "f:7:stop~4"}],
]


def as_json(call: dict[str, object]) -> bytes:
    return json.dumps(call).encode()


def as_form(call: dict[str, object]) -> bytes:
    fields = {
        name: json.dumps(value) if isinstance(value, dict) else value
        for name, value in call.items()
    }
    return urlencode(fields).encode()


def screen(user: int, rows: list[list[dict[str, str]]]) -> dict[str, object]:
    return {
        "chat_id": user,
        "text": "Question 4",
        "message_id": 9,
        "reply_markup": {"inline_keyboard": rows},
    }


def pressed(officers: Officers) -> list[tuple[int, str]]:
    return [
        (update["callback_query"]["from"]["id"], update["callback_query"]["data"])
        for update in json.loads(officers.take())
    ]


@pytest.mark.parametrize("encode", [as_json, as_form])
def test_shown__a_question__its_first_button_is_pressed_on_that_message(encode) -> None:
    officers = Officers()
    result = json.loads(officers.shown(encode(screen(5, ROWS)), is_edit=True))
    assert (result["message_id"], result["chat"]["id"]) == (9, 5)
    assert officers.answered == 1
    (update,) = json.loads(officers.take())
    press = update["callback_query"]
    assert (press["from"]["id"], press["data"]) == (5, "q:7:3:i0")
    assert press["message"]["message_id"] == 9


@pytest.mark.parametrize("encode", [as_json, as_form])
def test_shown__the_last_screen__the_next_officer_begins(encode) -> None:
    officers = Officers(at_once=1)
    officers.begin([(5, "q:7:0:i0"), (6, "q:8:0:i0")])
    assert pressed(officers) == [(5, "q:7:0:i0")]
    officers.shown(encode(screen(5, ROWS[1:])), is_edit=True)
    assert pressed(officers) == [(6, "q:8:0:i0")]
    assert officers.finished == 1


def test_take__more_than_a_batch__the_rest_comes_next() -> None:
    officers = Officers(at_once=150, last_update=1000)
    officers.begin([(user, "q:1:0:i0") for user in range(150)])
    numbers = [update["update_id"] for update in json.loads(officers.take())]
    numbers += [update["update_id"] for update in json.loads(officers.take())]
    assert numbers == list(range(1001, 1151))
