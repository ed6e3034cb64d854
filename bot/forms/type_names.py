"""The words of the `type` column: what each means here, and why some are not asked in a chat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text, _


class Refused(StrEnum):
    """Why a type is not taken."""

    LATER = "type_comes_later"
    NEVER = "type_not_in_chat"
    DEVICE = "type_device_only"
    UNKNOWN = "unknown_type"


@dataclass(frozen=True, slots=True)
class TypeWords:
    """A cell of the type column, understood: `name` is "" where it was refused."""

    written: str
    name: str = ""
    list_name: str = ""
    with_other: bool = False
    refused: Refused | None = None


BEGIN, END = "begin group", "end group"
FROM_FILE = "from file"

_PLAIN: Mapping[str, str] = {
    "text": "text", "string": "text", "q string": "text", "add text prompt": "text",
    "integer": "integer", "int": "integer", "q int": "integer",
    "add integer prompt": "integer", "percentage": "integer",
    "decimal": "decimal", "q decimal": "decimal", "add decimal prompt": "decimal",
    "date": "date", "q date": "date", "add date prompt": "date",
    "note": "note", "q note": "note", "add note prompt": "note",
    "acknowledge": "acknowledge", "trigger": "acknowledge", "q acknowledge": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "calculate": "calculate", "q calculate": "calculate", "add calculate prompt": "calculate",
    "image": "image", "photo": "image", "q picture": "image", "q image": "image",
    "add image prompt": "image", "add photo prompt": "image",
    "audio": "audio", "q audio": "audio", "add audio prompt": "audio",
    "file": "file", "add file prompt": "file",
    "range": "range", "hidden": "hidden", "phone number": "text",
    "start": "start", "start time": "start", "get start time": "start",
    "end": "end", "end time": "end", "get end time": "end",
    "today": "today", "get today": "today",
    "username": "username", "uri:username": "username",
    "deviceid": "deviceid", "device id": "deviceid", "get device id": "deviceid",
    "imei": "deviceid", "uri:deviceid": "deviceid",
    "begin group": BEGIN, "end group": END,
}  # fmt: skip

BUILT_IN_CONSTRAINTS: Mapping[str, str] = {
    "percentage": "0 <= . and . <= 100",
    "phone number": r"regex(., '^\d*$')",
}
"""What pyxform adds to these old types."""

_LATER = frozenset(
    [
        "geopoint",
        "gps",
        "location",
        "q location",
        "q geopoint",
        "add location prompt",
        "rank",
        "time",
        "datetime",
        "date time",
        "q date time",
        "q datetime",
        "add date time prompt",
        "add datetime prompt",
    ]
)
_NEVER = frozenset(
    [
        "video",
        "q video",
        "add video prompt",
        "barcode",
        "q barcode",
        "add barcode prompt",
        "geotrace",
        "q geotrace",
        "geoshape",
        "q geoshape",
        "osm",
        "audit",
        "xml-external",
        "csv-external",
        "start-geopoint",
        "background-audio",
        "background-geopoint",
        "include",
    ]
)
_DEVICE = frozenset(
    [
        "phonenumber",
        "get phone number",
        "uri:phonenumber",
        "simserial",
        "get sim id",
        "sim id",
        "uri:simserial",
        "subscriberid",
        "get subscriber id",
        "subscriber id",
        "uri:subscriberid",
        "email",
        "uri:email",
    ]
)
_SELECT_ONE = (
    "select one from file", "add select one prompt using", "select one from",
    "select one using", "q select1", "select one", "select1",
)  # fmt: skip
_SELECT_MULTIPLE = (
    "select multiple from file", "add select multiple prompt using",
    "select all that apply from", "select all that apply", "select multiple from",
    "select multiple using", "q select", "select multiple",
)  # fmt: skip
_OTHER = re.compile(r"\s+(?:or specify other|or other)$")
_REPEAT_END = re.compile(r"end (?:repeat|lgroup|looped group|loop)\b.*")
_REPEATS = re.compile(r"(?:begin|end) (?:repeat|lgroup|looped group|loop)\b.*")


def read_type(written: str) -> TypeWords:
    """What a cell of the type column means; underscores count as spaces, in any case."""
    words = " ".join(written.split())
    spaced = _spaced(words)
    if spaced in _PLAIN:
        return TypeWords(words, _PLAIN[spaced])
    if words.lower().startswith("select_one_external"):
        return TypeWords(words, refused=Refused.NEVER)
    for name, commands in (("select_one", _SELECT_ONE), ("select_multiple", _SELECT_MULTIPLE)):
        for command in commands:
            if spaced == command or spaced.startswith(command + " "):
                return _select(words, name, command)
    return TypeWords(words, refused=_refusal(spaced))


def _select(words: str, name: str, command: str) -> TypeWords:
    rest = words[len(command) :].strip()
    spaced = _spaced(rest)
    other = _OTHER.search(" " + spaced)
    if other:
        rest = rest[: len(rest) - len(other.group().strip())].strip()
    if command.endswith("from file"):
        name = f"{name} {FROM_FILE}"
    return TypeWords(words, name, rest, with_other=bool(other))


def _refusal(spaced: str) -> Refused:
    first = spaced.partition(" ")[0]
    if spaced in _LATER or first == "rank":
        return Refused.LATER
    if spaced in _DEVICE:
        return Refused.DEVICE
    if spaced in _NEVER or first in ("osm", "include") or spaced.startswith("cascading select"):
        return Refused.NEVER
    return Refused.NEVER if _REPEATS.fullmatch(spaced) else Refused.UNKNOWN


def closes_repeat(words: TypeWords) -> bool:
    """Whether this ends a repeat, which was refused where it begins."""
    return bool(_REPEAT_END.fullmatch(_spaced(words.written)))


def opens_repeat(words: TypeWords) -> bool:
    """Whether this begins a repeat."""
    spaced = _spaced(words.written)
    return bool(_REPEATS.fullmatch(spaced)) and spaced.startswith("begin")


def _spaced(words: str) -> str:
    return words.lower().replace("_", " ")


def known_types() -> list[str]:
    """The words to suggest for a mistyped type."""
    return [*_PLAIN, *_SELECT_ONE, *_SELECT_MULTIPLE, "select_one", "select_multiple"]


def why_refused(words: TypeWords) -> Text:
    """The sentence for a refused type: what it is, and what to do instead."""
    written = words.written
    spaced = _spaced(written)
    if words.refused is Refused.LATER:
        return _(
            "The type {type} comes later: Rollcall cannot ask it yet. Remove the row or ask "
            "in words.",
            type=written,
        )
    if words.refused is Refused.DEVICE:
        return _(
            "The type {type} is read from a device, which a chat cannot do. Remove the row or "
            "ask with a text question.",
            type=written,
        )
    if _REPEATS.fullmatch(spaced):
        return _(
            "{type}: repeated questions cannot be asked in a chat. Write them out, or send the "
            "form once for each.",
            type=written,
        )
    if spaced.startswith(("select one external", "cascading select")):
        return _(
            "{type}: lists of their own sheet cannot be asked in a chat. Put the choices on the "
            "sheet choices and use choice_filter.",
            type=written,
        )
    return _("The type {type} cannot be asked in a chat. Remove the row.", type=written)
