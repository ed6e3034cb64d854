"""The pictures of counts and of people against what they hold: what is drawn, and where."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from bot.i18n import LANGUAGES, render
from bot.reports import bars, grid
from bot.reports.bars import BARS_ON_A_PHONE, BarChart, Count, bar_picture
from bot.reports.grid import Cell, Grid, Paint, Row, grid_picture
from bot.reports.months import month_words, narrow_month

LEGEND = tuple((paint, paint.name) for paint in Paint)


def table(*rows: Row, columns: int = 1) -> Grid:
    names = tuple(f"CODE-{number}" for number in range(columns))
    return Grid("Qualifications", "On a day", names, rows, LEGEND)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def columns_of(image: Image.Image, colour: str, below: int) -> list[int]:
    """The columns in which `colour` stands under the legend."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return [
        x
        for x in range(0, image.width, 4)
        for y in range(below, image.height, 8)
        if all(
            abs(one - two) < 14 for one, two in zip(image.getpixel((x, y)), wanted, strict=True)
        )
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_grid__as_much_as_a_phone_shows__is_small(language: str) -> None:
    cells = tuple(Cell(paint, "03/27") for paint in Paint) + (None,)
    rows = [Row("សុខ ដារ៉ា Sok Dara", cells)] * grid.ROWS_ON_A_PHONE
    content = grid_picture(table(*rows, columns=6), language)
    image = opened(content)
    assert content.startswith(b"\x89PNG")
    assert len(content) < 250_000
    assert image.width == grid.WIDTH
    assert image.height < 2600


@pytest.mark.parametrize("code", ["BAGGAGE", "PROHIBIT", "INVEST"])
def test_grid__heading_of_one_word__stands_in_one_line(code: str) -> None:
    rows = [Row("Dara", (Cell(Paint.GOOD),) * 6)]
    one = grid_picture(Grid("Gaps", "", (code,) * 6, tuple(rows), LEGEND), "en")
    short = grid_picture(Grid("Gaps", "", ("HS",) * 6, tuple(rows), LEGEND), "en")
    assert opened(one).height <= opened(short).height


@pytest.mark.parametrize("language", LANGUAGES)
def test_grid__long_name__has_a_second_line_and_no_third(language: str) -> None:
    heights = [
        opened(grid_picture(table(Row(name, (Cell(Paint.GOOD),))), language)).height
        for name in ("Office", "Office of the Director-General", "Office of the Director " * 9)
    ]
    assert heights[0] < heights[1] == heights[2]


def test_grid__first_column__stands_where_the_reader_begins() -> None:
    first = table(Row("Dara", (Cell(Paint.GOOD), Cell(Paint.SOON))), columns=2)
    good, soon = Paint.GOOD.value.fill, Paint.SOON.value.fill
    english, urdu = opened(grid_picture(first, "en")), opened(grid_picture(first, "ur"))
    assert max(columns_of(english, good, 300)) < min(columns_of(english, soon, 300))
    assert min(columns_of(urdu, good, 300)) > max(columns_of(urdu, soon, 300))


def test_grid__more_than_a_phone_shows__goes_on_in_further_pictures() -> None:
    rows = [Row(str(number), (Cell(Paint.GOOD),) * 8) for number in range(30)]
    parts = list(grid.in_parts(table(*rows, columns=8)))
    assert [(len(part.rows), len(part.columns)) for part in parts] == [
        (24, 6),
        (24, 2),
        (6, 6),
        (6, 2),
    ]
    assert all(len(row.cells) == len(part.columns) for part in parts for row in part.rows)


def test_grid__a_row_with_too_few_cells__refused() -> None:
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        table(Row("Dara", (None,)), columns=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars__as_many_as_a_phone_shows__is_small(language: str) -> None:
    counts = tuple(
        Count(f"Office {number}", number, number // 2) for number in range(BARS_ON_A_PHONE)
    )
    chart = BarChart("What ends", "By month", counts, "read", "sent", "The rest is unknown.")
    content = bar_picture(chart, language)
    assert len(content) < 150_000
    assert opened(content).height < 2600


def test_bars__twice_the_count__is_twice_as_long() -> None:
    counts = (Count("One", 10), Count("Two", 20))
    image = opened(bar_picture(BarChart("Title", "", counts), "en"))
    fill = bars.palette.scale(4)[2].fill
    lengths = [
        sum(image.getpixel((x, y)) == _rgb(fill) for x in range(image.width))
        for y in range(image.height)
    ]
    drawn = sorted({length for length in lengths if length > 50})
    assert drawn[-1] == pytest.approx(2 * drawn[0], rel=0.05)


def test_bars__a_part_larger_than_the_whole__refused() -> None:
    with pytest.raises(ValueError, match="a part lies between"):
        Count("Office", 1, 2)


def test_months__each_language__writes_its_own() -> None:
    words = month_words(dt.date(2026, 3, 9))
    assert render(words, "en") == "March 2026"
    assert len({render(words, code) for code in LANGUAGES}) == len(LANGUAGES)
    assert render(narrow_month(dt.date(2026, 3, 9)), "en") == "03/26"


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
