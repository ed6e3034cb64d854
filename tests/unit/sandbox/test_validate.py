"""Every call is held against the table of the Bot API before anything happens."""

from __future__ import annotations

import pytest

from bot.sandbox.api_table import load_table
from bot.sandbox.errors import ApiError
from bot.sandbox.request import Call, Upload
from bot.sandbox.validate import checked_parameters


def check(method: str, strict: bool = True, **params: object) -> dict[str, object]:
    return checked_parameters(load_table(), Call(method, params), strict)


def refusal(method: str, **params: object) -> ApiError:
    with pytest.raises(ApiError) as caught:
        check(method, **params)
    return caught.value


def test_table__as_shipped__covers_bot_api_10_3_with_its_licence() -> None:
    table = load_table()
    assert table.version == "Bot API 10.3"
    assert len(table.methods) == 185
    assert len(table.types) + len(table.unions) == 400


@pytest.mark.parametrize("name", ["sendMessage", "sendmessage", "SENDMESSAGE"])
def test_method_name__in_any_case__is_known(name: str) -> None:
    assert check(name, chat_id="7", text="Hello") == {"chat_id": 7, "text": "Hello"}


def test_method__unknown__is_refused_with_404() -> None:
    error = refusal("sendMesage", chat_id=7, text="x")
    assert (error.code, error.description) == (404, "Not Found: method not found")


def test_parameter__unknown__is_refused_and_named() -> None:
    error = refusal("sendMessage", chat_id=7, text="x", disable_preview=True)
    assert error.code == 400
    assert "disable_preview" in error.problem


def test_field__unknown_when_not_strict__is_left_out() -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b", "hide": False}]]}
    checked = check("sendMessage", strict=False, chat_id=1, text="x", reply_markup=markup)
    kept = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    assert checked["reply_markup"] == kept


def test_parameter__unknown_when_not_strict__is_left_out() -> None:
    assert check("getUpdates", strict=False, offset=1, nonsense="y") == {"offset": 1}


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 1}, "Bad Request: message text is empty"),
    ],
)
def test_parameter__required_and_missing__is_refused(
    missing: dict[str, object], words: str
) -> None:
    assert refusal("sendMessage", **missing).description == words


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("Yes", True), ("1", True), ("false", False), (True, True)]
)
def test_boolean__as_people_write_it__is_understood(word: object, value: bool) -> None:
    checked = check("sendMessage", chat_id=1, text="x", protect_content=word)
    assert checked["protect_content"] is value


@pytest.mark.parametrize("word", ["maybe", "2"])
def test_boolean__neither_yes_nor_no__is_refused(word: str) -> None:
    assert refusal("sendMessage", chat_id=1, text="x", protect_content=word).code == 400


def test_integer__beyond_64_bits__is_clamped() -> None:
    assert check("getUpdates", offset="9" * 30) == {"offset": 2**63 - 1}


def test_nested_json__as_text_or_value__is_the_same() -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    as_text = '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'
    one = check("sendMessage", chat_id=1, text="x", reply_markup=markup)
    other = check("sendMessage", chat_id=1, text="x", reply_markup=as_text)
    assert one == other


def test_nested_json__with_a_field_that_does_not_exist__is_refused_with_its_place() -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback": "b"}]]}
    error = refusal("sendMessage", chat_id=1, text="x", reply_markup=markup)
    assert ".inline_keyboard[0][0] (InlineKeyboardButton) has no field callback" in error.problem


def test_nested_json__broken__is_refused() -> None:
    error = refusal("sendMessage", chat_id=1, text="x", reply_markup="{")
    assert error.description == "Bad Request: can't parse reply_markup JSON object"


def test_edit__with_a_reply_keyboard__is_refused() -> None:
    markup = {"keyboard": [[{"text": "a"}]]}
    error = refusal("editMessageText", chat_id=1, message_id=1, text="x", reply_markup=markup)
    assert error.code == 400


def test_file__attached_by_name__is_found() -> None:
    upload = Upload("a.txt", "text/plain", b"x")
    call = Call("sendDocument", {"chat_id": "1", "document": "attach://part"}, {"part": upload})
    assert checked_parameters(load_table(), call)["document"] is upload


def test_file__attached_by_a_name_that_is_not_there__is_refused() -> None:
    assert refusal("sendDocument", chat_id=1, document="attach://part").code == 400
