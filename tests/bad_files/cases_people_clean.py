"""Files of people that look odd and are right, and files that need a second yes."""

from __future__ import annotations

import datetime as dt

from bot.imports import Verdict
from tests.bad_files.building import Build, book, calculated, many, opened, text
from tests.bad_files.case import Case
from tests.bad_files.world import OTHER_POST, PORT, POST

HEADER = "staff_no,full_name,unit"
CELLS = ("staff_no", "full_name", "unit")
DARA = "00201,Dara Sok,Meru Port"
NEW = "00201"
TAKEN = {(NEW, "full_name"): "Dara Sok", (NEW, "unit"): PORT}
UNITS = (PORT, POST, OTHER_POST)


def clean(name: str, build: Build, after: dict | None = None) -> Case:  # type: ignore[type-arg]
    return Case(name, "people", build, Verdict.READY, (), TAKEN if after is None else after)


def roster(count: int, *, moved: int = 0, left: int = 0) -> Build:
    """The first `count` officers; the first `moved` go to another unit, the next `left` leave."""
    lines = [HEADER + ",active"]
    for place, number in enumerate(range(101, 101 + count)):
        unit = UNITS[(number + (place < moved)) % 3]
        active = "no" if moved <= place < moved + left else ""
        lines.append(f"00{number},Officer {number},{unit},{active}")
    return text(*lines)


def asks(name: str, build: Build, after: dict) -> Case:  # type: ignore[type-arg]
    return Case(name, "people", build, Verdict.ASKS_AGAIN, (), after)


def _titled(page):  # type: ignore[no-untyped-def]
    page.append(("Customs Administration of Sarnath",))
    page.merge_cells("A1:C1")
    page.append(("Roster of March 2026",))
    page.append(())
    page.append(CELLS)
    page.append((NEW, "Dara Sok", "Meru Port"))


def _two_line_header(page):  # type: ignore[no-untyped-def]
    page.append(("staff_no", "full_name", "Post", None))
    page.append((None, None, "unit", "position"))
    page.append((NEW, "Dara Sok", "Meru Port", "Clerk"))
    for span in ("A1:A2", "B1:B2", "C1:D1"):
        page.merge_cells(span)


def _blank_rows(page):  # type: ignore[no-untyped-def]
    page.append(CELLS)
    page.append(())
    page.append((NEW, "Dara Sok", "Meru Port"))
    page["A40"] = " "
    page["B41"] = "\u200b"


def _hidden_lists(workbook):  # type: ignore[no-untyped-def]
    page = workbook.create_sheet("Lists")
    page.append(CELLS)
    page.append(("00999", "Nobody", "Nowhere"))
    page.sheet_state = "hidden"
    page = workbook.create_sheet("Roster")
    page.append(CELLS)
    page.append((NEW, "Dara Sok", "Meru Port"))


CASES = (
    clean(
        "semicolons and a byte order mark",
        text(HEADER.replace(",", ";"), DARA.replace(",", ";"), encoding="utf-8-sig"),
    ),
    clean(
        "Unicode text from Excel",
        text(HEADER.replace(",", "\t"), DARA.replace(",", "\t"), encoding="utf-16"),
    ),
    clean("UTF-16 without a mark", text(HEADER, DARA, encoding="utf-16-le")),
    clean(
        "line that names the separator",
        text("sep=;", HEADER.replace(",", ";"), DARA.replace(",", ";")),
    ),
    clean("old line ends", text(HEADER, DARA, end="\r")),
    clean(
        "quoted comma in a name",
        text(HEADER, '00201,"Sok, Dara",Meru Port'),
        {(NEW, "full_name"): "Sok, Dara"},
    ),
    clean("title rows above the header", opened(_titled)),
    clean(
        "header of two lines with merged cells",
        opened(_two_line_header),
        TAKEN | {(NEW, "position"): "Clerk"},
    ),
    clean("blank rows between and after", opened(_blank_rows)),
    clean("hidden sheet with lists", many(_hidden_lists)),
    clean(
        "headings with stars, spaces and capitals",
        text("Full Name*,STAFF-NO*,Unit *", "Dara Sok,00201,Meru Port"),
    ),
    clean(
        "formulas with their values",
        calculated(
            CELLS, (('=TEXT(201,"00000")', NEW), "Dara Sok", ('=B9&"Meru Port"', "Meru Port"))
        ),
    ),
    clean(
        "spaces that are none and invisible characters",
        book(CELLS, ("\ufeff00201\u200b", "\u00a0Dara\u00a0 Sok ", "Meru\u00a0Port\u200e")),
    ),
    clean(
        "numbers where all staff numbers are numbers",
        book(CELLS, (2201.0, "Dara Sok", "Meru Port"), (2202, "Vuth Chan", "Meru Port")),
        {("2201", "full_name"): "Dara Sok"},
    ),
    clean(
        "real dates and yes as a truth value",
        book(
            (*CELLS, "hired_on", "active"),
            (NEW, "Dara Sok", "Meru Port", dt.datetime(2020, 2, 29), True),
        ),
        TAKEN | {(NEW, "hired_on"): dt.date(2020, 2, 29), (NEW, "active"): True},
    ),
    clean(
        "names in other scripts",
        text(HEADER + ",full_name::Khmer (km)", DARA + ",សុខ ដារ៉ា"),
        TAKEN | {(NEW, "full_name::Khmer (km)"): "សុខ ដារ៉ា"},
    ),
    clean(
        "the same unit name made unique by its directorate",
        text(HEADER + ",directorate", "00201,Dara Sok,Sila Post,Air"),
        {(NEW, "unit"): OTHER_POST},
    ),
    clean(
        "units nobody has named before",
        text(
            HEADER + ",directorate,cluster",
            "00201,Dara Sok,Gate 4,Coast,West",
            "00202,Vuth Chan,Gate 4,,",
            "00203,Bopha Keo,Coast,Coast,West",
        ),
        {
            (NEW, "unit"): "West/Coast/Gate 4",
            ("00202", "unit"): "West/Coast/Gate 4",
            ("00203", "unit"): "West/Coast",
        },
    ),
    clean(
        "a unit under no other, and one of its name",
        text(HEADER, "00201,Dara Sok,/Gate 4", "00202,Vuth Chan,West/Gate 4"),
        {(NEW, "unit"): "/Gate 4", ("00202", "unit"): "West/Gate 4"},
    ),
    clean(
        "a unit told from its namesake by the cluster alone",
        text(HEADER + ",cluster", "00201,Dara Sok,Sila Post,South"),
        {(NEW, "unit"): OTHER_POST},
    ),
    clean("two of twenty leave", roster(20, left=2), {("00101", "active"): False}),
    clean("people missing from the file", roster(3), {("00120", "active"): True}),
    asks("three of twenty leave", roster(20, left=3), {("00103", "active"): False}),
    asks("three of twenty move", roster(20, moved=3), {("00103", "unit"): OTHER_POST}),
    asks("two move and one leaves", roster(20, moved=2, left=1), {("00103", "active"): False}),
    asks("a short file in which all leave", roster(4, left=4), {("00104", "active"): False}),
    asks(
        "positions exchanged for ranks",
        text(
            HEADER + ",position",
            *(f"00{n},Officer {n},{UNITS[n % 3]},Rank {n}" for n in range(101, 121)),
        ),
        {("00101", "position"): "Rank 101"},
    ),
)
