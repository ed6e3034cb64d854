"""The live response of a round: by questionnaire, post and office, and only within reach."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.people import Role, Unit
from bot.needs import response
from bot.people.access import OutOfReach
from bot.reports import needs_response
from bot.screens import FileKind
from tests.integration.needs.collecting import Survey


@pytest.fixture
def survey(ctx: Ctx, clock: FixedClock) -> Survey:
    survey = Survey(ctx, clock)
    for key, post in (("dara", "Examiner"), ("bopha", "Examiner"), ("rith", "Clerk")):
        survey.person(key).position = post
    far = survey.add_unit("Far Port")
    survey.add_person("hana", "director", unit_id=far.id, position="Examiner")
    survey.opened()
    for key in ("dara", "hana"):
        survey.answer(key, "needs_officer", wish_1="Valuation", wish_weight_1="3")
    return survey


def counted(rates: list[response.Rate]) -> dict[str, tuple[int, int]]:
    return {one.name: (one.asked, one.answered) for one in rates}


def test_response__of_the_unit__is_of_everybody(survey: Survey) -> None:
    unit = survey.acting("unit")
    whole = response.whole(unit, 1)
    assert (whole.asked, whole.answered) == (12, 2)
    assert counted(response.by_stage(unit, 1)) == {
        "needs_officer": (9, 2), "needs_supervisor": (2, 0), "needs_head": (1, 0),
    }  # fmt: skip
    assert counted(response.by_post(unit, 1)) == {
        "Officer": (8, 0), "Examiner": (3, 2), "Clerk": (1, 0)
    }  # fmt: skip
    assert counted(response.by_office(unit, 1)) == {
        "Poipet": (11, 1), "Far Port": (1, 1),
    }  # fmt: skip


def test_response__of_a_supervisor__is_of_their_people(survey: Survey) -> None:
    sokha = survey.acting("sokha")
    assert (response.whole(sokha, 1).asked, response.whole(sokha, 1).answered) == (6, 1)
    assert counted(response.by_office(sokha, 1)) == {"Poipet": (6, 1)}
    people, count = response.missing(sokha, 1, survey.person("dara").unit_id, 0, 3)
    assert (len(people), count) == (3, 5)
    assert "dara" not in {one.staff_no for one in people}
    with pytest.raises(OutOfReach):
        response.missing(sokha, 1, survey.person("hana").unit_id, 0, 3)
    with pytest.raises(OutOfReach):
        response.whole(survey.acting("dara"), 1)


def test_response__offices_of_one_name__are_told_apart_by_their_paths(survey: Survey) -> None:
    unit = survey.acting("unit")
    for office in survey.ctx.session.exec(select(Unit).where(Unit.name == "Far Port")):
        office.name, office.path = "Poipet", "Coral/Poipet"
    assert set(counted(response.by_office(unit, 1))) == {"Mekong/Poipet", "Coral/Poipet"}


def test_response__of_hr_of_another_part__is_nobodys(survey: Survey) -> None:
    survey.grant("rith", Role.HR, survey.add_unit("Empty"))
    with pytest.raises(Refusal, match="Nobody of your people"):
        needs_response.read(survey.acting("rith"), {"round": 1})


@pytest.mark.parametrize("language", ["en", "km", "ur"])
def test_report__in_a_language__has_pictures_and_a_workbook(survey: Survey, language: str) -> None:
    survey.answer("director", "needs_head", ahead="A new risk system", experts="Keo Sokha")
    data = needs_response.read(survey.acting("unit"), {"round": 1})
    files = needs_response.files(data, language)
    assert [one.kind for one in files] == [FileKind.PHOTO, FileKind.PHOTO, FileKind.DOCUMENT]
    book = openpyxl.load_workbook(io.BytesIO(files[-1].content))
    assert [sheet.max_row for sheet in book.worksheets] == [6, 7, 7, 13, 5]
    offices = {str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)}
    assert {"Mekong/Poipet", "Far Port"} <= offices
    heads = book.worksheets[-1]
    assert [cell.value for cell in heads[5]] == [
        "Mekong/Poipet", "A new risk system", "Keo Sokha",
    ]  # fmt: skip
    (screen,) = needs_response.screens(data)
    assert len(screen.body) == 7
