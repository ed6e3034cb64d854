"""What a course can be, and its fields as they are typed: read, or refused with a remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.training import Course


class Mode(StrEnum):
    """How a course is held."""

    IN_PERSON = "in person"
    ONLINE = "online"
    SELF_PACED = "self-paced"
    ON_THE_JOB = "on the job"
    FOREIGN = "foreign offer"


MODE_WORDS: Mapping[str, Text] = {
    Mode.IN_PERSON: _("in person"),
    Mode.ONLINE: _("online"),
    Mode.SELF_PACED: _("self-paced"),
    Mode.ON_THE_JOB: _("on the job"),
    Mode.FOREIGN: _("foreign offer"),
}
Reader: TypeAlias = Callable[[str], Any]
LONGEST, LONGEST_TEXT = 200, 2000
MOST_HOURS, MOST_SEATS, MOST_PERCENT = 10_000, 5_000, 100
LANGUAGES = ("km", "ur")


def read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column of `Course` for all fields but code; refuses the first bad one."""
    values = {name: reader(_text(typed, name)) for name, reader in READERS.items()}
    values["titles"] = {
        language: title
        for language in LANGUAGES
        if (title := line(_text(typed, f"title_{language}")))
    }
    if not values["title"]:
        raise Refusal(_("Give the course a title."))
    fewest, most = values["min_seats"], values["max_seats"]
    if fewest and most and fewest > most:
        raise Refusal(_("The fewest seats are more than the most seats. Correct one of the two."))
    return values


def as_typed(course: Course) -> dict[str, str]:
    """A course's fields as `read` takes them, to fill a form beforehand."""
    shown: dict[str, Any] = {name: getattr(course, name) for name in READERS}
    shown |= {name: "yes" if shown[name] else "no" for name in YES_NO}
    shown["mode"] = course.mode.replace(" ", "_")
    shown["hours"] = f"{course.hours:g}" if course.hours is not None else ""
    shown |= {f"title_{language}": course.titles.get(language, "") for language in LANGUAGES}
    return {name: str(value) for name, value in shown.items() if value not in (None, "")}


def _text(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name)
    return "" if value is None else str(value).strip()


def line(text: str) -> str:
    """The words on one line; refuses more than fit on one."""
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST))
    return words


def _words(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST_TEXT))
    return text


def _mode(text: str) -> str:
    mode = text.replace("_", " ")
    if mode and mode not in MODE_WORDS:
        raise Refusal(_("Choose one of the ways in which a course is held."))
    return mode


def _hours(text: str) -> float | None:
    try:
        hours = float(text) if text else None
    except ValueError:
        hours = -1.0
    if hours is not None and not 0 <= hours <= MOST_HOURS:
        raise Refusal(_("Give the hours as a number from 0 to {most}.", most=MOST_HOURS))
    return hours


def _up_to(most: int) -> Reader:
    def read(text: str) -> int | None:
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
            raise Refusal(_("Give a number from 1 to {most}.", most=most))
        return int(text)

    return read


def _or(reader: Reader, default: Any) -> Reader:
    """What a blank means is `default`."""
    return lambda text: default if not text else reader(text)


def _yes_no(text: str) -> bool:
    return text == "yes"


YES_NO = ("needs_approval", "has_charter", "has_certificate", "reaction_required")
READERS: dict[str, Reader] = {
    "title": line,
    "category": line,
    "mode": _mode,
    "hours": _hours,
    "min_seats": _up_to(MOST_SEATS),
    "max_seats": _up_to(MOST_SEATS),
    "prerequisites": _words,
    "objectives": _words,
    "needs_approval": _or(_yes_no, True),
    "has_charter": _or(_yes_no, True),
    "has_certificate": _or(_yes_no, True),
    "reaction_required": _or(_yes_no, False),
    "least_attendance": _or(_up_to(MOST_PERCENT), 80),
    "pass_mark": _up_to(MOST_PERCENT),
}
