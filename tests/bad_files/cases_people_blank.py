"""Files of people that are taken with some cells blank, or with a warning only."""

from __future__ import annotations

from bot.imports import Verdict
from tests.bad_files.building import Build, book, calculated, many, opened, text
from tests.bad_files.case import Case, Place

HEADER = "staff_no,full_name,unit"
CELLS = ("staff_no", "full_name", "unit")
DARA = "00201,Dara Sok,Meru Port"
NEW = "00201"
AFTER_NEW = {(NEW, "full_name"): "Dara Sok", (NEW, "unit"): "North/Border/Meru Port"}


def taken(name: str, build: Build, *faults: Place, after: dict | None = None) -> Case:  # type: ignore[type-arg]
    return Case(name, "people", build, Verdict.READY, faults, after or {})


def one_blank(name: str, column: str, value: str, code: str, *, said: object = "") -> Case:
    """A new officer with one bad value, which becomes blank; all else is taken."""
    return taken(
        name,
        text(f"{HEADER},{column}", f"{DARA},{value}"),
        (2, column, code),
        after=AFTER_NEW | {(NEW, column): said},
    )


def _merged_ranks(page):  # type: ignore[no-untyped-def]
    for row in (
        (*CELLS, "rank"),
        (NEW, "Dara Sok", "Meru Port", "Inspector"),
        ("00202", "Vuth Chan", "Meru Port", None),
    ):
        page.append(row)
    page.merge_cells("D2:D3")


def _two_sheets(workbook):  # type: ignore[no-untyped-def]
    page = workbook.create_sheet("Notes")
    page.append(("Roster of March",))
    page = workbook.create_sheet("Roster")
    page.append(CELLS)
    page.append((NEW, "Dara Sok", "Meru Port"))


