"""Holds each call against the table of the Bot API and gives its parameters their types.

Telegram ignores unknown parameters and fields; with `strict` they are refused, since
Rollcall never means to send one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.api_table import ApiTable, Field, Fields
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.request import Call, Upload

TRUE_WORDS = frozenset({"true", "yes", "1"})
FALSE_WORDS = frozenset({"false", "no", "0", ""})
SMALLEST, LARGEST = -(2**63), 2**63 - 1
EMPTY_WORDS = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id not specified",
}


def checked_parameters(table: ApiTable, call: Call, strict: bool = True) -> dict[str, Any]:
    """The call's parameters typed as the table says; an uploaded part becomes an `Upload`.

    Refuses a method that does not exist, a required parameter that is missing, a value
    of the wrong type and, with `strict`, a parameter the method does not have.
    """
    name = table.official_name(call.method)
    if name is None:
        raise ApiError(404, "method not found", problem=f"there is no method {call.method}")
    fields = table.methods[name]
    given = {**call.params, **_direct_uploads(call, fields)}
    _refuse_unknown(name, given, fields, strict)
    typed = {
        key: _typed(table, key, value, fields[key], call, strict)
        for key, value in given.items()
        if key in fields and value is not None
    }
    _refuse_missing(name, typed, fields)
    return typed


def _direct_uploads(call: Call, fields: Fields) -> dict[str, Upload]:
    return {part: upload for part, upload in call.uploads.items() if part in fields}


def _refuse_unknown(name: str, given: dict[str, Any], fields: Fields, strict: bool) -> None:
    unknown = sorted(key for key in given if key not in fields)
    if unknown and strict:
        words = ", ".join(unknown)
        raise bad_request(
            f"unknown parameter {words}",
            f"{name} has no parameter {words}; Telegram would ignore it",
        )


def _refuse_missing(name: str, typed: dict[str, Any], fields: Fields) -> None:
    for key, field in fields.items():
        if field.required and key not in typed:
            words = EMPTY_WORDS.get(key, f'parameter "{key}" is required')
            raise bad_request(words, f"{name} needs the parameter {key}")


def _typed(table: ApiTable, key: str, value: Any, field: Field, call: Call, strict: bool) -> Any:
    if isinstance(value, Upload):
        return value
    if "InputFile" in field.types and isinstance(value, str) and value.startswith("attach://"):
        return _attached(value, call)
    value = _coerced(key, value, field.types)
    if not strict:
        value = table.without_unknown(value, field.types)
    faults = table.faults_in(value, field.types, key)
    if faults:
        raise bad_request(f"can't parse {key}: {faults[0]}", "; ".join(faults))
    return value


def _attached(value: str, call: Call) -> Upload:
    part = value.removeprefix("attach://")
    if part not in call.uploads:
        raise bad_request("wrong file identifier/HTTP URL specified", f"no part named {part}")
    return call.uploads[part]


def _coerced(key: str, value: Any, types: tuple[str, ...]) -> Any:
    if not isinstance(value, str):
        return str(value) if types == ("String",) and _is_number(value) else value
    if "Integer" in types and re.fullmatch(r"\s*[+-]?\d+\s*", value):
        return min(max(int(value), SMALLEST), LARGEST)
    if "String" in types or "InputFile" in types:
        return value
    if "Boolean" in types:
        return _boolean(value)
    if "Float" in types:
        return _number(value)
    return value if "Integer" in types else _parsed(key, value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _boolean(word: str) -> bool | str:
    word = word.strip().lower()
    if word in TRUE_WORDS:
        return True
    return False if word in FALSE_WORDS else word


def _number(word: str) -> float | str:
    try:
        return float(word)
    except ValueError:
        return word


def _parsed(key: str, value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError as error:
        raise bad_request(f"can't parse {key} JSON object", str(error)) from error


def chat_of(params: Mapping[str, object]) -> int | None:
    """The chat a call is about, as far as its parameters say a number."""
    chat = params.get("chat_id")
    if isinstance(chat, str) and chat.lstrip("-").isdecimal():
        return int(chat)
    return chat if isinstance(chat, int) else None
