"""Case 1: month by month, course by course, with number, place, period and remark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.planning.details import PERIOD
from bot.planning.layouts import periods
from bot.planning.layouts.rows import WrittenLine, WrittenPlan
from bot.planning.layouts.table import Layout, Taken, Written, at, is_total, plain, said, year_in

NAME, NUMBER, PLACE, PERIOD_HEAD, REMARK = (
    "Name of the Courses",
    "No",
    "Place",
    "Period",
    "Remark",
)
HEADS = {
    "title": ("name of the courses", "name of the course", "name of courses", "course name"),
    "trainees": ("no", "number"),
    "place": ("place",),
    PERIOD: ("period",),
    "remark": ("remark", "remarks", "rema", "remar"),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
ALL = "All"
LOOKED_AT = 10


def read(rows: Sequence[Sequence[object]]) -> Taken | None:
    """The lines of a sheet in this layout: rows that say the same of the same course are one line
    with several cohorts; a month stands once and counts for the rows below it.
    """
    for number, row in enumerate(rows[:LOOKED_AT]):
        places = _places(row)
        if {"title", "trainees", "place", PERIOD} <= places.keys():
            return _taken(rows, number, places)
    return None


def month_in(cell: object) -> int | None:
    """The month that a cell names: whole, or by its first three letters."""
    words = plain(cell)
    if len(words) < 3:
        return None
    for number, name in enumerate(MONTHS, 1):
        if name.casefold().startswith(words.split()[0][:9]):
            return number
    return None


def write(plan: WrittenPlan) -> Written:
    """A row for each cohort, by month; cohorts without a month come last."""
    heads = (plan.label, NAME, NUMBER, PLACE, PERIOD_HEAD, REMARK)
    rows: list[tuple[object, ...]] = [heads]
    for month in (*plan.months, None):
        shown = MONTHS[month - 1] if month is not None else ""
        for line in plan.lines:
            for _cohort in range(line.by_month.get(month, 0)):
                rows.append((shown, *_cells(line)))
                shown = ""
    widths = {0: 12, 1: 44, 2: 7, 3: 24, 4: 30, 5: 22}
    return Written("Monthly plan", tuple(rows), heads=frozenset({0}), widths=widths)


def _cells(line: WrittenLine) -> tuple[object, ...]:
    trainees = ALL if line.trainees is None else line.trainees
    period = line.period or periods.write(line.days, line.starts_at, line.ends_at)
    return (line.title, trainees, line.place, period, line.remark)


def _places(row: Sequence[object]) -> dict[str, int]:
    words = [plain(cell) for cell in row]
    return {
        name: words.index(head)
        for name, heads in HEADS.items()
        for head in heads[::-1]
        if head in words
    }


def _taken(rows: Sequence[Sequence[object]], heading: int, places: Mapping[str, int]) -> Taken:
    named = {name: said(rows[heading][place]) for name, place in places.items()}
    year = year_in(rows[: heading + 1])
    found: dict[tuple[str, ...], tuple[int, dict[str, object]]] = {}
    for number, month, row in _lines(rows, heading, places):
        same = tuple(plain(at(row, place)) for place in places.values())
        if same in found:
            found[same][1]["months"] = [*_months(found[same][1]), *([month] if month else [])]
            found[same][1]["cohorts"] = _count(found[same][1]) + 1
            continue
        values: dict[str, object] = {
            name: at(row, place) for name, place in places.items() if name != PERIOD
        }
        values |= {"plan_year": year or "", "cohorts": 1, "months": [month] if month else []}
        values |= _period(said(at(row, places[PERIOD])))
        found[same] = number, values
    headings = {
        **named,
        "plan_year": said(at(rows[heading], 0)),
        "months": said(at(rows[heading], 0)),
    }
    return Taken(heading, headings, {number: _joined(one) for number, one in found.values()})


def _lines(
    rows: Sequence[Sequence[object]], heading: int, places: Mapping[str, int]
) -> Iterator[tuple[int, int | None, Sequence[object]]]:
    """Rows that say anything of a course, each with its month; one without a title is refused."""
    month: int | None = None
    first = min(places.values())
    for number, row in enumerate(rows[heading + 1 :], heading + 1):
        named = (month_in(cell) for cell in row[:first])
        month = next((one for one in named if one is not None), month)
        if not is_total(row) and any(said(at(row, place)) for place in places.values()):
            yield number, month, row


def _period(words: str) -> dict[str, object]:
    found = periods.read(words)
    return {
        PERIOD: words,
        "days": found.days if found.days is not None else "",
        "hours": found.hours if found.hours is not None else "",
        "starts_at": found.starts_at or "",
        "ends_at": found.ends_at or "",
    }


def _months(values: Mapping[str, object]) -> list[int]:
    found = values["months"]
    return list(found) if isinstance(found, list) else []


def _count(values: Mapping[str, object]) -> int:
    found = values["cohorts"]
    return found if isinstance(found, int) else 1


def _joined(values: Mapping[str, object]) -> dict[str, object]:
    """The months as an import column has them."""
    return {**values, "months": "; ".join(str(one) for one in sorted(_months(values)))}


MONTHLY = Layout("monthly", read)
