"""What posts of the invented administration require, and what its officers have earned before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.calendar import add_months
from bot.sandbox.demo.people import Officer

Row = Mapping[str, object]
VALID_MONTHS = 24
LAST_DAYS = (400, 20, 75, -10, 250, 130, -200)
"""How many days from today the qualification of one officer after another ends."""


@dataclass(frozen=True, slots=True)
class DemoCurriculum:
    """A qualification; `position` is the post that requires it."""

    code: str
    title: str
    khmer: str
    urdu: str
    items: str
    position: str
    kind: str = "core"
    valid_months: int | None = VALID_MONTHS
    expiry_rule: str = "previous"
    fixed_day: str = ""


CURRICULA = (
    DemoCurriculum("Q-VAL", "Valuation Officer", "មន្ត្រីកំណត់តម្លៃគយ", "ویلیوایشن افسر",
                   "VAL;HS", "Valuation Officer"),
    DemoCurriculum("Q-BASIC", "Customs Officer, basic", "មន្ត្រីគយ កម្រិតមូលដ្ឋាន", "کسٹمز افسر، بنیادی",
                   "LAW;HS?;RKC?", "Customs Officer", valid_months=None, expiry_rule="completion"),
    DemoCurriculum("Q-ANTI", "Anti-smuggling Officer", "មន្ត្រីប្រឆាំងការរត់ពន្ធ", "انسداد اسمگلنگ افسر",
                   "ANTI", "Anti-smuggling Officer", expiry_rule="fixed", fixed_day="12-31"),
    DemoCurriculum("Q-CARGO", "Cargo Examiner", "អ្នកត្រួតពិនិត្យទំនិញ", "کارگو ایگزامینر",
                   "HS;MACCS?", "Cargo Examiner", kind="enhanced", expiry_rule="completion"),
)  # fmt: skip


def curricula() -> list[Row]:
    """The rows of the workbook of curricula."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "title::Khmer (km)": one.khmer,
            "title::Urdu (ur)": one.urdu,
            "items": one.items,
            "valid_months": one.valid_months,
            "expiry_rule": one.expiry_rule,
            "fixed_day": one.fixed_day,
            "window_days": 90,
            "grace_days": 30,
        }
        for one in CURRICULA
    ]


def requirements() -> list[Row]:
    """The rows of the workbook of what posts require."""
    return [
        {"position": one.position, "curriculum": one.code, "kind": one.kind, "within_days": 180}
        for one in CURRICULA
    ]


def records(officers: Sequence[Officer], today: dt.date) -> list[Row]:
    """What officers of the valuation posts completed before: the last of it falls on a day such
    that their qualifications end one after another, before and after today.
    """
    return list(_records(officers, today))


def _records(officers: Sequence[Officer], today: dt.date) -> Iterator[Row]:
    holders = [officer for officer in officers if officer.position == CURRICULA[0].position]
    for place, officer in enumerate(holders):
        ends = today + dt.timedelta(days=LAST_DAYS[place % len(LAST_DAYS)])
        earned = add_months(ends, -VALID_MONTHS)
        for course, days in (("HS", 60), ("VAL", 0)):
            yield {
                "staff_no": officer.staff_no,
                "course_code": course,
                "completed_on": earned - dt.timedelta(days=days),
                "source": "records of the Training School",
            }
