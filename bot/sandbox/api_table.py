"""The Bot API as a table: which methods and types exist, their fields, types and what is required.

`faults_in` judges a value against a type; requests and emitted objects are judged alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("botapi.json")
ARRAY = "Array of "
PLAIN: Mapping[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "InputFile": (str,),
}


@dataclass(frozen=True, slots=True)
class Field:
    types: tuple[str, ...]
    required: bool


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class ApiTable:
    """`methods` by official name, `types` with their fields, `unions` with their members."""

    version: str
    methods: Mapping[str, Fields]
    types: Mapping[str, Fields]
    unions: Mapping[str, tuple[str, ...]]
    official_names: Mapping[str, str]

    def official_name(self, name: str) -> str | None:
        """The method's name as documented, whatever the case it was written in."""
        return self.official_names.get(name.lower())

    def faults_in(self, value: object, types: tuple[str, ...], where: str) -> list[str]:
        """What keeps `value` from being one of `types`; the nearest type's faults, or none."""
        nearest: list[str] | None = None
        for name in self._members(types):
            faults = self._faults_in_one(value, name, where)
            if not faults:
                return []
            if nearest is None or len(faults) < len(nearest):
                nearest = faults
        return nearest or [f"{where} may not be given at all"]

    def without_unknown(self, value: Any, types: tuple[str, ...]) -> Any:
        """`value` with only the fields that its nearest type among `types` has."""
        if isinstance(value, list):
            members = tuple(t.removeprefix(ARRAY) for t in types if t.startswith(ARRAY))
            return [self.without_unknown(item, members) for item in value]
        objects = [name for name in self._members(types) if name in self.types]
        if not isinstance(value, dict) or not objects:
            return value
        nearest = min(objects, key=lambda name: len(self._faults_in_one(value, name, "")))
        fields = self.types[nearest]
        return {
            key: self.without_unknown(item, fields[key].types)
            for key, item in value.items()
            if key in fields
        }

    def _members(self, types: tuple[str, ...]) -> tuple[str, ...]:
        members: list[str] = []
        for name in types:
            members += self._members(self.unions[name]) if name in self.unions else [name]
        return tuple(members)

    def _faults_in_one(self, value: object, name: str, where: str) -> list[str]:
        if name in PLAIN:
            return [] if _is_plain(value, name) else [f"{where} is not {name}"]
        if name.startswith(ARRAY):
            return self._faults_in_array(value, name.removeprefix(ARRAY), where)
        if not isinstance(value, dict):
            return [f"{where} is not an object of type {name}"]
        return self._faults_in_fields(value, self.types[name], f"{where} ({name})")

    def _faults_in_array(self, value: object, member: str, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where} is not an array of {member}"]
        faults: list[str] = []
        for index, item in enumerate(value):
            faults += self.faults_in(item, (member,), f"{where}[{index}]")
        return faults

    def _faults_in_fields(self, value: dict[str, Any], fields: Fields, where: str) -> list[str]:
        faults = [f"{where} has no field {key}" for key in value if key not in fields]
        for name, field in fields.items():
            if name in value:
                faults += self.faults_in(value[name], field.types, f"{where}.{name}")
            elif field.required:
                faults.append(f"{where} lacks {name}")
        return faults


def _is_plain(value: object, name: str) -> bool:
    if name == "True":
        return value is True
    if isinstance(value, bool):
        return name == "Boolean"
    return isinstance(value, PLAIN[name])


@cache
def load_table() -> ApiTable:
    """The table that ships with the sandbox."""
    raw = json.loads(TABLE.read_text("utf-8"))
    methods = {name: _fields(entry) for name, entry in raw["methods"].items()}
    types = {name: _fields(e) for name, e in raw["types"].items() if isinstance(e, dict)}
    unions = {name: tuple(e) for name, e in raw["types"].items() if isinstance(e, list)}
    official = {name.lower(): name for name in methods}
    return ApiTable(raw["version"], methods, types, unions, official)


def _fields(entry: dict[str, str]) -> Fields:
    return {name: _field(words) for name, words in entry.items()}


@cache
def _field(words: str) -> Field:
    return Field(tuple(words.removesuffix("!").split("|")), words.endswith("!"))
