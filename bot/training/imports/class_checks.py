"""What in a file of classes cannot be: dates and times the wrong way round, too few seats."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, func, select
from sqlmodel import Session

from bot.i18n import Text, _, _n
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.models.training import Enrolment, TrainingClass
from bot.training.membership import TRAINEE_STATES

DATE_ALONE = _(
    "A class has both dates, starts_on and ends_on, or neither; without them it only gathers "
    "interest."
)
ENROL_LATE = _("enrol_by lies after the class has started. Give an earlier date.")


def check_dates(records: Records, found: Findings) -> None:
    """Both dates or neither, in their order; enrolling ends before the class begins."""
    if "starts_on" not in records or "ends_on" not in records:
        _leave_lone_column(records, found)
        return
    starts, ends = records.values["starts_on"], records.values["ends_on"]
    enrol_by = records.values.get("enrol_by", [None] * len(records))
    for place, row in enumerate(records.rows):
        start, end = starts[place], ends[place]
        if (start is None) != (end is None):
            given = "starts_on" if end is None else "ends_on"
            found.blank("date-alone", DATE_ALONE, row, records.heading(given))
            starts[place] = ends[place] = None
        elif start is not None and end < start:
            crossed = _crossed(start, end)
            found.warn("dates-crossed", crossed, row, records.heading("ends_on"))
            starts[place] = ends[place] = None
        elif start is not None and enrol_by[place] is not None and enrol_by[place] > start:
            found.blank("enrol-late", ENROL_LATE, row, records.heading("enrol_by"))
            enrol_by[place] = None


def _crossed(start: dt.date, end: dt.date) -> Text:
    return _(
        "The class ends on {end}, before it starts on {start}. Both dates are taken as blank.",
        start=start.isoformat(),
        end=end.isoformat(),
    )


def _leave_lone_column(records: Records, found: Findings) -> None:
    for name in ("starts_on", "ends_on"):
        if records.values.pop(name, None) is not None:
            found.warn(
                "date-column-alone",
                _(
                    "This column is not read: dates are changed only where both columns, "
                    "starts_on and ends_on, are in the file."
                ),
                column=records.heading(name),
            )


def check_times(records: Records, found: Findings) -> None:
    if "start_time" not in records or "end_time" not in records:
        return
    starts, ends = records.values["start_time"], records.values["end_time"]
    for place, row in enumerate(records.rows):
        if starts[place] is not None and ends[place] is not None and ends[place] <= starts[place]:
            found.blank(
                "times-crossed",
                _("end_time is not after start_time. Correct one of the two."),
                row,
                records.heading("end_time"),
            )
            ends[place] = None


def check_seats(session: Session, records: Records, found: Findings) -> None:
    """Seats cannot go below the number of people who hold one."""
    known = dict(session.execute(select(TrainingClass.code, TrainingClass.seats)).all())
    taken = dict(session.execute(_taken()).all())
    codes, seats = records.values["class_code"], records.values["seats"]
    for row, code, wanted in zip(records.rows, codes, seats, strict=True):
        count = taken.get(code, 0)
        if isinstance(wanted, int) and wanted < count and wanted != known[code]:
            sentence = _n(
                "Class {code} has {count} person with a place. Give at least {count} seat, or "
                "take people off its list first.",
                "Class {code} has {count} people with a place. Give at least {count} seats, or "
                "take people off its list first.",
                count,
                code=code,
            )
            found.refuse("seats-taken", sentence, row, records.heading("seats"))


def _taken() -> Select[str, int]:
    return (
        select(TrainingClass.code, func.count())
        .join(Enrolment, Enrolment.class_id == TrainingClass.id)
        .where(Enrolment.state.in_(TRAINEE_STATES))
        .group_by(TrainingClass.code)
    )
