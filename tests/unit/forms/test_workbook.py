"""Files that are no workbook, broken ones and hostile ones: a sentence each, never a traceback."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.importer import import_form
from bot.forms.workbook import MAX_BYTES, MAX_ROWS, read_workbook
from bot.i18n import render
from tests.unit.forms.making import survey

PLAIN = survey("type | name | label", "text | a | A?")


def xlsx(
    *rows: tuple[object, ...], title: str = "survey", **others: list[tuple[object, ...]]
) -> bytes:
    """An Excel workbook with these rows, and other sheets by their names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for name, other_rows in others.items():
        other = book.create_sheet(name)
        for row in other_rows:
            other.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEADER = ("type", "name", "label")
GOOD = xlsx(HEADER, ("text", "a", "A?"))


def with_part(data: bytes, name: str, change: bytes) -> bytes:
    """The archive with one part replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, change if part.filename == name else old.read(part))
    return changed.getvalue()


def sheet_xml(rows: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _row(number: int, *cells: str) -> str:
    written = (
        inline(f"{letter}{number}", cell) for letter, cell in zip("ABC", cells, strict=True)
    )
    return f'<row r="{number}">{"".join(written)}</row>'


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
)


def zip_of(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def lying_zip() -> bytes:
    """An archive whose directory says that ten million bytes are ten."""
    honest = zip_of(**{"xl/workbook.xml": b" " * 10_000_000})
    return honest.replace((10_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


UNREADABLE = [
    ("empty", b"", "empty_file"),
    ("blank", b"  \n ", "empty_file"),
    ("csv", b"type,name,label\ntext,a,A?\n", "csv_file"),
    ("semicolons", b"type;name;label\ntext;a;A?\n", "csv_file"),
    ("words", b"Please ask everybody how it was", "not_a_workbook"),
    ("page", b"<!doctype html><html><body>no</body></html>", "not_a_workbook"),
    ("binary", bytes(range(256)) * 40, "not_a_workbook"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_workbook"),
    ("a zip of something", zip_of(**{"word/document.xml": b"<x/>"}), "not_a_workbook"),
    ("cut off", GOOD[: len(GOOD) // 2], "broken_file"),
    ("bytes changed", GOOD[:200] + b"\x00" * 40 + GOOD[240:], "broken_file"),
    ("no xml", with_part(GOOD, "xl/workbook.xml", b"not xml"), "broken_file"),
    ("broken sheet", with_part(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet><"), "broken_file"),
    ("entities", with_part(GOOD, "xl/worksheets/sheet1.xml", BOMB), "entities"),
    (
        "entities in another encoding",
        with_part(GOOD, "xl/worksheets/sheet1.xml", BOMB.decode().encode("utf-16")),
        "entities",
    ),
    (
        "unpacks to too much",
        zip_of(**{"xl/workbook.xml": b"<x/>", "xl/big.xml": b" " * 70_000_000}),
        "unpacks_too_large",
    ),
    ("states a smaller size than it has", lying_zip(), "broken_file"),
    ("too large", b"PK" + b"x" * MAX_BYTES, "file_too_large"),
    ("broken xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "broken_file"),
    (
        "password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9,
        "password",
    ),
    ("two other sheets", xlsx(HEADER, title="A", B=[HEADER]), "no_survey"),
    ("survey mistyped", xlsx(HEADER, title="surveys", choices=[HEADER]), "no_survey"),
    ("cell too long", xlsx(HEADER, ("text", "a", "A" * 9000)), "cell_too_long"),
    (
        "too many rows",
        xlsx(HEADER, *(("text", f"q{n}", "Q?") for n in range(MAX_ROWS + 2))),
        "too_many_rows",
    ),
]


@pytest.mark.parametrize(
    ("data", "code"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE]
)
def test_file__that_cannot_be_read__is_one_fault_with_a_sentence(data: bytes, code: str) -> None:
    result = import_form(data)
    assert result.definition is None
    assert [fault.code for fault in result.faults] == [code]
    assert render(result.faults[0].sentence, "en")


def test_file__that_is_not_there__is_a_fault(tmp_path: Path) -> None:
    (fault,) = import_form(tmp_path / "none.xlsx").faults
    assert fault.code == "no_file"


def test_file__with_wrong_extension__is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "survey.xls"
    path.write_bytes(GOOD)
    assert import_form(path).definition is not None


def test_file__name__becomes_the_id_of_a_form_without_one(tmp_path: Path) -> None:
    path = tmp_path / "Reaction sheet (new).xlsx"
    path.write_bytes(GOOD)
    definition = import_form(path).definition
    assert definition is not None
    assert definition.form_id == "Reaction_sheet_new"


def test_markdown__bytes_and_text__are_the_same_form() -> None:
    assert import_form(PLAIN).definition == import_form(PLAIN.encode()).definition
    assert import_form(PLAIN).definition is not None


def test_markdown__separators_and_escaped_pipes__are_understood() -> None:
    table = "\n".join(
        (
            "| survey |",
            "| | type | name | label |",
            "| --- | --- | --- | --- |",
            "| | text | a | A \\| B |",
        )
    )
    definition = import_form(table).definition
    assert definition is not None
    assert definition.questions[0].label.best("en") == "A | B"


def test_rows__empty_ones_between__keep_their_numbers() -> None:
    book = read_workbook(xlsx(HEADER, (), ("text", "a", "A?"), (), (), ("text", "b", "B?")))
    assert [line.number for line in book.sheets["survey"].lines] == [3, 6]


def test_rows__one_cell_in_the_farthest_corner__does_not_fill_memory() -> None:
    rows = (
        _row(1, *HEADER)
        + _row(2, "text", "a", "A?")
        + f'<row r="1048576">{inline("XFD1048576", "x")}</row>'
    )
    data = with_part(GOOD, "xl/worksheets/sheet1.xml", sheet_xml(rows))
    definition = import_form(data).definition
    assert definition is not None
    assert len(definition.questions) == 1


def test_cells__numbers_dates_and_truths__become_the_text_they_mean() -> None:
    row = (1.0, 2.5, True, dt.datetime(2026, 5, 31), dt.datetime(2026, 5, 31, 14, 30), " x\xa0y ")
    book = read_workbook(xlsx(HEADER, row))
    assert book.sheets["survey"].lines[0].cells == (
        "1",
        "2.5",
        "TRUE",
        "2026-05-31",
        "2026-05-31 14:30:00",
        "x y",
    )


def test_formula__without_stored_result__is_a_fault_at_its_row() -> None:
    data = xlsx(HEADER, ("text", "a", "A?"), ("text", '=CONCATENATE("a","b")', "B?"))
    found = {(fault.row, fault.code) for fault in import_form(data).refusals}
    assert (3, "formula_without_result") in found


def test_formula__with_an_error__is_a_fault_at_its_cell() -> None:
    data = xlsx(HEADER, ("text", "a", "#REF!"))
    (fault,) = import_form(data).refusals
    assert (fault.sheet, fault.row, fault.column, fault.code) == (
        "survey",
        2,
        "label",
        "formula_error",
    )


def test_sheet__names_in_any_case__are_found() -> None:
    data = xlsx(HEADER, ("select_one x", "a", "A?"), title="SURVEY", Choices=[
        ("list name", "name", "label"), ("x", 1, "One"),
    ])  # fmt: skip
    definition = import_form(data).definition
    assert definition is not None
    assert definition.questions[0].choices[0].code == "1"


def test_sheet__only_one_of_any_name__is_the_survey() -> None:
    assert import_form(xlsx(HEADER, ("text", "a", "A?"), title="Sheet1")).definition is not None


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 100_000))
def test_workbook__with_bytes_changed__never_raises(seed: int) -> None:
    dice = random.Random(seed)
    broken = bytearray(GOOD)
    for _change in range(dice.randint(1, 20)):
        broken[dice.randrange(len(broken))] = dice.randrange(256)
    result = import_form(bytes(broken))
    assert result.definition is not None or result.refusals


CELL = st.one_of(
    st.sampled_from([
        "text", "integer", "select_one x", "begin group", "end group", "note", "calculate",
        "a", "b", "${a} = 'x'", "${b} > 1", ". > 1", "yes", "range", "start=1 end=5", "",
    ]),
    st.text(st.characters(exclude_characters="|\r\n\\"), max_size=12),
)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(CELL, min_size=1, max_size=7), max_size=6), st.lists(CELL, max_size=7))
def test_form__any_cells__import_or_are_refused_and_never_raise(
    rows: list[list[str]], more_headings: list[str]
) -> None:
    headings = ["type", "name", "label", "relevant", "constraint", *more_headings]
    table = survey(" | ".join(headings), *(" | ".join(row) for row in rows))
    result = import_form(table)
    assert result.definition is not None or result.refusals
    for fault in result.faults:
        assert render(fault.sentence, "en")


def test_sheets__one_part_for_all_of_them__is_refused_unread() -> None:
    links = zipfile.ZipFile(io.BytesIO(GOOD)).read("xl/workbook.xml")
    (sheet,) = re.findall(rb"<sheet [^>]*/>", links)
    shared = links.replace(sheet, sheet + sheet.replace(b"survey", b"other"))
    many = links.replace(sheet, b"".join(sheet for _number in range(60)))
    for changed, code in ((shared, "broken_file"), (many, "unpacks_too_large")):
        (fault,) = import_form(with_part(GOOD, "xl/workbook.xml", changed)).faults
        assert fault.code == code


def test_form__checked__leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    assert import_form(GOOD).definition is not None
