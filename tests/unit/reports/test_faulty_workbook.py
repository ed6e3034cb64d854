"""A clerk's file given back with its faults marked."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import Fault, Severity
from bot.i18n import _
from bot.reports import faulty_workbook
from bot.reports.fault_marks import RED, YELLOW
from bot.reports.faulty_workbook import colour_faults

MISSING = _("The unit “{name}” is not known.", name="Port")
BAD_DATE = _("“{value}” is no date.", value="soon")
CSV = "staff_no,full_name,unit\n001,=1+1,Port\n002,សុខ,\n"


def clerks_file() -> Workbook:
    book = Workbook()
    page = book.active
    page.title = "People"
    page.append(["Staff No", "full_name*", "unit"])
    page.append(["001", "Sok", "Port"])
    page.append(["002", "Dara", "=B3"])
    page.merge_cells("A4:C4")
    page["A4"] = "end"
    book.create_sheet("Odd ' name")
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def returned(data: bytes, *faults: Fault, language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(colour_faults(data, faults, language)))


def fill(page: Worksheet, place: str) -> str | None:
    cell = page[place]
    return cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else None


def test_fault__with_row_and_header__colours_the_cell_and_says_why() -> None:
    page = returned(saved(clerks_file()), Fault(MISSING, "People", 2, "unit"))["People"]
    assert fill(page, "C2") == RED
    assert page["C2"].comment.text == "The unit “Port” is not known."
    assert fill(page, "C3") is None


def test_fault__warning__is_yellow() -> None:
    warning = Fault(BAD_DATE, None, 2, "C", Severity.WARNING)
    assert fill(returned(saved(clerks_file()), warning)["People"], "C2") == YELLOW


def test_fault__several_on_a_cell__the_blocking_one_colours_all_are_said() -> None:
    faults = (Fault(BAD_DATE, None, 2, "unit", Severity.WARNING), Fault(MISSING, None, 2, "unit"))
    page = returned(saved(clerks_file()), *faults)["People"]
    assert fill(page, "C2") == RED
    assert page["C2"].comment.text.splitlines() == [
        "“soon” is no date.",
        "The unit “Port” is not known.",
    ]


@pytest.mark.parametrize(
    ("row", "column", "place"),
    [(None, "Full Name", "B1"), (3, None, "A3"), (3, "no such", "A3"), (2, "staff_no", "A2")],
)
def test_fault__placed_loosely__finds_the_nearest_cell(
    row: int | None, column: str | None, place: str
) -> None:
    page = returned(saved(clerks_file()), Fault(MISSING, "people", row, column))["People"]
    assert fill(page, place) == RED


def test_fault__in_a_merged_area__colours_the_cell_that_shows() -> None:
    page = returned(saved(clerks_file()), Fault(MISSING, "People", 4, "unit"))["People"]
    assert fill(page, "A4") == RED
    assert [str(area) for area in page.merged_cells.ranges] == ["A4:C4"]


def test_fault__of_the_whole_file_or_an_unknown_sheet__is_only_listed() -> None:
    book = returned(saved(clerks_file()), Fault(MISSING), Fault(BAD_DATE, "Nowhere", 2, "unit"))
    assert all(fill(book["People"], place) is None for place in ("A1", "A2", "C2"))
    assert [row[4].value for row in book["Faults"].iter_rows(min_row=2)] == [
        "The unit “Port” is not known.",
        "“soon” is no date.",
    ]


def test_list__each_fault__has_place_and_meaning() -> None:
    warning = Fault(BAD_DATE, "=cmd", 2, "=unit", Severity.WARNING)
    page = returned(saved(clerks_file()), warning)["Faults"]
    cells = page[2]
    assert [cell.value for cell in cells[:4]] == ["=cmd", 2, "=unit", "warning"]
    assert {cell.data_type for cell in cells} == {"s", "n"}


def test_list__urdu__runs_from_right_to_left() -> None:
    book = returned(saved(clerks_file()), Fault(MISSING), language="ur")
    assert book.worksheets[-1].sheet_view.rightToLeft


def test_workbook__formula_text_and_other_sheets__stay() -> None:
    original = clerks_file()
    original["People"]["B3"].data_type = "s"
    book = returned(saved(original), Fault(MISSING, "People", 2, "unit"))
    assert book["People"]["C3"].value == "=B3"
    assert book["People"]["C3"].data_type == "f"
    assert book.sheetnames == ["People", "Odd ' name", "Faults"]


def test_workbook__the_clerks_own_comment__is_kept() -> None:
    original = clerks_file()
    original["People"]["C2"].comment = Comment("Ask Dara", "Sok")
    page = returned(saved(original), Fault(MISSING, "People", 2, "unit"))["People"]
    assert page["C2"].comment.text == "Ask Dara\nThe unit “Port” is not known."


def test_workbook__second_round__marks_of_the_first_are_gone() -> None:
    first = colour_faults(saved(clerks_file()), [Fault(MISSING, "People", 2, "unit")], "ur")
    second = returned(first, Fault(BAD_DATE, "People", 3, "unit"))
    assert fill(second["People"], "C2") is None
    assert second["People"]["C2"].comment is None
    assert fill(second["People"], "C3") == RED
    assert second.sheetnames == ["People", "Odd ' name", "Faults"]


def test_workbook__the_library_cannot_read_it__comes_back_with_its_values() -> None:
    broken = _with_broken_styles(saved(clerks_file()))
    with pytest.raises(ValueError, match="odd|stylesheet"):
        load_workbook(io.BytesIO(broken))
    page = returned(broken, Fault(MISSING, "People", 2, "unit"))["People"]
    assert (page["B2"].value, fill(page, "C2")) == ("Sok", RED)


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.encode("utf-16"),
        CSV.replace(",", ";").encode(),
    ],
)
def test_csv__any_usual_kind__comes_back_as_a_workbook(data: bytes) -> None:
    page = returned(data, Fault(MISSING, None, 2, "unit")).worksheets[0]
    assert [cell.value for cell in page[2]] == ["001", "=1+1", "Port"]
    assert page["B2"].data_type == "s"
    assert page["B3"].value == "សុខ"
    assert fill(page, "C2") == RED
    assert page["C2"].comment.text == "The unit “Port” is not known."


def test_csv__fault_beyond_the_last_cell__is_still_coloured() -> None:
    page = returned(b"a,b\n1\n", Fault(MISSING, None, 2, "b")).worksheets[0]
    assert fill(page, "B2") == RED


def test_large_file__only_heading_and_faulty_rows_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(faulty_workbook, "ROWS_GIVEN_BACK_WHOLE", 2)
    book = returned(saved(clerks_file()), Fault(MISSING, "People", 3, "unit"))
    rows = [[cell.value for cell in row] for row in book["People"].iter_rows()]
    assert rows == [["Row", "Staff No", "full_name*", "unit"], [3, "002", "Dara", None]]
    assert fill(book["People"], "D2") == RED
    assert book["Faults"]["B2"].value == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n\x00\xff",
        b"<html><td>1</td></html>",
        b"PK\x03\x04 cut short",
        b"\xd0\xcf\x11\xe0 password",
        "ឈ្មោះ".encode("utf-16-le"),
        bytes(range(128, 256)),
    ],
)
def test_no_table_at_all__only_the_list_comes_back(data: bytes) -> None:
    book = returned(data, Fault(MISSING))
    assert book.sheetnames == ["Faults"]
    assert book["Faults"]["E2"].value == "The unit “Port” is not known."


def test_csv__quotes_never_closed__only_the_list_comes_back() -> None:
    assert returned(b'a,b\n"1,2\n', Fault(MISSING, row=2)).sheetnames == ["Faults"]


def test_fault__in_a_translated_column__finds_its_heading() -> None:
    original = clerks_file()
    original["People"]["B1"] = "full_name::Khmer (km)"
    page = returned(saved(original), Fault(MISSING, "People", 2, "full_name::km"))["People"]
    assert fill(page, "B2") == RED


def test_large_file__heading_below_a_title__comes_back_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(faulty_workbook, "ROWS_GIVEN_BACK_WHOLE", 2)
    data = b"List of people,\nstaff_no,unit\n1,Port\n2,Quay\n3,Dock\n"
    page = returned(data, Fault(MISSING, None, 4, "unit")).worksheets[0]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        [1, "List of people", None],
        ["Row", "staff_no", "unit"],
        [4, "2", "Quay"],
    ]


def _with_broken_styles(data: bytes) -> bytes:
    """The same workbook with a style sheet that openpyxl refuses."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == "xl/styles.xml":
                content = content.replace(b"gray125", b"odd")
            copy.writestr(entry, content)
    return target.getvalue()
