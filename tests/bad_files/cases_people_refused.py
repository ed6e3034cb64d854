"""Files of people that are refused whole: nothing of them is written."""

from __future__ import annotations

import datetime as dt

from bot.imports import Verdict
from tests.bad_files.building import Build, archive, book, calculated, many, opened, raw, text
from tests.bad_files.case import Case, Place

HEADER = "staff_no,full_name,unit"
CELLS = ("staff_no", "full_name", "unit")
DARA = "00201,Dara Sok,Meru Port"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(name: str, build: Build, *faults: Place) -> Case:
    return Case(name, "people", build, Verdict.REFUSED, faults)


def _merge_units(page):  # type: ignore[no-untyped-def]
    for row in (CELLS, ("00201", "Dara Sok", "Meru Port"), ("00202", "Vuth Chan", None)):
        page.append(row)
    page.merge_cells("C2:C3")


def _far_away(page):  # type: ignore[no-untyped-def]
    for row in (CELLS, ("00201", "Dara Sok", "Meru Port")):
        page.append(row)
    page["XFD1048576"] = " "


def _only_hidden(workbook):  # type: ignore[no-untyped-def]
    workbook.create_sheet("Cover")
    page = workbook.create_sheet("people")
    page.append(CELLS)
    page.append(("00201", "Dara Sok", "Meru Port"))
    page.sheet_state = "hidden"


