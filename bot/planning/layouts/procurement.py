"""Case 2: the procurement plan with modes, batches, quantity, estimated budget and months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.planning.layouts.monthly import MONTHS
from bot.planning.layouts.rows import WrittenLine, WrittenPlan
from bot.planning.layouts.table import Layout, Taken, Written, at, is_total, plain, said, year_in

TITLE = "PROJECT PROCUREMENT PLAN (PPMP)"
CODE, DESCRIPTION, MODE, BATCHES, QUANTITY, BUDGET, SCHEDULE = (
    "CODE",
    "GENERAL DESCRIPTION",
    "MODE",
    "BATCHES",
    "QUANTITY",
    "ESTIMATED BUDGET",
    "SCHEDULE / MILESTONE OF ACTIVITIES",
)
HEADS = {
    "code": CODE,
    "title": DESCRIPTION,
    "mode": MODE,
    "cohorts": BATCHES,
    "quantity": QUANTITY,
    "services": BUDGET,
}
MARK = "X"
SHORT = tuple(name[:3].upper() for name in MONTHS)
DAYS = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*days?\b", re.IGNORECASE)
PAX = re.compile(r"([0-9]+)\s*(?:pax|pm|pers\w*|people|participants)\b", re.IGNORECASE)
NUMBER = re.compile(r"[^0-9.,-]")
THOUSANDS = re.compile(r"(?<=[0-9])[,\s](?=[0-9]{3}(?![0-9]))")
LOOKED_AT = 12


def read(rows: Sequence[Sequence[object]]) -> Taken | None:
    """The lines of a sheet in this layout; a row with nothing but a description is the section of
    the rows below it. The months stand in the row of the heads or in the next.
    """
    for number, row in enumerate(rows[:LOOKED_AT]):
        words = [plain(cell) for cell in row]
        places = {
            name: words.index(plain(head)) for name, head in HEADS.items() if plain(head) in words
        }
        if {"title", "cohorts", "quantity"} <= places.keys():
            return _taken(rows, number, places)
    return None


def write(plan: WrittenPlan) -> Written:
    """A row for each line under its section, with a mark in each of its months."""
    width = len(HEADS) + len(SHORT)
    order = plan.months
    months = tuple(SHORT[month - 1] for month in order)
    rows: list[tuple[object, ...]] = [
        (f"{TITLE} FY{plan.label}",),
        (CODE, DESCRIPTION, MODE, BATCHES, QUANTITY, BUDGET, SCHEDULE),
        ("",) * len(HEADS) + months,
    ]
    bold = []
    section = None
    for line in sorted(plan.lines, key=lambda one: _rank(plan, one)):
        if line.section != section:
            section = line.section
            bold.append(len(rows))
            rows.append(("", section or "Other"))
        marks = tuple(MARK if month in line.months else "" for month in order)
        rows.append((*_cells(line), *marks))
    merged = (((1, len(HEADS)), (1, width - 1)),)
    widths = {0: 10, 1: 52, 2: 10, 3: 10, 4: 20, 5: 18, **dict.fromkeys(range(6, 18), 5.0)}
    return Written("PPMP", tuple(rows), frozenset({1, 2}), frozenset({0, *bold}), merged, widths)


def quantity(line: WrittenLine) -> str:
    """Days and people of one batch, as this layout writes them."""
    parts = []
    if line.days is not None:
        parts.append(f"{line.days:g} day" if line.days == 1 else f"{line.days:g} days")
    if line.trainees is not None:
        parts.append(f"{line.trainees} pax")
    return " / ".join(parts)


def _rank(plan: WrittenPlan, line: WrittenLine) -> int:
    """Lines of a section stand together, in the order in which sections come first."""
    sections = [one.section for one in plan.lines]
    return sections.index(line.section)


def _cells(line: WrittenLine) -> tuple[object, ...]:
    cost = "" if line.cost is None else line.cost
    return (line.code, line.title, line.mode, line.cohorts, quantity(line), cost)


def _taken(rows: Sequence[Sequence[object]], heading: int, places: Mapping[str, int]) -> Taken:
    months = _month_places(rows[heading : heading + 2])
    headings = {name: said(rows[heading][place]) for name, place in places.items()}
    headings |= {"days": headings["quantity"], "trainees": headings["quantity"]}
    headings |= {"months": SCHEDULE, "section": headings["title"], "plan_year": TITLE}
    year = year_in(rows[:heading])
    lines = {
        number: {**_values(row, places, months), "section": section, "plan_year": year or ""}
        for number, section, row in _lines(rows, heading, places)
    }
    return Taken(heading, headings, lines)


def _month_places(rows: Sequence[Sequence[object]]) -> dict[int, int]:
    """The column of each month."""
    found: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(row):
            words = said(cell).upper()[:3]
            if words in SHORT and len(said(cell)) <= 9:
                found.setdefault(SHORT.index(words) + 1, place)
    return found


def _lines(
    rows: Sequence[Sequence[object]], heading: int, places: Mapping[str, int]
) -> Iterator[tuple[int, str, Sequence[object]]]:
    section = ""
    others = [place for name, place in places.items() if name != "title"]
    for number, row in enumerate(rows[heading + 1 :], heading + 1):
        title = said(at(row, places["title"])) or said(at(row, 0))
        if not title or is_total(row):
            continue
        if not any(said(at(row, place)) for place in others if place) and not _is_coded(
            row, places
        ):
            section = title
        elif said(at(row, places["title"])):
            yield number, section, row


def _is_coded(row: Sequence[object], places: Mapping[str, int]) -> bool:
    return bool(said(at(row, places.get("code"))) and said(at(row, places["title"])))


def _values(
    row: Sequence[object], places: Mapping[str, int], months: Mapping[int, int]
) -> dict[str, object]:
    values = {name: at(row, place) for name, place in places.items() if name != "quantity"}
    size = said(at(row, places["quantity"]))
    days, pax = DAYS.search(size), PAX.search(size)
    values["days"] = days[1] if days else ""
    values["trainees"] = pax[1] if pax else _unread(size)
    if "services" in values:
        values["services"] = _amount(values["services"])
    marked = [str(month) for month, place in sorted(months.items()) if said(at(row, place))]
    values["months"] = "; ".join(marked)
    return values


def _unread(size: str) -> str:
    """A quantity that says more than days; the import tells that it is no number of people."""
    return size if re.search(r"\w", DAYS.sub("", size, count=1)) else ""


def _amount(cell: object) -> object:
    """A number without signs of money and of thousands; words stay for the import to refuse."""
    if not isinstance(cell, str):
        return cell
    return THOUSANDS.sub("", NUMBER.sub("", cell)) if re.search("[0-9]", cell) else cell


PROCUREMENT = Layout("procurement", read)
