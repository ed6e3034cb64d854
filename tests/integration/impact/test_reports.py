"""The page of a return and the comparison of a draw, as they are sent, in every language."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from bot.evaluation.impact import costs
from bot.i18n import LANGUAGES, render
from bot.models.impact import Lottery, LotteryEntry
from bot.reports.lottery import LOTTERY
from bot.reports.registry import Report
from bot.reports.roi import ROI
from bot.screens import Screen
from tests.integration.impact.conftest import TWO_MONTHS, School

PNG, PDF, ZIP = b"\x89PNG", b"%PDF", b"PK"
LONGEST_MESSAGE = 4096
WINNERS = ("dara", "bopha", "bilal", "rith", "maly")
OTHERS = ("o1", "o2", "o3", "o4", "o5")


def measured(school: School) -> int:
    """A class with a return, and a draw of which ten people's own figures are known."""
    for key in OTHERS:
        school.add_person(key)
    held = school.past_class(*WINNERS)
    indicator = school.indicator()
    for place, key in enumerate((*WINNERS, *OTHERS)):
        after = 3 if key in WINNERS else 8
        school.figures(indicator, (9, 9, after + place % 3, after), person=key)
    costs.note(school.acting("unit"), held.id, {"trainers": "900", "travel": "0"})
    costs.assume(school.acting("unit"), held.id, TWO_MONTHS | {"remark": "Estimated by Sokha."})
    drawn = dt.datetime(2025, 10, 20, tzinfo=dt.UTC)
    lottery = school.add(Lottery(class_id=held.id, drawn_at=drawn, seed="7", seats=5))
    for place, key in enumerate((*WINNERS, *OTHERS), 1):
        who, won = school.ids[key], key in WINNERS
        school.add(LotteryEntry(lottery_id=lottery.id, person_id=who, place=place, won=won))
    return held.id


def text(screen: Screen, language: str) -> str:
    return "\n".join(render(words, language) for words in (screen.title, *screen.body))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("report", "kinds"), [(ROI, [PNG, PDF]), (LOTTERY, [PNG, ZIP])], ids=["roi", "lottery"]
)
def test_report__in_each_language__is_words_a_picture_and_a_file(
    school: School, report: Report, kinds: list[bytes], language: str
) -> None:
    found = report.read(school.acting("director"), {"class": measured(school)})
    for screen in report.screens(found):
        assert 200 < len(text(screen, language)) < LONGEST_MESSAGE
    files = report.files(found, language)
    assert [file.content[: len(kind)] for file, kind in zip(files, kinds, strict=True)] == kinds


def test_return__its_words__name_everything_it_rests_on(school: School) -> None:
    found = ROI.read(school.acting("director"), {"class": measured(school)})
    (screen,) = ROI.screens(found)
    said = text(screen, "en")
    for part in (
        "50% of the change is put down to the training; how sure of this: 80%. So 40% is counted.",
        "multiplied by twelve",
        "not counted: Working time of participants, Place and equipment",
        "Estimated by Sokha.",
    ):
        assert part in said


def test_lottery__its_workbook__has_figures_and_nobodys_name(school: School) -> None:
    found = LOTTERY.read(school.acting("director"), {"class": measured(school)})
    _picture, workbook = LOTTERY.files(found, "en")
    cells = [
        cell.value
        for row in load_workbook(io.BytesIO(workbook.content)).active.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    # Winners' months: 3 to 5 and 3, others' 8 to 10 and 8, each on average.
    assert {"Errors", 5, "Seed of the draw: 7"} <= set(cells)
    names = {school.person(key).full_name for key in (*WINNERS, *OTHERS)}
    assert not [name for name in names for cell in cells if name in str(cell)]
