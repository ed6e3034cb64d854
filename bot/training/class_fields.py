"""The fields of a class as they are typed: each turned into a value, or refused with a remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from zoneinfo import available_timezones

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person
from bot.models.training import Course, Trainer, TrainingClass
from bot.people import directory

Reader: TypeAlias = Callable[[Ctx, str], Any]
LONGEST = 200
MOST_SEATS = 5000


def read(ctx: Ctx, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column of `TrainingClass` for all fields; a blank answer becomes a blank.

    Refuses the first bad value, and dates that are not both there or stand the wrong way round.
    """
    values = {
        column: reader(ctx, str(typed.get(name) or "").strip())
        for name, (column, reader) in READERS.items()
    }
    starts, ends = values["starts_on"], values["ends_on"]
    if (starts is None) != (ends is None):
        raise Refusal(_("Give both dates, or neither: a class without dates gathers interest."))
    if starts is not None and ends < starts:
        raise Refusal(_("The last day lies before the first day. Correct one of the dates."))
    return values


def as_typed(ctx: Ctx, held: TrainingClass) -> dict[str, str]:
    """A class's fields as `read` takes them, to fill a form beforehand."""
    shown: dict[str, Any] = {
        "starts_on": held.starts_on,
        "ends_on": held.ends_on,
        "start_time": held.start_time and held.start_time.strftime("%H:%M"),
        "end_time": held.end_time and held.end_time.strftime("%H:%M"),
        "timezone": held.timezone,
        "place": held.place,
        "seats": held.seats,
    }
    trainer = ctx.session.get(Trainer, held.trainer_id) if held.trainer_id else None
    coordinator = ctx.session.get(Person, held.coordinator_id) if held.coordinator_id else None
    shown["trainer"] = trainer.code if trainer else ""
    shown["coordinator"] = coordinator.staff_no if coordinator else ""
    return {name: str(value) for name, value in shown.items() if value}


def course_id(ctx: Ctx, code: str) -> int:
    """The course with this code; refuses one that is not there."""
    found = ctx.session.scalars(select(Course.id).where(Course.code == code)).first()
    if found is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    return found


def _date(_ctx: Ctx, text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(_("{text} is no date. Give one such as 2026-11-22.", text=text)) from None


def _time(_ctx: Ctx, text: str) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(_("{text} is no time. Give one such as 16:30.", text=text)) from None


def _zone(_ctx: Ctx, text: str) -> str:
    if text and text not in available_timezones():
        raise Refusal(
            _("{text} is no time zone. Choose one from the list, or leave it blank.", text=text)
        )
    return text


def _line(_ctx: Ctx, text: str) -> str:
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise Refusal(_("That is too long: at most {count} characters.", count=LONGEST))
    return line


def _seats(_ctx: Ctx, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_SEATS:
        raise Refusal(_("Give the seats as a number from 1 to {most}.", most=MOST_SEATS))
    return int(text)


def _trainer(ctx: Ctx, text: str) -> int | None:
    if not text:
        return None
    found = ctx.session.scalars(select(Trainer.id).where(Trainer.code == text)).first()
    if found is None:
        raise Refusal(_("There is no trainer {code}. Choose one from the list.", code=text))
    return found


def _person(ctx: Ctx, text: str) -> int | None:
    if not text:
        return None
    found = directory.find_staff_no(ctx.session, text)
    if found is None:
        raise Refusal(_("Nobody has the staff number {number}.", number=text))
    return found


READERS: dict[str, tuple[str, Reader]] = {
    "starts_on": ("starts_on", _date),
    "ends_on": ("ends_on", _date),
    "start_time": ("start_time", _time),
    "end_time": ("end_time", _time),
    "timezone": ("timezone", _zone),
    "place": ("place", _line),
    "seats": ("seats", _seats),
    "trainer": ("trainer_id", _trainer),
    "coordinator": ("coordinator_id", _person),
}
