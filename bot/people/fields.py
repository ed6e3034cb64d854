"""The fields of a person as they are typed: each turned into a value, or refused with a remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from zoneinfo import available_timezones

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, _
from bot.models.people import Person
from bot.people import directory, phones

Reader: TypeAlias = Callable[[Ctx, str], Any]
LONGEST = 200
# In which script each further spelling of a name is typed.
NAME_FIELDS = {f"name_{language}": language for language in LANGUAGES if language != "en"}


def read(ctx: Ctx, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column of `Person` for the fields given; an empty answer becomes a blank.

    Fields that no person has are left out. Refuses the first bad value.
    """
    values: dict[str, Any] = {}
    for name, given in typed.items():
        if name in READERS:
            column, reader = READERS[name]
            values[column] = reader(ctx, "" if given is None else str(given).strip())
    return values


def spellings(typed: Mapping[str, Any], present: Mapping[str, str]) -> dict[str, str]:
    """The person's name by language: what is present, with what was typed laid over it."""
    merged = dict(present)
    for field, language in NAME_FIELDS.items():
        if field in typed:
            merged[language] = _line("" if typed[field] is None else str(typed[field]))
    return {language: name for language, name in merged.items() if name}


def _line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST))
    return line


def _text(_ctx: Ctx, text: str) -> str:
    return _line(text)


def _name(_ctx: Ctx, text: str) -> str:
    line = _line(text)
    if not line:
        raise Refusal(_("The name is missing. Type the whole name."))
    return line


def _staff_no(_ctx: Ctx, text: str) -> str:
    line = _line(text)
    if not line or " " in line:
        raise Refusal(_("Type the staff number as one word, such as 10423."))
    return line


def _phone(ctx: Ctx, text: str) -> str:
    if not text:
        return ""
    number = phones.normalise(text, ctx.settings.country)
    if not number:
        raise Refusal(
            _(
                "{number} is no telephone number. Type it with prefix, such as +855 12 345 678.",
                number=text,
            )
        )
    return number


def _language(_ctx: Ctx, text: str) -> str:
    if text and text not in LANGUAGES:
        raise Refusal(_("Rollcall does not speak this language. Choose one of the list."))
    return text


def _zone(_ctx: Ctx, text: str) -> str:
    if text and text not in available_timezones():
        raise Refusal(_("{zone} is no time zone. Choose one of the list.", zone=text))
    return text


def _date(_ctx: Ctx, text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise Refusal(_("Give a date such as 2026-11-22.")) from None


def _unit(ctx: Ctx, name: str) -> int:
    unit_id = directory.find_office(ctx.session, name)
    if unit_id is None:
        raise Refusal(_("There is no office {name}. Choose one of the list.", name=name))
    return unit_id


def _supervisor(ctx: Ctx, staff_no: str) -> int | None:
    if not staff_no:
        return None
    person_id = directory.find_staff_no(ctx.session, staff_no)
    person = ctx.session.get(Person, person_id) if person_id is not None else None
    if person is None or not person.active:
        raise Refusal(
            _(
                "Nobody in the roster has the number {number}. Choose a supervisor of the list.",
                number=staff_no,
            )
        )
    return person.id


READERS: dict[str, tuple[str, Reader]] = {
    "staff_no": ("staff_no", _staff_no),
    "full_name": ("full_name", _name),
    "name_latin": ("name_latin", _text),
    "address_as": ("address_as", _text),
    "rank": ("rank", _text),
    "unit": ("unit_id", _unit),
    "position": ("position", _text),
    "in_post_since": ("in_post_since", _date),
    "grade": ("grade", _text),
    "supervisor": ("supervisor_id", _supervisor),
    "gender": ("gender", _text),
    "phone": ("phone", _phone),
    "language": ("language", _language),
    "timezone": ("timezone", _zone),
    "retires_on": ("retires_on", _date),
}
