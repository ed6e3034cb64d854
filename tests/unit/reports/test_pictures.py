"""The bar chart of answers on a scale: what is drawn, where, and how large the file is."""

from __future__ import annotations

import io
from dataclasses import replace

import matplotlib as mpl
import pytest
from PIL import Image

from bot.i18n import LANGUAGES, Texts
from bot.reports import palette, pictures
from bot.reports.likert import BARS_ON_A_PHONE, Bar, LikertChart, in_parts, low_side
from bot.reports.pictures import diverging_bars

SCALE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
QUESTION = Texts.of(
    {
        "en": "What I learned is useful for the work at my own office",
        "km": "អ្វីដែលខ្ញុំបានរៀនមានប្រយោជន៍សម្រាប់ការងារនៅការិយាល័យរបស់ខ្ញុំផ្ទាល់",
        "ur": "جو میں نے سیکھا وہ میرے اپنے دفتر کے کام کے لیے مفید ہے",
    }
)
BAR = Bar(QUESTION, (2, 5, 6, 6, 4), 3.2, 23)


def chart(*bars: Bar) -> LikertChart:
    return LikertChart("Reaction", "23 of 25 answered", bars, SCALE, "Anonymous.")


def picture(drawn: LikertChart, language: str = "en") -> Image.Image:
    return Image.open(io.BytesIO(diverging_bars(drawn, language))).convert("RGB")


def columns_of(image: Image.Image, colour: str) -> list[int]:
    """The columns in which `colour` fills a block as high as a bar, higher than the legend."""
    return [
        x
        for x in range(0, image.width, 3)
        if sum(_near(image.getpixel((x, y)), colour) for y in range(0, image.height, 4)) > 11
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, BARS_ON_A_PHONE])
def test_diverging_bars__fit_for_a_phone__is_small(language: str, count: int) -> None:
    data = diverging_bars(chart(*[BAR] * count), language)
    image = Image.open(io.BytesIO(data))
    assert data.startswith(b"\x89PNG")
    assert len(data) < 150_000
    assert image.width == pictures.WIDTH
    assert 100 * count < image.height < 2600


def test_diverging_bars__english__low_side_on_the_left() -> None:
    low, *_, high = palette.scale(5)
    image = picture(chart(BAR))
    assert max(columns_of(image, low.fill)) < min(columns_of(image, high.fill))


def test_diverging_bars__urdu__is_mirrored() -> None:
    low, *_, high = palette.scale(5)
    image = picture(chart(BAR), "ur")
    assert min(columns_of(image, low.fill)) > max(columns_of(image, high.fill))


def test_diverging_bars__eleven_steps__stripes_outlast_the_few_colours() -> None:
    steps = tuple(str(step) for step in range(11))
    bar = Bar("Recommend?", (3,) * 11, 5.0, 33)
    colours = _colours(picture(LikertChart("", "", (bar,), steps)))
    lowest = palette.scale(11)[0]
    assert any(_near(colour, lowest.stripes) for colour in colours)
    assert any(_near(colour, lowest.fill) for colour in colours)


def test_diverging_bars__withheld_bar__shows_no_segment() -> None:
    image = picture(chart(Bar(QUESTION, (), 4.9, 3)))
    assert [columns_of(image, swatch.fill) for swatch in palette.scale(5)] == [[]] * 5


def test_diverging_bars__withheld_bar__picture_tells_nothing_of_it() -> None:
    assert diverging_bars(chart(Bar("Q", (), 4.9, 3)), "en") == diverging_bars(
        chart(Bar("Q", (), 1.1, 4)), "en"
    )


def test_diverging_bars__formula_signs_in_a_label__are_plain_letters() -> None:
    dollars = Bar("Costs $100_a$ and \\alpha {x}", (1, 1, 1, 1, 1), None, 5)
    assert picture(chart(dollars)).width == pictures.WIDTH


def test_diverging_bars__drawn__settings_of_matplotlib_stay() -> None:
    before = dict(mpl.rcParams)
    diverging_bars(chart(BAR), "km")
    assert dict(mpl.rcParams) == before


def test_diverging_bars__no_bars_at_all__still_a_picture() -> None:
    assert picture(chart()).width == pictures.WIDTH


@pytest.mark.parametrize("counts", [(1, 2, 3), (1, 2, 3, 4, 5, 6)])
def test_chart__counts_and_labels_differ__is_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="5 scale labels"):
        chart(replace(BAR, counts=counts))


def test_bar__negative_count__is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Bar("Q", (1, -1))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((1, 1, 2, 0, 0), 0.75), ((0, 0, 4, 0, 0), 0.5), ((1, 0, 0, 3), 0.25)],
)
def test_low_side__neutral__is_split_in_half(counts: tuple[int, ...], expected: float) -> None:
    assert low_side(Bar("Q", counts).shares) == expected


def test_in_parts__many_bars__keeps_their_order() -> None:
    bars = tuple(replace(BAR, n=number) for number in range(23))
    parts = list(in_parts(chart(*bars), 10))
    assert [len(part.bars) for part in parts] == [10, 10, 3]
    assert sum((part.bars for part in parts), ()) == bars


@pytest.mark.parametrize("steps", [2, 3, 4, 5, 7, 10, 11])
def test_palette__any_scale__steps_differ_in_colour_and_grey(steps: int) -> None:
    swatches = palette.scale(steps)
    assert len({swatch.fill for swatch in swatches}) == steps
    high = [_lightness(swatch.fill) for swatch in swatches if not swatch.stripes]
    assert high == sorted(high, reverse=True)
    assert [bool(swatch.stripes) for swatch in swatches] == [
        number < steps // 2 for number in range(steps)
    ]


def _near(seen: tuple[int, ...], colour: str) -> bool:
    wanted = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return all(abs(a - b) < 12 for a, b in zip(seen, wanted, strict=True))


def _colours(image: Image.Image) -> list[tuple[int, ...]]:
    return [colour for _count, colour in image.getcolors(image.width * image.height)]


def _lightness(colour: str) -> int:
    return Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