CASES = (
    refused("empty file", raw(b""), (None, None, "empty")),
    refused("only blank lines", text("", " ", ""), (None, None, "empty")),
    refused("header and nothing else", text(HEADER), (None, None, "no-rows")),
    refused("no header", text("00201,Dara Sok,Meru Port"), (None, None, "no-header")),
    refused(
        "header in another language",
        text("លេខ,ឈ្មោះ,អង្គភាព", "00201,សុខ ដារ៉ា,Meru Port"),
        (None, None, "no-header"),
    ),
    refused(
        "starred column under another name",
        text("staff number,full_name,unit", DARA),
        (1, "staff_no", "column-missing"),
        (1, "staff number", "column-unknown"),
    ),
    refused(
        "two starred columns missing",
        text("staff_no,rank", "00201,Inspector"),
        (1, "full_name", "column-missing"),
        (1, "unit", "column-missing"),
    ),
    refused(
        "starred column twice",
        text("staff_no,full_name,unit,Unit", DARA + ",Sila Post"),
        (1, "Unit", "column-doubled"),
    ),
    refused(
        "staff number missing",
        text(HEADER, DARA, ",Vuth Chan,Meru Port"),
        (3, "staff_no", "value-missing"),
    ),
    refused(
        "name of spaces",
        book(CELLS, ("00201", " \u00a0 ", "Meru Port")),
        (2, "full_name", "value-missing"),
    ),
    refused("unit missing", text(HEADER, "00201,Dara Sok,"), (2, "unit", "value-missing")),
    refused(
        "staff number twice",
        text(HEADER, DARA, "00202,Vuth Chan,Meru Port", DARA),
        (4, "staff_no", "key-doubled"),
    ),
    refused(
        "staff number twice behind invisible characters",
        book(CELLS, ("00201", "Dara Sok", "Meru Port"), ("\u200b00201 ", "Dara", "Meru Port")),
        (3, "staff_no", "key-doubled"),
    ),
    refused(
        "number and text of the same staff number",
        book(CELLS, (2201, "Dara Sok", "Meru Port"), ("2201", "Dara Sok", "Meru Port")),
        (3, "staff_no", "key-doubled"),
    ),
    refused(
        "staff number made a date",
        book(CELLS, (dt.date(2026, 1, 2), "Dara Sok", "Meru Port")),
        (2, "staff_no", "key-is-date"),
    ),
    refused(
        "staff number shortened by the spreadsheet",
        text(HEADER, "2.01E+11,Dara Sok,Meru Port"),
        (2, "staff_no", "key-is-scientific"),
    ),
    refused(
        "staff number with decimals",
        book(CELLS, (201.5, "Dara Sok", "Meru Port")),
        (2, "staff_no", "key-is-decimal"),
    ),
    refused(
        "unit name that two units have",
        text(HEADER, "00201,Dara Sok,Sila Post"),
        (2, "unit", "unit-ambiguous"),
    ),
    refused(
        "unit path with a gap",
        text(HEADER, "00201,Dara Sok,North//Meru Port"),
        (2, "unit", "unit-path"),
    ),
    refused(
        "unit path of four levels",
        text(HEADER, "00201,Dara Sok,North/Border/Meru Port/Gate 2"),
        (2, "unit", "unit-path"),
    ),
    refused(
        "unit name with a slash under another directorate",
        text(HEADER + ",directorate", "00201,Dara Sok,Import/Export,Border"),
        (2, "unit", "unit-slash"),
    ),
    refused(
        "formula without a value as staff number",
        book(CELLS, ('="00"&"201"', "Dara Sok", "Meru Port")),
        (2, "staff_no", "formula-uncounted"),
    ),
    refused(
        "failed lookup of the unit",
        calculated(CELLS, ("00201", "Dara Sok", ("=VLOOKUP(1,A9:B9,2,0)", "#N/A"))),
        (2, "unit", "formula-failed"),
    ),
    refused(
        "unit merged over two rows",
        opened(_merge_units),
        (2, "unit", "cells-merged"),
        (3, "unit", "value-missing"),
    ),
    refused(
        "comma in a name without quotes",
        text(HEADER, "00201,Sok, Dara,Meru Port", "00202,Vuth Chan,Meru Port"),
        (2, None, "row-shifted"),
    ),
    refused(
        "quotation mark never closed",
        text(HEADER, DARA, '00202,"Vuth Chan,Meru Port', "00203,Bopha Keo,Meru Port"),
        (3, None, "quotes-broken"),
    ),
    refused(
        "Urdu in an old encoding",
        text(HEADER, "00201,محمد اسلم,Meru Port", encoding="cp1256"),
        (None, None, "encoding-unknown"),
    ),
    refused(
        "UTF-16 cut off in the middle",
        raw(f"{HEADER}\r\n{DARA}\r\n".encode("utf-16")[:-1]),
        (None, None, "encoding-unknown"),
    ),
    refused("PDF under another name", raw(b"%PDF-1.7 ..."), (None, None, "not-a-table")),
    refused(
        "web page saved as a workbook",
        raw(b"\r\n<html><table><tr><td>staff_no</td></tr></table></html>"),
        (None, None, "not-a-table"),
    ),
    refused("old or locked workbook", raw(OLD_WORKBOOK), (None, None, "old-workbook")),
    refused("letter in a zip", archive("word/document.xml"), (None, None, "not-a-workbook")),
    refused("workbook cut off", raw(b"PK\x03\x04" + bytes(40)), (None, None, "workbook-broken")),
    refused("something in the last cell", opened(_far_away), (None, None, "too-large")),
    refused("table on a hidden sheet", many(_only_hidden), (None, None, "empty")),
    refused(
        "everything wrong at once",
        text(
            HEADER + ",phone,hired_on,supervisor_staff_no",
            ",Dara Sok,Sila Post,abc,01/02/2020,00101",
            "00202,,Meru Port,012345678,2020-02-31,99999",
            "00202,Vuth Chan,,,,00202",
        ),
        (2, "staff_no", "value-missing"),
        (2, "phone", "bad-phone"),
        (2, "hired_on", "bad-date"),
        (2, "unit", "unit-ambiguous"),
        (3, "full_name", "value-missing"),
        (3, "hired_on", "bad-date"),
        (3, "supervisor_staff_no", "supervisor-unknown"),
        (4, "unit", "value-missing"),
        (4, "staff_no", "key-doubled"),
        (4, "supervisor_staff_no", "supervisor-self"),
    ),
)
