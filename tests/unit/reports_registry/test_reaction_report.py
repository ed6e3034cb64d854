"""The reaction report: words, charts and a workbook of the same results."""

from __future__ import annotations

import io

import openpyxl
import pytest

from bot.evaluation.results import Answered, of_class
from bot.forms.importer import import_form
from bot.forms.library_sync import LIBRARY
from bot.i18n import Texts, render
from bot.reports import reaction_files, registry, results_text
from bot.reports.reaction import REACTION
from bot.screens import FileKind
from bot.training.catalogue import ClassCard

FORM = import_form(
    (LIBRARY / "reaction_trainee.md").read_text(encoding="utf-8"), name="reaction_trainee"
).definition
RATINGS = [question.name for question in FORM.questions if question.type == "select_one"]
HELD = ClassCard(
    id=1,
    code="VAL-1",
    course_id=1,
    title=Texts.of({"en": "Customs Valuation"}),
    starts_on=None,
    ends_on=None,
    ends_at=None,
    zone="Asia/Phnom_Penh",
    start_time=None,
    end_time=None,
    place="",
    seats=20,
    trainees=12,
    trainer="",
    coordinator="",
    anonymous=True,
    cancelled=False,
)


def responses(women: int, men: int) -> list[Answered]:
    genders = ["F"] * women + ["M"] * men
    return [
        Answered(
            str(number),
            gender,
            dict.fromkeys(RATINGS, str(1 + number % 5)) | {"most_useful": f"<b>{number}</b>"},
        )
        for number, gender in enumerate(genders)
    ]


def results(women: int, men: int):
    return of_class(FORM, responses(women, men), asked=12, threshold=5, anonymous=True)


def words(paragraphs) -> str:
    return "\n".join(render(one, "en") for one in paragraphs)


def test_text__six_and_six__rate_averages_and_gender():
    found = results(6, 6)
    assert "Answered: 12 of 12 (100%)." in words(results_text.head(found))
    assert "The trainer: 2.8 on average (12 answers)" in words(results_text.questions(found))
    assert "The trainer: women 2.7 and men 2.8" in words(results_text.by_gender(found))


def test_text__few_men__no_gender_at_all():
    assert results_text.by_gender(results(8, 4)) == ()


def test_text__four_answers__only_the_rate_and_why():
    found = results(2, 2)
    assert results_text.questions(found) == ()
    assert "Results are shown from 5 answers on" in words(results_text.head(found))
    assert results_text.comment_screens(REACTION.title, found) == ()


def test_comments__many_long_ones__fit_into_messages():
    long = [Answered(str(number), "f", {"most_useful": "word " * 900}) for number in range(9)]
    found = of_class(FORM, long, asked=9, threshold=5, anonymous=True)
    screens = results_text.comment_screens(REACTION.title, found)
    assert 1 <= len(screens) <= results_text.MOST_COMMENT_SCREENS
    assert all(sum(len(render(one, "en")) for one in screen.body) < 3800 for screen in screens)
    assert render(screens[-1].body[-1], "en") == "The workbook has all of them."


def test_comments__that_fit__are_all_there_without_a_note():
    given = [Answered(str(number), "f", {"most_useful": "word " * 600}) for number in range(3)]
    found = of_class(FORM, given, asked=3, threshold=3, anonymous=False)
    screens = results_text.comment_screens(REACTION.title, found)
    said = "".join(words(screen.body) for screen in screens)
    assert said.count("word") == 3 * 600
    assert "workbook" not in said


def test_chart__all_ratings__one_picture_on_one_scale():
    (chart,) = reaction_files.charts(HELD, results(6, 6))
    assert [render(label, "en") for label in chart.scale_labels][0] == "Very poor"
    assert len(chart.bars) == len(RATINGS)
    assert chart.bars[0].n == 12


def test_chart__a_rating_few_gave__is_withheld_in_words():
    given = responses(6, 6)
    few = [
        Answered(one.key, one.gender, {k: v for k, v in one.answers.items() if k != "venue"})
        for one in given[:9]
    ] + given[9:]
    found = of_class(FORM, few, asked=12, threshold=5, anonymous=True)
    (chart,) = reaction_files.charts(HELD, found)
    withheld = [bar for bar in chart.bars if not bar.counts]
    assert [render(bar.label, "en") for bar in withheld] == ["The venue and logistics"]
    assert render(withheld[0].instead, "en") == "Fewer than 5 answers: not shown"


@pytest.mark.parametrize("language", ["en", "km", "ur"])
def test_files__any_language__a_picture_then_a_workbook_with_codes(language):
    picture, workbook = reaction_files.make(HELD, results(6, 6), language)
    assert picture.kind is FileKind.PHOTO
    assert picture.content.startswith(b"\x89PNG")
    book = openpyxl.load_workbook(io.BytesIO(workbook.content))
    assert len(book.sheetnames) == 4
    cells = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert "chance_to_apply" in cells
    assert "code" in cells


def test_workbook__comments__stand_as_text_in_no_order():
    _picture, workbook = reaction_files.make(HELD, results(6, 6), "en")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content))["Comments"]
    texts = [row[2] for row in sheet.iter_rows(min_row=5, values_only=True) if row[2]]
    assert "<b>3</b>" in texts
    assert texts != sorted(texts)


def test_registry__a_second_report_of_a_name__is_refused():
    with pytest.raises(ValueError, match="registered twice"):
        registry.register(REACTION)


def test_text__keyed_in_from_paper__is_said():
    named = [Answered("1", "f", {"overall": "4"}, keyed_in=True), Answered("2", "f", {})]
    found = of_class(FORM, named, asked=3, threshold=5, anonymous=False)
    assert "1 of them was keyed in from paper by somebody else." in words(results_text.head(found))
