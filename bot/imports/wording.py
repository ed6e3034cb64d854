"""Sentences and faults as JSON, so that a run keeps them until somebody reads them."""

from __future__ import annotations

from typing import Any

from bot.errors import Fault, Severity
from bot.i18n import Joined, Percent, Text


def pack_text(text: Text) -> dict[str, Any]:
    """A sentence as plain JSON values; its values may be text, numbers and sentences."""
    packed: dict[str, Any] = {"id": text.msgid}
    if text.params:
        packed["params"] = {name: _pack_value(value) for name, value in text.params}
    if text.plural is not None:
        packed["plural"], packed["count"] = text.plural, text.count
    return packed


def _pack_value(value: object) -> object:
    if isinstance(value, Text):
        return pack_text(value)
    if isinstance(value, Joined):
        return {"joined": [_pack_value(part) for part in value.parts]}
    return {"share": value.share} if isinstance(value, Percent) else value


def _unpack_value(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    if "joined" in value:
        return Joined(tuple(_unpack_value(part) for part in value["joined"]))
    return Percent(value["share"]) if "share" in value else unpack_text(value)


def unpack_text(packed: dict[str, Any]) -> Text:
    params = tuple(
        (name, _unpack_value(value)) for name, value in packed.get("params", {}).items()
    )
    return Text(packed["id"], params, packed.get("plural"), packed.get("count", 0))


def pack_fault(fault: Fault) -> list[Any]:
    return [
        pack_text(fault.sentence),
        fault.sheet,
        fault.row,
        fault.column,
        fault.severity.value,
        fault.code,
    ]


def unpack_fault(packed: list[Any]) -> Fault:
    sentence, sheet, row, column, severity, code = packed
    return Fault(unpack_text(sentence), sheet, row, column, Severity(severity), code)