CASES = (
    one_blank("phone that is none", "phone", "call me", "bad-phone"),
    one_blank("phone with too few digits", "phone", "12", "bad-phone"),
    one_blank("language by its name", "language", "Khmer", "bad-language"),
    one_blank("time zone by hours", "timezone", "GMT+7", "bad-timezone"),
    one_blank("date with slashes", "hired_on", "31/12/2019", "bad-date", said=None),
    one_blank("day that does not exist", "hired_on", "2020-02-30", "bad-date", said=None),
    one_blank("year mistyped", "retires_on", "0226-05-01", "date-out-of-range", said=None),
    one_blank("active is maybe", "active", "maybe", "bad-yes-no", said=True),
    one_blank("supervisor nobody knows", "supervisor_staff_no", "77777", "supervisor-unknown"),
    one_blank("supervisor without the zeros", "supervisor_staff_no", "101", "supervisor-unknown"),
    one_blank("own supervisor", "supervisor_staff_no", NEW, "supervisor-self"),
    one_blank(
        "acting supervisor nobody knows",
        "acting_supervisor_staff_no",
        "77777",
        "supervisor-unknown",
    ),
    one_blank("focal point for no unit", "focal_for", "Nowhere", "unit-unknown"),
    taken(
        "focal point for a name two units have",
        text(HEADER + ",focal_for", DARA + ",Meru Port;Sila Post"),
        (2, "focal_for", "unit-ambiguous"),
        after={(NEW, "focal_for"): "North/Border/Meru Port"},
    ),
    taken(
        "date as a bare number",
        book((*CELLS, "hired_on"), (NEW, "Dara Sok", "Meru Port", 43831)),
        (2, "hired_on", "bad-date"),
        after=AFTER_NEW | {(NEW, "hired_on"): None},
    ),
    taken(
        "failed formula for a phone",
        calculated((*CELLS, "phone"), (NEW, "Dara Sok", "Meru Port", ("=1/0", "#DIV/0!"))),
        (2, "phone", "formula-failed"),
        after=AFTER_NEW | {(NEW, "phone"): ""},
    ),
    taken(
        "formula without a value for a rank",
        book((*CELLS, "rank"), (NEW, "Dara Sok", "Meru Port", '="Insp"&"ector"')),
        (2, "rank", "formula-uncounted"),
        after=AFTER_NEW | {(NEW, "rank"): ""},
    ),
    taken(
        "rank merged over two rows",
        opened(_merged_ranks),
        (2, "rank", "cells-merged"),
        after={(NEW, "rank"): "Inspector", ("00202", "rank"): ""},
    ),
    taken(
        "circle of three in the file",
        text(
            HEADER + ",supervisor_staff_no",
            "00201,Dara Sok,Meru Port,00202",
            "00202,Vuth Chan,Meru Port,00203",
            "00203,Bopha Keo,Meru Port,00201",
        ),
        (4, "supervisor_staff_no", "supervisor-circle"),
        after={
            ("00201", "supervisor_staff_no"): "00202",
            ("00202", "supervisor_staff_no"): "00203",
            ("00203", "supervisor_staff_no"): "",
        },
    ),
    taken(
        "circle closed over people of the roster",
        book(
            (*CELLS, "supervisor_staff_no"),
            ("00101", "Officer 101", "South/Air/Sila Post", "00111"),
        ),
        (2, "supervisor_staff_no", "supervisor-circle"),
        after={("00101", "supervisor_staff_no"): "", ("00111", "supervisor_staff_no"): "00102"},
    ),
    taken(
        "two circles in one file",
        text(
            HEADER + ",supervisor_staff_no",
            "00201,Dara Sok,Meru Port,00202",
            "00202,Vuth Chan,Meru Port,00201",
            "00203,Bopha Keo,Meru Port,00204",
            "00204,Rith Nov,Meru Port,00203",
        ),
        (3, "supervisor_staff_no", "supervisor-circle"),
        (5, "supervisor_staff_no", "supervisor-circle"),
        after={
            ("00201", "supervisor_staff_no"): "00202",
            ("00202", "supervisor_staff_no"): "",
            ("00203", "supervisor_staff_no"): "00204",
            ("00204", "supervisor_staff_no"): "",
        },
    ),
    taken(
        "supervisor who leaves with this file",
        text(
            HEADER + ",active,supervisor_staff_no",
            "00103,Officer 103,North/Border/Sila Post,no,00101",
            DARA + ",,00103",
        ),
        (3, "supervisor_staff_no", "supervisor-inactive"),
        after={(NEW, "supervisor_staff_no"): "00103", ("00103", "active"): False},
    ),
    taken(
        "staff number that lost its zeros",
        book(CELLS, ("00202", "Vuth Chan", "Meru Port"), (101, "Officer 101", "Meru Port")),
        (3, "staff_no", "zeros-lost"),
        (3, "staff_no", "number-like-another"),
        after={("101", "full_name"): "Officer 101"},
    ),
    taken(
        "Western European encoding",
        text(HEADER, "00201,José Peña,Meru Port", encoding="cp1252"),
        (None, None, "encoding-guessed"),
        after={(NEW, "full_name"): "José Peña"},
    ),
    taken(
        "columns nobody knows",
        text(HEADER + ",Phones,Shoe size", DARA + ",012345678,42"),
        (1, "Phones", "column-unknown"),
        (1, "Shoe size", "column-unknown"),
        after=AFTER_NEW | {(NEW, "phone"): ""},
    ),
    taken(
        "phone column twice",
        text(HEADER + ",phone,phone", DARA + ",012345678,098765432"),
        (1, "phone", "column-doubled"),
        after={(NEW, "phone"): "+85512345678"},
    ),
    taken(
        "two people at one phone",
        text(HEADER + ",phone", DARA + ",012345678", "00202,Vuth Chan,Meru Port,+855 12 345 678"),
        (3, "phone", "phone-shared"),
        after={(NEW, "phone"): "+85512345678", ("00202", "phone"): "+85512345678"},
    ),
    taken(
        "failed formula for a name in another script, and that column twice",
        calculated(
            (*CELLS, "full_name::Khmer (km)", "full_name::ខ្មែរ (km)"),
            (NEW, "Dara Sok", "Meru Port", ("=NA()", "#N/A"), "សុខ ដារ៉ា"),
        ),
        (1, "full_name::ខ្មែរ (km)", "column-doubled"),
        (2, "full_name::Khmer (km)", "formula-failed"),
        after=AFTER_NEW,
    ),
    taken(
        "a second sheet",
        many(_two_sheets),
        (None, None, "sheet-not-read"),
        after=AFTER_NEW,
    ),
)
