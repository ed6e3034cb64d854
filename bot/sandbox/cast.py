"""The people of the demonstration: the cast with its roles, and the whole roster behind it."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.sandbox.errors import PageError
from bot.sandbox.records import Json, Phone
from bot.sandbox.world import World

FIRST_ID = 100_000_000
FIRST_STRANGER = 200_000_000
MOST_FOUND = 20
SHOWN_IN_CAST = ("key", "role", "staff_no", "name", "name_local", "language", "phone_number")
SHOWN_IN_ROSTER = ("staff_no", "name", "name_local", "unit", "position", "language")


@dataclass(frozen=True, slots=True)
class Cast:
    """The roster as a list of objects; those with a key are the cast."""

    people: tuple[Json, ...] = ()

    @classmethod
    def read(cls, path: Path | None) -> Cast:
        """The roster in a JSON file; an absent file is an empty one."""
        if path is None or not path.exists():
            return cls()
        return cls(tuple(json.loads(path.read_text("utf-8"))))

    def leading(self) -> list[Json]:
        """The cast, as the page lists it."""
        return [_picked(person, SHOWN_IN_CAST) for person in self.people if person.get("key")]

    def search(self, words: str) -> list[Json]:
        """Up to 20 people whose number, name, unit or position contains every word."""
        wanted = words.casefold().split()
        found = (p for p in self.people if all(word in _searched(p) for word in wanted))
        return [_picked(person, SHOWN_IN_ROSTER) for person in islice(found, MOST_FOUND)]

    def person(self, staff_no: str) -> Json:
        for person in self.people:
            if person.get("staff_no") == staff_no:
                return person
        raise PageError(f"Nobody on the roster has the number {staff_no}.", 404)

    def by_key(self, key: str) -> Json:
        for person in self.people:
            if person.get("key") == key:
                return person
        raise PageError(f"Nobody in the cast is called {key}.", 404)


def phone_for(world: World, person: Json) -> Phone:
    """The phone of somebody on the roster, made when they have none yet."""
    number = str(person["staff_no"])
    for phone in world.phones.values():
        if phone.staff_no == number:
            return phone
    phone = Phone(
        id=_free_id(world, FIRST_ID + _stable_number(number)),
        name=person["name"],
        phone_number=person.get("phone_number") or "",
        language=person.get("language") or "en",
        key=person.get("key") or "",
        role=person.get("role") or "",
        staff_no=number,
    )
    world.add_phone(phone)
    return phone


def stranger(world: World, name: str, phone_number: str, language: str) -> Phone:
    """A phone of somebody whom no roster knows."""
    if not name.strip():
        raise PageError("A person needs a name.", 400)
    number = _free_id(world, FIRST_STRANGER)
    phone = Phone(id=number, name=name.strip(), phone_number=phone_number, language=language)
    world.add_phone(phone)
    return phone


def _free_id(world: World, number: int) -> int:
    while number in world.phones:
        number += 1
    return number


def _stable_number(staff_no: str) -> int:
    digits = "".join(char for char in staff_no if char.isdecimal())
    return (int(digits) if digits else zlib.crc32(staff_no.encode("utf-8"))) % 90_000_000


def _picked(person: Json, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: person.get(key) for key in keys}


def _searched(person: Json) -> str:
    return " ".join(str(person.get(key) or "") for key in SHOWN_IN_ROSTER).casefold()
