"""The fields of a class as they are typed: each turned into a value, or refused with a remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from zoneinfo import available_timezones

from sqlalchemy import select

from bot.calendar import week_of
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _
from bot.models.people import Person
from bot.models.training import Course, Entry, Trainer, TrainingClass
from bot.people import directory
from bot.training.imports.weekdays import DAYS, spelled

Reader: TypeAlias = Callable[[Ctx, str], Any]
LONGEST = 200
MOST_SEATS = 5000


def read(ctx: Ctx, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column of `TrainingClass` for all fields; a blank answer becomes a blank.

    Refuses the first bad value, and dates that are not both there or stand the wrong way round.
    """
    values = {
        column: reader(ctx, _text(typed.get(name))) for name, (column, reader) in READERS.items()
    }
    require_sense(values)
    return values


def dates(ctx: Ctx, typed: Mapping[str, Any]) -> tuple[dt.date | None, dt.date | None]:
    """First and last day, of a form that asks for no more; refuses what `read` refuses."""
    starts, ends = (_date(ctx, _text(typed.get(name))) for name in ("starts_on", "ends_on"))
    require_sense({"starts_on": starts, "ends_on": ends})
    return starts, ends


def require_sense(values: Mapping[str, Any]) -> None:
    """Refuse values that do not go together."""
    starts, ends, enrol_by = (values.get(name) for name in ("starts_on", "ends_on", "enrol_by"))
    if (starts is None) != (ends is None):
        raise Refusal(_("Give both dates, or neither: a class without dates gathers interest."))
    if starts is not None and ends < starts:
        raise Refusal(_("The last day lies before the first day. Correct one of the dates."))
    if enrol_by is not None and starts is not None and enrol_by > starts:
        raise Refusal(
            _("Enrolment would end after the class has begun. Give an earlier day for it.")
        )
    begins, stops = values.get("start_time"), values.get("end_time")
    if begins is not None and stops is not None and stops <= begins:
        raise Refusal(_("The class would end before it begins. Correct one of the two times."))
    if values.get("least_trainees", 0) > values.get("seats", MOST_SEATS):
        raise Refusal(_("The class would need more trainees than it has seats."))


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
    shown |= {
        "weekdays": " ".join(DAYS[day].lower() for day in sorted(days_of(held.weekdays))),
        "entry": held.entry.value,
        "order_no": held.order_no,
        "enrol_by": held.enrol_by,
        "least_trainees": held.least_trainees,
        "language": held.language,
        "cohort": held.cohort,
        "bring": held.bring,
    }
    trainer = _code_of(ctx, held.trainer_id)
    coordinator = ctx.session.get(Person, held.coordinator_id) if held.coordinator_id else None
    shown["trainer"], shown["backup_trainer"] = trainer, _code_of(ctx, held.backup_trainer_id)
    shown["coordinator"] = coordinator.staff_no if coordinator else ""
    return {name: str(value) for name, value in shown.items() if value or name == "seats"}


def days_of(weekdays: str) -> frozenset[int]:
    """The days of the week, 0 for Monday, on which a class is held; none where it is not said."""
    return frozenset(week_of(weekdays)) if weekdays else frozenset()


def course_id(ctx: Ctx, code: str) -> int:
    """The course with this code; refuses one that is not there."""
    found = ctx.session.scalars(select(Course.id).where(Course.code == code)).first()
    if found is None:
        raise Refusal(_("There is no course {code}. Choose one from the list.", code=code))
    return found


def _text(value: Any) -> str:
    """An answer as one text; several choices are joined by spaces."""
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return "" if value is None else str(value).strip()


def _code_of(ctx: Ctx, trainer_id: int | None) -> str:
    trainer = ctx.session.get(Trainer, trainer_id) if trainer_id else None
    return trainer.code if trainer else ""


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
    if not text.isdecimal() or int(text) > MOST_SEATS:
        raise Refusal(_("Give the seats as a number up to {most}.", most=MOST_SEATS))
    return int(text)


def _least(_ctx: Ctx, text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > MOST_SEATS:
        raise Refusal(_("Give the fewest trainees as a number up to {most}.", most=MOST_SEATS))
    return int(text)


def _entry(_ctx: Ctx, text: str) -> Entry:
    if text and text not in set(Entry):
        raise Refusal(_("Choose one of the ways in which a class is entered."))
    return Entry(text) if text else Entry.OPEN


def _weekdays(_ctx: Ctx, text: str) -> str:
    numbers = {name.lower(): number for number, name in enumerate(DAYS)}
    chosen = text.split()
    if not set(chosen) <= set(numbers):
        raise Refusal(_("Choose days of the week."))
    return spelled({numbers[day] for day in chosen})


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
    "weekdays": ("weekdays", _weekdays),
    "entry": ("entry", _entry),
    "order_no": ("order_no", _line),
    "enrol_by": ("enrol_by", _date),
    "least_trainees": ("least_trainees", _least),
    "language": ("language", _line),
    "cohort": ("cohort", _line),
    "bring": ("bring", _line),
    "trainer": ("trainer_id", _trainer),
    "backup_trainer": ("backup_trainer_id", _trainer),
    "coordinator": ("coordinator_id", _person),
}
