"""Case 5, 4.3: courses classified into four tables of the same columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.models.planning import Category
from bot.planning.layouts.rows import WrittenLine, WrittenPlan
from bot.planning.layouts.table import TOTALS, Layout, Taken, Written, at, plain, said, year_in

COURSE, TARGET, DURATION, TIMES, TRAINEES, REMARKS = (
    "Course Title",
    "Target Officials",
    "Duration (Days)",
    "Times",
    "No. of Trainees",
    "Remarks",
)
EACH, TOTAL = "Each Cohort", "Total"
REQUIRED = "Required"
REQUIRED_FIRST = re.compile(rf"\s*{REQUIRED}\b\s*[;,.]?\s*", re.IGNORECASE)
TABLES: tuple[tuple[str, tuple[Category, ...]], ...] = (
    ("I. Basic Training", (Category.BASIC,)),
    (
        "II. Technical Training",
        (Category.TECHNICAL, Category.ELECTIVE, Category.DIGITAL, Category.ELEARNING),
    ),
    ("III. International Training", (Category.INTERNATIONAL,)),
    ("IV. Public Training", (Category.PUBLIC,)),
)
TABLE = re.compile(
    r"^(?:[ivx]+\.?\s+)?(basic|technical|international|public)\s+training\b(.*)$", re.I
)
WITHIN_TECHNICAL = {
    Category.ELECTIVE: "Elective",
    Category.DIGITAL: "Digital",
    Category.ELEARNING: "E-Learning",
}
"""Kinds that the four tables do not know: they stand in the second, each under its name."""
SECTION = re.compile(r"^[-–•]\s*(\S.*)$")
HEADS = {
    "title": (plain(COURSE),),
    "target": (plain(TARGET),),
    "days": (plain(DURATION), "duration"),
    "cohorts": (plain(TIMES),),
    "trainees": (plain(EACH), plain(TRAINEES), "no of trainees each cohort"),
    "remark": (plain(REMARKS), "remark"),
}
LOOKED_AT = 40


def read(rows: Sequence[Sequence[object]]) -> Taken | None:
    """The lines of a sheet in this layout: the tables stand under one another, each under its
    name, a section of a table after a hyphen; totals are left out.
    """
    for number, row in enumerate(rows[:LOOKED_AT]):
        places = _places(row)
        if {"title", "target", "days", "cohorts"} <= places.keys():
            return _taken(rows, number, places)
    return None


def write(plan: WrittenPlan) -> Written:
    """The four tables under one another, each with its total."""
    rows: list[tuple[object, ...]] = [(f"Course Classification {plan.label}",)]
    heads: set[int] = set()
    bold: set[int] = {0}
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for name, kinds in TABLES:
        lines = [line for line in plan.lines if line.category in kinds]
        rows.append(())
        for section in dict.fromkeys(_section(line) for line in lines) or ("",):
            bold.add(len(rows))
            rows.append((f"{name} - {section}" if section else name,))
            top = len(rows)
            heads |= {top, top + 1}
            merged.append(((top, 4), (top, 5)))
            rows.append((COURSE, TARGET, DURATION, TIMES, TRAINEES, "", REMARKS))
            rows.append(("", "", "", "", EACH, TOTAL, ""))
            rows += [_cells(line) for line in lines if _section(line) == section]
        bold.add(len(rows))
        rows.append(_total(lines))
    widths = {0: 46, 1: 46, 2: 15, 3: 8, 4: 12, 5: 10, 6: 24}
    return Written(
        "Course classification", tuple(rows), frozenset(heads), frozenset(bold),
        tuple(merged), widths,
    )  # fmt: skip


def _section(line: WrittenLine) -> str:
    kind = WITHIN_TECHNICAL.get(line.category, "")
    return ": ".join(part for part in (kind, line.section) if part)


def _cells(line: WrittenLine) -> tuple[object, ...]:
    remark = "; ".join(part for part in (REQUIRED if line.required else "", line.remark) if part)
    return (
        line.title,
        line.target,
        "" if line.days is None else line.days,
        line.cohorts,
        "" if line.trainees is None else line.trainees,
        "" if line.seats is None else line.seats,
        remark,
    )


def _total(lines: Sequence[WrittenLine]) -> tuple[object, ...]:
    times = sum(line.cohorts for line in lines)
    people = sum(line.seats or 0 for line in lines)
    return (TOTAL, f"{len(lines)} courses, {times} times, {people} people")


def _places(row: Sequence[object]) -> dict[str, int]:
    words = [plain(cell) for cell in row]
    return {
        name: words.index(head)
        for name, heads in HEADS.items()
        for head in heads[::-1]
        if head in words
    }


def _taken(rows: Sequence[Sequence[object]], heading: int, places: dict[str, int]) -> Taken:
    below = _places(rows[heading + 1]) if heading + 1 < len(rows) else {}
    places = {**places, **{name: place for name, place in below.items() if name == "trainees"}}
    headings = {name: said(at(rows[heading], place)) for name, place in places.items()}
    if not headings.get("trainees"):
        headings["trainees"] = TRAINEES
    headings |= {
        "category": COURSE,
        "section": COURSE,
        "required": headings.get("remark", REMARKS),
    }
    year = year_in(rows[:heading])
    lines = {
        number: {**_values(row, places), "category": kind.value, "section": section,
                 "plan_year": year or ""}
        for number, kind, section, row in _lines(rows, heading, places)
    }  # fmt: skip
    return Taken(heading, {**headings, "plan_year": "20xx"}, lines)


def _lines(
    rows: Sequence[Sequence[object]], heading: int, places: Mapping[str, int]
) -> Iterator[tuple[int, Category, str, Sequence[object]]]:
    """Rows of courses, each with the table and the section it stands in."""
    kind, section = Category.TECHNICAL, ""
    for number, row in enumerate(rows):
        first = next((said(cell) for cell in row if said(cell)), "")
        table, part = TABLE.match(first), SECTION.match(first)
        if table is not None:
            kind, section = _kind(Category(table[1].casefold()), table[2])
        elif part is not None:
            kind, section = _kind(kind, part[1])
        elif number > heading and _is_course(row, places):
            yield number, kind, section, row


def _kind(table: Category, words: str) -> tuple[Category, str]:
    """Category and section of a table's part: “Elective: Languages”."""
    section = words.strip(" -–()")
    head, _colon, rest = section.partition(":")
    for kind, name in WITHIN_TECHNICAL.items():
        if table in {Category.TECHNICAL, *WITHIN_TECHNICAL} and head.strip() == name:
            return kind, rest.strip()
    return Category.TECHNICAL if table in WITHIN_TECHNICAL else table, section


def _is_course(row: Sequence[object], places: Mapping[str, int]) -> bool:
    title = plain(at(row, places["title"]))
    return bool(title) and title not in {plain(COURSE), *TOTALS}


def _values(row: Sequence[object], places: Mapping[str, int]) -> dict[str, object]:
    values = {name: at(row, place) for name, place in places.items()}
    words = said(values.get("remark", ""))
    values["required"] = "yes" if REQUIRED_FIRST.match(words) else "no"
    values["remark"] = REQUIRED_FIRST.sub("", words)
    return values


CLASSIFIED = Layout("classified", read)
