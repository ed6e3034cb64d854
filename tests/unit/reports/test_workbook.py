"""Workbooks written for people: types, text that stays text, names, headings and filters."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import Moment, Percent, Texts, _
from bot.reports.sheet_text import LONGEST_NAME, cell_text, sheet_names
from bot.reports.workbook import Column, Kind, Sheet, write_workbook

NAME = Column("Name", "full_name")
COUNT = Column("Answers", "n", kind=Kind.INT)


def opened(*sheets: Sheet, language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(write_workbook(sheets, language)))


def only(
    columns: tuple[Column, ...], *rows: tuple[object, ...], language: str = "en"
) -> Worksheet:
    return opened(Sheet("Report", columns, rows), language=language).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@SUM(A1)", "{=A1}", "http://x", "007"])
def test_cell__text_like_a_formula_or_number__stays_text(text: str) -> None:
    cell = only((NAME,), (text,))["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize(
    ("value", "kind", "read", "pattern"),
    [
        (dt.date(2026, 3, 4), Kind.DATE, dt.datetime(2026, 3, 4), "yyyy-mm-dd"),
        (Percent(0.456), Kind.PERCENT, 0.456, "0%"),
        (0.5, Kind.PERCENT, 0.5, "0%"),
        (1234, Kind.INT, 1234, "#,##0"),
        (4.25, Kind.DECIMAL, 4.25, "#,##0.00"),
        (dt.time(8, 30), Kind.TEXT, dt.time(8, 30), "hh:mm"),
    ],
)
def test_cell__typed_value__is_a_real_one(
    value: object, kind: Kind, read: object, pattern: str
) -> None:
    cell = only((Column("X", kind=kind),), (value,))["A2"]
    assert (cell.value, cell.number_format) == (read, pattern)


def test_cell__moment__is_shown_in_its_zone() -> None:
    at = dt.datetime(2026, 3, 4, 20, 0, tzinfo=dt.UTC)
    cell = only((Column("When", kind=Kind.DATE),), (Moment(at, "Asia/Phnom_Penh"),))["A2"]
    assert cell.value == dt.datetime(2026, 3, 5, 3, 0)


def test_cell__words_in_a_number_column__are_written_as_words() -> None:
    page = only((COUNT,), (_("Fewer than five answers: not shown"),), (None,))
    assert [page["A2"].value, page["A3"].value] == ["Fewer than five answers: not shown", None]


def test_cell__texts__in_the_readers_language() -> None:
    title = Texts.of({"en": "Origin", "ur": "اصلیت"})
    assert only((NAME,), (title,), language="ur")["A2"].value == "اصلیت"


def test_sheet__header__frozen_and_filtered() -> None:
    page = only((NAME, COUNT), ("Sok", 1), ("Dara", 2))
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"


def test_sheet__no_rows__header_still_filtered() -> None:
    assert only((NAME, COUNT)).auto_filter.ref == "A1:B1"


def test_sheet__notes_and_codes__stand_above_the_rows() -> None:
    sheet = Sheet("R", (NAME, COUNT), [("Sok", 1)], notes=("Anonymous.",), with_codes=True)
    page = opened(sheet).worksheets[0]
    seen = [[cell.value for cell in row] for row in page.iter_rows()]
    assert seen == [
        ["Anonymous.", None],
        [None, None],
        ["Name", "Answers"],
        ["full_name", "n"],
        ["Sok", 1],
    ]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A5", "A4:B5")


@pytest.mark.parametrize(("language", "expected"), [("en", None), ("km", None), ("ur", True)])
def test_sheet__right_to_left_language__turns_the_sheet(
    language: str, expected: bool | None
) -> None:
    assert only((NAME,), language=language).sheet_view.rightToLeft == expected


def test_sheet__row_of_wrong_length__is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        write_workbook([Sheet("R", (NAME,), [("Sok", 1)])], "en")


def test_workbook__rows_from_a_generator__are_taken_as_they_come() -> None:
    rows = ((f"P{number}", number) for number in range(3000))
    assert opened(Sheet("R", (NAME, COUNT), rows)).worksheets[0]["B3001"].value == 2999


def test_workbook__made_at__is_what_the_file_says() -> None:
    made = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)
    data = write_workbook([Sheet("R", (NAME,), [])], "en", made)
    assert load_workbook(io.BytesIO(data)).properties.created == made.replace(tzinfo=None)


def test_workbook__same_file_twice_with_a_date__is_the_same() -> None:
    made = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    sheet = Sheet("R", (NAME,), [("Sok",)])
    assert write_workbook([sheet], "en", made) == write_workbook([sheet], "en", made)


@given(st.lists(st.text(max_size=45), max_size=6))
def test_sheet_names__anything__are_names_excel_takes(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 0 < len(name) <= LONGEST_NAME
        assert not set("[]:*?/\\") & set(name)
        assert name[0] != "'" != name[-1]


def test_sheet_names__long_twins__are_told_apart() -> None:
    assert sheet_names(["A" * 40, "a" * 40]) == ["A" * 31, "a" * 29 + " 2"]


def test_cell_text__control_characters_and_length__made_fit() -> None:
    assert cell_text("a\x00b\x1fc\n") == "abc\n"
    assert len(cell_text("x" * 40_000)) == 32_767
