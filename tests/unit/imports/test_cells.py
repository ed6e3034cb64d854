"""Single cells: what is taken, and what is refused with which code."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.imports import cells, cleaning
from bot.imports.cells import Cell, Reader
from bot.imports.findings import BadValue
from bot.training.imports import weekdays


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.text, 12.0, "12"),
        (cells.text, 12.5, "12.5"),
        (cells.text, dt.date(2026, 1, 2), "2026-01-02"),
        (cells.text, dt.datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04"),
        (cells.key, 123.0, "123"),
        (cells.key, "00\u200b123", "00123"),
        (cells.key, "1E5", "1E5"),
        (cells.date, "2024-02-29", dt.date(2024, 2, 29)),
        (cells.date, dt.datetime(2026, 1, 2, 9, 30), dt.date(2026, 1, 2)),
        (cells.time, "8:05", dt.time(8, 5)),
        (cells.time, "17:00:00", dt.time(17)),
        (cells.time, 0.5, dt.time(12)),
        (cells.time, dt.timedelta(hours=8, minutes=24), dt.time(8, 24)),
        (cells.time, dt.time(8, 30, 59), dt.time(8, 30)),
        (cells.whole_number(1, 20), "20", 20),
        (cells.whole_number(1, 20), 5.0, 5),
        (cells.number(0, 10), "1,5", 1.5),
        (cells.yes_no, "TRUE", True),
        (cells.yes_no, 0.0, False),
        (cells.one_of(("no-show", "partly attended")), "Partly_Attended", "partly attended"),
        (cells.language, "ur-PK", "ur"),
        (cells.timezone, "Pacific/Fiji", "Pacific/Fiji"),
        (cells.listed, " a ; b;;a ", ("a", "b")),
        (weekdays.read, "Mon-Fri", "Mon-Fri"),
        (weekdays.read, "wed, monday", "Mon,Wed"),
        (weekdays.read, "Sat-Mon", "Mon,Sat,Sun"),
        (weekdays.read, "Mon–Wed; Fri", "Mon-Wed,Fri"),
    ],
)
def test_reader__good_cell__value(read: Reader, cell: Cell, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "code"),
    [
        (cells.key, 12.5, "key-is-decimal"),
        (cells.key, dt.date(2026, 1, 2), "key-is-date"),
        (cells.key, "1.2E+05", "key-is-scientific"),
        (cells.date, "2026-1-2", "bad-date"),
        (cells.date, "2026-02-30", "bad-date"),
        (cells.date, "02.01.2026", "bad-date"),
        (cells.date, 46024.0, "bad-date"),
        (cells.date, "1026-01-02", "date-out-of-range"),
        (cells.time, "24:00", "bad-time"),
        (cells.time, "8.30", "bad-time"),
        (cells.time, 1.5, "bad-time"),
        (cells.whole_number(1, 20), "21", "bad-number"),
        (cells.whole_number(1, 20), 2.5, "bad-number"),
        (cells.whole_number(1, 20), "٥", "bad-number"),
        (cells.number(0, 10), "1 000", "bad-number"),
        (cells.yes_no, "perhaps", "bad-yes-no"),
        (cells.one_of(("open",)), "closed", "bad-choice"),
        (cells.language, "Urdu", "bad-language"),
        (cells.timezone, "Fiji time", "bad-timezone"),
        (weekdays.read, "T", "bad-weekdays"),
        (weekdays.read, "Mon-", "bad-weekdays"),
        (weekdays.read, "weekdays", "bad-weekdays"),
    ],
)
def test_reader__bad_cell__refused_by_code(read: Reader, cell: Cell, code: str) -> None:
    with pytest.raises(BadValue) as bad:
        read(cell)
    assert bad.value.code == code


def test_reader__very_long_cell__quoted_by_its_beginning() -> None:
    with pytest.raises(BadValue) as bad:
        cells.date("x" * 5_000)
    quoted = dict(bad.value.sentence.params)["value"]
    assert quoted == "x" * 59 + "…"


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        (" Sok  Dara ", "Sok Dara"),
        ("Sok\u00a0Dara\u200b", "Sok Dara"),
        ("Sok\r\nDara", "Sok Dara"),
        ("Sok\x00 Da\x07ra", "Sok Dara"),
        ("សុខ\x00", "សុខ"),
        ("Jose\u0301", "José"),
        ("\u200f محمد\u200c اسلم", "محمد\u200c اسلم"),
        ("សុខ\u200bដារ៉ា", "សុខ\u200bដារ៉ា"),
    ],
)
def test_clean__stray_characters__gone_and_those_inside_kept(words: str, cleaned: str) -> None:
    assert cleaning.clean(words) == cleaned
    assert cleaning.are_clean([cleaned])
    assert cleaning.are_clean(["before", words, "after"]) == (words == cleaned)
