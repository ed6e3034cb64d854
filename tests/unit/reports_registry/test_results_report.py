"""Results as words, a picture, a paper in two languages and a workbook, of the same figures."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
import typst

from bot.evaluation.class_results import Rate
from bot.evaluation.levels import Line, Scope, ScopeKind, Section
from bot.evaluation.own_practice import OwnPractice
from bot.evaluation.published import Published, Rating, Tally
from bot.evaluation.response_rates import OfficeRate
from bot.i18n import LANGUAGES, Percent, Texts, render
from bot.reports import region, results_files, results_pdf, results_words
from bot.reports.results import ClassRow, ResultsData
from bot.screens import FileKind
from tests.unit.reports.test_pdf import MADE, inside

TITLE = Texts.of({"en": "Customs Valuation", "km": "ការវាយតម្លៃគយ", "ur": "کسٹمز ویلیوایشن"})
STEPS = tuple((str(code), Texts.of({"en": f"Step {code}"})) for code in range(1, 6))


def rating(name: str, label: str, **counts: int) -> Rating:
    tally = Tally({code: counts.get(f"c{code}", 0) for code, _label in STEPS})
    women = {"f": Tally({"4": 5})} if tally.n else {}
    return Rating(name, Texts.of({"en": label}), STEPS, tally, {1: tally}, women)


RATED = rating("overall", "The class overall", c3=2, c4=10, c5=8)
WITHHELD = rating("venue", "The venue")
DATA = ResultsData(
    scope=Scope(ScopeKind.YEAR, 0, dt.date(2025, 11, 24), dt.date(2026, 11, 23)),
    title="The training of the last twelve months",
    first=dt.date(2025, 11, 24),
    last=dt.date(2026, 11, 23),
    made_on=dt.date(2026, 11, 23),
    local="km",
    sections=(
        Section(
            1,
            "Reaction",
            (
                Line("Answered", Percent(0.8), 25, code="response"),
                Line("The class overall", 4.3, 20, 4.0, "overall"),
                Line("The venue", None, None, None, "venue"),
            ),
            ("A note",),
        ),
        Section(3, "Behaviour", (Line("Does it", 0.62, 11),)),
    ),
    reaction=Published((RATED, WITHHELD), 3, 2),
    classes=(
        ClassRow("VAL-2", TITLE, dt.date(2026, 5, 4), Rate(12, 9), 4.4, 4.6),
        ClassRow("VAL-1", TITLE, dt.date(2026, 3, 4), Rate(8, 4), None, None),
    ),
    rates=(("What you thought of the class", Rate(20, 13)),),
    offices=(OfficeRate(1, "Mekong/Poipet", Rate(20, 13)),),
    practice=OwnPractice(held=4, evaluated=3, afterwards=1),
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What was said on the pages, while they are really typeset."""
    seen: list[dict[str, object]] = []
    compile_sheet = typst.compile

    def spied(*args: object, **kwargs: object) -> bytes:
        seen.append(json.loads(kwargs["sys_inputs"]["data"]))
        return compile_sheet(*args, **kwargs)

    monkeypatch.setattr(typst, "compile", spied)
    return seen


def said(data: ResultsData) -> str:
    screens = results_words.screens(data)
    return "\n".join(render(line, "en") for screen in screens for line in screen.body)


def test_words__every_level__with_what_was_before_and_a_dash_for_what_is_withheld() -> None:
    words = said(DATA)
    assert "The class overall: 4.3 (20), before 4" in words
    assert "The venue: –" in words
    assert words.index("Level 1 · Reaction") < words.index("Level 3 · Behaviour")
    assert "Mekong/Poipet: 7 of 20" in words


def test_words__by_gender__only_of_ratings_that_show_it() -> None:
    words = said(DATA)
    assert "The class overall: women 4" in words
    assert "The venue: women" not in words


def test_region__its_figures__have_source_year_and_of_respondents() -> None:
    source = render(region.SOURCE, "en")
    assert "respondents" in source
    assert "October 2023" in source
    assert "2026" in source
    rows = results_words.region_rows(DATA)
    assert [render(share, "en") for _what, share, _here in rows] == ["59%", "55%", "50%"]
    assert [render(here, "en") for _what, _share, here in rows] == [
        "75% of classes that participants answered about",
        "–",
        "25% of classes followed up on the job",
    ]


def test_region__no_class_was_held__nothing_stands_beside_it() -> None:
    rows = results_words.region_rows(replace(DATA, practice=OwnPractice(0, 0, 0)))
    assert {here for _what, _share, here in rows} == {"–"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_files__in_any_language__are_one_picture_a_paper_and_a_workbook(language: str) -> None:
    picture, paper, book = results_files.make(DATA, language)
    assert picture.kind is FileKind.PHOTO
    assert picture.content.startswith(b"\x89PNG")
    assert paper.content.startswith(b"%PDF")
    sheets = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    assert len(sheets) == 6


def test_picture__of_an_office__shows_who_answered_instead_of_ratings() -> None:
    office = replace(
        DATA, scope=Scope(ScopeKind.UNIT, 1, DATA.first, DATA.last), reaction=Published()
    )
    assert results_files.picture(office, "en").startswith(b"\x89PNG")
    chart = results_files.answered_chart(office)
    assert [(bar.label, bar.count, bar.part) for bar in chart.bars] == [("Mekong/Poipet", 20, 13)]


def test_workbook__figures__stand_as_numbers_with_their_codes() -> None:
    *_others, book = results_files.make(DATA, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    rows = {row[2]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["overall"][4:7] == (4.3, 20, 4.0)
    assert rows["venue"][4] is None
    assert rows["response"][4] == 0.8


@pytest.mark.parametrize(("local", "languages"), [
    ("km", ["km", "en"]), ("ur", ["ur", "en"]), ("en", ["en"]),
])  # fmt: skip
def test_paper__speaks_the_local_language_first_then_english_and_is_signed_in_each(
    told: list[dict[str, object]], local: str, languages: list[str]
) -> None:
    content = inside(results_pdf.make(replace(DATA, local=local), MADE))
    (data,) = told
    assert [part["language"] for part in data["parts"]] == languages
    assert all(len(part["signatures"]) == 2 for part in data["parts"])
    assert [part["mirrored"] for part in data["parts"]][0] is (local == "ur")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= len(languages)


def test_paper__a_withheld_figure__has_neither_bar_nor_count(
    told: list[dict[str, object]],
) -> None:
    results_pdf.make(DATA, MADE)
    rows = {row["label"]: row for row in told[0]["parts"][1]["sections"][0]["rows"]}
    assert rows["The venue"] == {
        "label": "The venue", "value": "–", "count": "", "before": "", "bar": -1.0,
    }  # fmt: skip
    assert rows["The class overall"]["bar"] == pytest.approx((4.3 - 1) / 4)
    assert rows["The class overall"]["value"] == "4.3"
