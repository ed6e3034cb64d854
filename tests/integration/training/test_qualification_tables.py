"""Who stands how in a curriculum: figures, lists, the matrix of an office, what will end."""

from __future__ import annotations

import datetime as dt
import io
import itertools

import openpyxl
import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.models.people import Role
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    Qualification,
)
from bot.people.access import OutOfReach
from bot.reports import qualification_forecast, qualification_matrix
from bot.training.qualifications import figures, forecast, matrix
from bot.training.qualifications.marks import Mark, mark_of
from tests.integration.training.conftest import School

TODAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


def curriculum(school: School, code: str = "VALUER") -> Curriculum:
    return school.add(Curriculum(code=code, title=f"{code} title", titles={"km": "ខ្មែរ"}))


def hold(
    school: School, who: str, of: Curriculum, ends_in: int | None, **more: object
) -> Qualification:
    """Somebody holds it, until so many days from today; renewable in the last 90 days."""
    ends = TODAY + ends_in * DAY if ends_in is not None else None
    fields = {
        "person_id": school.ids[who],
        "curriculum_id": of.id,
        "through_id": of.id,
        "earned_on": dt.date(2024, 1, 1),
        "expires_on": ends,
        "window_on": ends - 90 * DAY if ends else None,
        "made_at": school.ctx.now(),
    }
    return school.add(Qualification(**(fields | more)))


def assign(school: School, who: str, of: Curriculum, due_in: int, by: AssignedBy) -> None:
    school.add(
        CurriculumAssignment(
            person_id=school.ids[who],
            curriculum_id=of.id,
            assigned_by=by,
            from_on=TODAY,
            due_on=TODAY + due_in * DAY,
            made_at=school.ctx.now(),
        )
    )


@pytest.fixture
def valuer(school: School) -> Curriculum:
    """Dara valid, Bopha for ever, Rith due, Maly overdue, Bilal lapsed, Ayesha without it."""
    made = curriculum(school)
    hold(school, "dara", made, 400)
    hold(school, "bopha", made, None)
    hold(school, "rith", made, 10)
    hold(school, "maly", made, -5, grace_days=30)
    hold(school, "bilal", made, -5)
    assign(school, "ayesha", made, 20, AssignedBy.HAND)
    assign(school, "ayesha", made, 40, AssignedBy.POSITION)
    assign(school, "dara", made, 40, AssignedBy.POSITION)
    return made


EACH = {Mark.VALID: 2, Mark.SOON: 1, Mark.LATE: 1, Mark.GONE: 1, Mark.OPEN: 1}


def test_figures__one_of_each__counted_once(school: School, valuer: Curriculum) -> None:
    found = figures.of_curriculum(school.acting("unit"), valuer.id or 0)
    assert found.counts == EACH
    assert found.title.best("km") == "ខ្មែរ"
    (office,) = figures.by_office(school.acting("unit"), valuer.id or 0)
    assert (office.name, office.counts) == ("Poipet", EACH)


def test_figures__leavers_guests_and_what_was_withdrawn__are_not_counted(
    school: School, valuer: Curriculum
) -> None:
    school.person("dara").active = False
    school.person("bopha").guest = True
    hold(school, "sokha", valuer, 400, withdrawn_at=school.ctx.now())
    hold(school, "trainer", valuer, 400, current=False)
    school.ctx.session.flush()
    found = figures.of_curriculum(school.acting("unit"), valuer.id or 0)
    assert found.counts == {mark: 1 for mark in Mark if mark is not Mark.VALID}


def test_figures__somebody_else_s_office__is_not_seen(school: School, valuer: Curriculum) -> None:
    elsewhere = school.add_unit("Sihanoukville")
    school.add_person("chief", supervisor="", unit_id=elsewhere.id)
    school.grant("chief", Role.HR, elsewhere)
    hold(school, "chief", valuer, 400)
    found = figures.of_curriculum(school.acting("chief"), valuer.id or 0)
    assert found.counts == {Mark.VALID: 1}
    with pytest.raises(OutOfReach):
        figures.of_curriculum(school.acting("dara"), valuer.id or 0)


@pytest.mark.parametrize(
    ("mark", "who"),
    [
        (Mark.VALID, ["Sok Dara", "Chea Bopha"]),
        (Mark.SOON, ["Nhem Rith"]),
        (Mark.LATE, ["Ouk Maly"]),
        (Mark.GONE, ["Bilal Ahmed"]),
        (Mark.OPEN, ["Ayesha Khan"]),
    ],
)
def test_people__of_a_mark__named_with_their_day(
    school: School, valuer: Curriculum, mark: Mark, who: list[str]
) -> None:
    page = figures.people(school.acting("unit"), valuer.id or 0, mark, 0)
    assert [one.name.best("en") for one in page.people] == who
    if mark is Mark.OPEN:
        assert page.people[0].day == TODAY + 20 * DAY


