"""Files that were made to harm, or that a broken program wrote: refused soon, in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from bot.imports import Verdict
from scripts.fuzzing.books import book
from scripts.fuzzing.parts_of_books import DECLARED, MAIN, inline
from tests.bad_files.building import Build, text
from tests.bad_files.case import Case, Place

HEADER = "staff_no,full_name,unit"
TWICE = '<sheet name="b" sheetId="2" r:id="r1"/>'


def refused(name: str, build: Build, *faults: Place) -> Case:
    return Case(name, "people", build, Verdict.REFUSED, faults)


def sheet(rows: str, before: str = "", after: str = "") -> Callable[[], bytes]:
    """A workbook of a sound header and row, and of `rows` that are not."""
    header = "".join(map(inline, ("A1", "B1", "C1"), HEADER.split(",")))
    sound = "".join(map(inline, ("A2", "B2", "C2"), ("00201", "Dara Sok", "Meru Port")))
    table = f'<row r="1">{header}</row><row r="2">{sound}</row>{rows}'
    return lambda: book(
        f'{before}<worksheet xmlns="{MAIN}"><sheetData>{table}</sheetData>{after}</worksheet>'
    )


FAR = "".join(
    ("<row>", "<c><v>1</v></c>" * 3000, "</row>", "<row/>" * 3000, "<row><c><v>1</v></c></row>")
)
CASES = (
    refused("cell that says no place of a sheet", sheet('<row><c r="A99999999999"/></row>'),
            (None, None, "workbook-broken")),
    refused("letters of a place that no sheet has", sheet('<row><c r="AAAAAAAA1"/></row>'),
            (None, None, "workbook-broken")),
    refused("last cell, its place in other signs", sheet("<row><c r='XFD1048576'/></row>"),
            (None, None, "too-large")),
    refused("last cell, behind a wrong dimension",
            sheet(" " * 21_000_000 + '<row><c r="XFD1048576"><v>1</v></c></row>'),
            (None, None, "too-large")),
    refused("cells that say no place, far away", sheet(FAR), (None, None, "too-large")),
    refused("length of time beyond all time",
            sheet('<row r="3"><c r="A3" s="2"><v>1e15</v></c></row>'),
            (None, None, "number-as-time")),
    refused("length of time before all time",
            sheet('<row r="3"><c r="A3" s="2"><v>-1e308</v></c></row>'),
            (None, None, "number-as-time")),
    refused("entity that names a file", sheet("", before=DECLARED[0]),
            (None, None, "declarations")),
    refused("entities that grow without end", sheet("", before=DECLARED[2]),
            (None, None, "declarations")),
    refused("one part as two sheets", lambda: book("", others=TWICE),
            (None, None, "workbook-broken")),
    refused("300 columns and more",
            text(HEADER + ",x" * 300, "00201,Dara Sok,Meru Port"),
            (None, None, "too-many-columns")),
    refused("value of ten million letters",
            text(HEADER, f"00201,\"{'x' * 10_000_000}\",Meru Port"), (2, None, "cell-endless")),
    refused("nothing but separators", text(HEADER, "," * 4_000_001), (None, None, "too-large")),
    refused("200,000 rows and more", text(HEADER, *["a,b,c"] * 200_001),
            (None, None, "too-many-rows")),
    refused("staff number of 200 signs", text(HEADER, f"{'1' * 200},Dara Sok,Meru Port"),
            (2, "staff_no", "key-too-long")),
    refused("name of 300 letters", text(HEADER, f"00201,{'x' * 300},Meru Port"),
            (2, "full_name", "name-too-long")),
    Case("rank of 300 letters", "people",
         text(f"{HEADER},rank", f"00201,Dara Sok,North/Border/Meru Port,{'x' * 300}"),
         Verdict.READY, ((2, "rank", "name-too-long"),), {("00201", "rank"): ""}),
    Case("merged cells over a whole sheet, in a part that is not read", "people",
         sheet("", after='<mergeCells><mergeCell ref="D1:XFD1048576"/></mergeCells>' ),
         Verdict.READY, (), {("00201", "full_name"): "Dara Sok"}),
    Case("formula in a comment, beyond the last row", "people",
         sheet('<!-- <c r="A999999999999"><f>1</f></c> -->'),
         Verdict.READY, (), {("00201", "full_name"): "Dara Sok"}),
    Case("words that a spreadsheet would calculate", "people",
         text(HEADER, "00201,'=1+1,North/Border/Meru Port"),
         Verdict.READY, (), {("00201", "full_name"): "=1+1"}),
)  # fmt: skip
