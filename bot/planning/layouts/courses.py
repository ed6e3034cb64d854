"""Case 5, 4.4 and 4.5: what is held in each month, remote and in person, and each course at
length.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.models.planning import Category
from bot.planning.layouts import periods
from bot.planning.layouts.classified import REQUIRED, TARGET
from bot.planning.layouts.monthly import MONTHS
from bot.planning.layouts.rows import WrittenLine, WrittenPlan
from bot.planning.layouts.table import Written

COURSE, DATE, TRAINEES, REMARKS = "Course", "Date", "No. of Trainees", "Remarks"
REMOTE, IN_PERSON = "Remoted Learning", "In-person training"
REMOTE_WORDS = ("online", "remote", "e-learning", "elearning", "distance", "self-paced")
TITLE, OBJECTIVES, OFFICIALS, PARTICIPANTS, DATES = (
    "Course Title",
    "Course Objectives :",
    "Target Officials :",
    "Number of Participants :",
    "Dates and Times :",
)
SCHEDULE, CONTENT, DURATION = "Schedule", "Content", "Duration (Hours)"
ALL_OFFICIALS = "All officials"
Row = tuple[object, ...]


def monthly(plan: WrittenPlan) -> Written:
    """The courses of each month in two tables, those of months without any left out."""
    rows: list[Row] = []
    heads: set[int] = set()
    bold: set[int] = set()
    for month in plan.months:
        for name, remote in ((REMOTE, True), (IN_PERSON, False)):
            held = [
                line for line in plan.lines if month in line.by_month and is_remote(line) is remote
            ]
            if not held:
                continue
            bold.add(len(rows))
            heads.add(len(rows) + 1)
            rows.append((f"{MONTHS[month - 1]}: {name}",))
            rows.append((COURSE, TARGET, DATE, TRAINEES, REMARKS))
            rows += [_monthly(line, month) for line in held]
            rows.append(())
    widths = {0: 46, 1: 46, 2: 26, 3: 16, 4: 24}
    return Written("Monthly courses", tuple(rows), frozenset(heads), frozenset(bold), (), widths)


def details(plan: WrittenPlan) -> Written:
    """Each course with its objectives, and its days with what is taught as far as it is said."""
    rows: list[Row] = []
    heads: set[int] = set()
    for line in plan.lines:
        heads |= {len(rows), len(rows) + 5}
        rows += [
            (TITLE, line.title),
            (OBJECTIVES, line.details.get("objectives", "")),
            (OFFICIALS, line.target),
            (PARTICIPANTS, ALL_OFFICIALS if line.seats is None else line.seats),
            (DATES, _dates(plan, line)),
            (SCHEDULE, CONTENT, DURATION),
            *_days(line),
            (),
        ]
    return Written("Course details", tuple(rows), frozenset(heads), widths={0: 26, 1: 70, 2: 18})


def is_remote(line: WrittenLine) -> bool:
    """Whether a line is held from afar, by its kind or by the words of its mode."""
    mode = line.mode.casefold()
    return line.category is Category.ELEARNING or any(word in mode for word in REMOTE_WORDS)


def _monthly(line: WrittenLine, month: int) -> Row:
    times = line.by_month[month]
    trainees = ALL_OFFICIALS if line.trainees is None else line.trainees * times
    period = line.period or periods.write(line.days, line.starts_at, line.ends_at)
    date = f"{times} × {period}" if times > 1 and period else period
    parts = (REQUIRED if line.required else "", line.remark)
    return (line.title, line.target, date, trainees, "; ".join(part for part in parts if part))


def _dates(plan: WrittenPlan, line: WrittenLine) -> str:
    held = ", ".join(MONTHS[month - 1] for month in plan.months if month in line.by_month)
    period = line.period or periods.write(line.days, line.starts_at, line.ends_at)
    return "; ".join(part for part in (held, period) if part)


def _days(line: WrittenLine) -> Iterator[Row]:
    """A row for each day with its share of the hours; the timetable stands beside the first."""
    count = max(1, round(line.days or 1))
    hours = round(line.hours / count, 2) if line.hours is not None else ""
    for day in range(count):
        yield (f"Day {day + 1}", line.details.get("timetable", "") if day == 0 else "", hours)