def test_people__whatever_the_dates__are_listed_under_the_mark_they_have(school: School) -> None:
    made = curriculum(school)
    offsets = (-40, -1, 0, 1, 89, 90, 91)
    cases = itertools.product(offsets, (0, 30), (None, -1, 0, 20), (None, -1, 0, 20))
    wanted: dict[Mark, set[int]] = {mark: set() for mark in Mark}
    for number, (ends_in, grace, extended, away) in enumerate(cases):
        person = school.add_person(f"p{number}")
        held = hold(
            school,
            f"p{number}",
            made,
            ends_in,
            grace_days=grace,
            extended_until=TODAY + extended * DAY if extended is not None else None,
            away_until=TODAY + away * DAY if away is not None else None,
        )
        wanted[mark_of(held, TODAY, 30)].add(person.id or 0)
    for mark in (Mark.VALID, Mark.SOON, Mark.LATE, Mark.GONE):
        listed: set[int] = set()
        for number in range(100):
            page = figures.people(school.acting("unit"), made.id or 0, mark, number)
            listed |= {one.person_id for one in page.people}
            if page.number + 1 == page.pages:
                break
        assert listed == wanted[mark]
        assert wanted[mark]


def test_matrix__of_an_office__a_cell_for_each_that_concerns_somebody(
    school: School, valuer: Curriculum
) -> None:
    other = curriculum(school, "HS")
    curriculum(school, "NOBODY")
    assign(school, "dara", other, 5, AssignedBy.HAND)
    office = school.person("dara").unit_id
    found = matrix.of_office(school.acting("unit"), office)
    assert [column.code for column in found.columns] == ["HS", "VALUER"]
    cells = {row.name.best("en"): row.cells for row in found.rows}
    assert cells["Sok Dara"][1].mark is Mark.VALID
    assert cells["Sok Dara"][1].required
    assert cells["Sok Dara"][0].mark is Mark.OPEN
    assert cells["Ayesha Khan"][0] is None
    assert cells["Ayesha Khan"][1].day == TODAY + 20 * DAY
    assert [row.name.best("en") for row in found.rows] == sorted(cells)


def test_matrix__supervisor__sees_the_team_only(school: School, valuer: Curriculum) -> None:
    found = matrix.of_office(school.acting("sokha"), school.person("dara").unit_id)
    assert {row.id for row in found.rows} == {
        school.ids[key] for key in ("dara", "bopha", "bilal", "rith", "maly", "ayesha")
    }


def test_matrix__nothing_to_show__refused_with_why(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, empty = school.person("dara").unit_id, school.add_unit("Empty")
    unit = school.acting("unit")
    for about, sentence in (
        (office, "No qualification is held"),
        (empty.id, "There is nobody"),
        (9999, "not there any more"),
    ):
        with pytest.raises(Refusal, match=sentence):
            matrix.of_office(unit, about or 0)
    monkeypatch.setattr(matrix, "MOST_PEOPLE", 3)
    with pytest.raises(Refusal, match="too many for one table"):
        matrix.of_office(unit, office)


def test_matrix_report__workbook__a_row_a_person_and_a_row_a_cell(
    school: School, valuer: Curriculum
) -> None:
    data = qualification_matrix.read(
        school.acting("unit"), {"unit": school.person("dara").unit_id}
    )
    (screen,) = qualification_matrix.screens(data)
    assert render(screen.body[1], "en") == (
        "VALUER: 2 valid, 1 due for renewal, 1 overdue, 1 lapsed, and 1 required, not earned yet"
    )
    *pictures, book = qualification_matrix.files(data, "en")
    assert [one.content[:4] for one in pictures] == [b"\x89PNG"]
    table, each = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    cells = {row[1]: row[4] for row in table.iter_rows(min_row=5, values_only=True)}
    assert cells["Sok Dara"] == dt.datetime(2027, 4, 6)
    assert cells["Ouk Maly"] == "overdue, Feb 25, 2026"
    assert cells["Chea Bopha"] == "no end"
    assert cells["Ayesha Khan"] == "required, not earned yet"
    assert len(list(each.iter_rows(min_row=3))) == 6


def test_forecast__by_month__counts_what_ends_from_today_on(
    school: School, valuer: Curriculum
) -> None:
    other = curriculum(school, "HS")
    hold(school, "dara", other, 29)
    hold(school, "rith", other, 30)
    hold(school, "maly", other, -1)
    found = forecast.read(school.acting("unit"))
    assert found.months[0] == dt.date(2026, 3, 1)
    assert {line.code: line.counts[:2] for line in found.curricula} == {
        "HS": (1, 1),
        "VALUER": (1, 0),
    }
    assert found.totals[:3] == (2, 1, 0)
    assert [(line.code, sum(line.counts)) for line in found.offices] == [("Poipet", 3)]
    (screen,) = qualification_forecast.screens(found)
    assert [render(line, "en") for line in screen.body] == [
        "3 qualifications end in the coming twelve months.",
        "March 2026: 2",
        "April 2026: 1",
    ]
    picture, book = qualification_forecast.files(found, "km")
    assert picture.content.startswith(b"\x89PNG")
    assert len(openpyxl.load_workbook(io.BytesIO(book.content)).worksheets) == 2


def test_forecast__nothing_ends__refused(school: School) -> None:
    with pytest.raises(Refusal, match="No qualification within your reach ends"):
        forecast.read(school.acting("unit"))
