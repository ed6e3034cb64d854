"""Indicators named and corrected, their figures typed and imported, and who may do so."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

import bot.evaluation.impact.figures_import  # noqa: F401  (registers the kind)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.evaluation.impact import figures, indicators, kept
from bot.i18n import render
from bot.imports import KINDS, Verdict
from bot.models.impact import Better, Indicator, IndicatorValue
from bot.models.people import Person, Role, Unit
from bot.models.training import Course
from tests.integration.impact.conftest import School

TYPED = {"code": "ERRORS", "title": "Errors", "title_km": "កំហុស", "better": "less", "worth": "150"}
HEADER = "course_code,indicator,month,unit,staff_no,figure"


def branch(school: School) -> Unit:
    """Sokha looks after one office of their own."""
    office = school.add_unit("Bavet")
    school.grant("sokha", Role.UNIT, office)
    return office


def test_indicator__made_and_corrected__keeps_its_figures(school: School) -> None:
    unit = school.acting("unit")
    made = indicators.create(unit, school.course().id, TYPED)
    assert (made.better, made.worth, made.title.best("km")) == (Better.LESS, 150.0, "កំហុស")
    figures.note(unit, made.id, {"month": "2026-01-15", "figure": "12.5"})
    again = indicators.edit(unit, made.id, {"title": "Mistakes", "better": "more"})
    assert (again.code, again.better, again.worth) == ("ERRORS", Better.MORE, None)
    assert [one.figure for one in figures.of_indicator(unit, made.id)] == [12.5]
    assert indicators.as_typed(unit, made.id) == {
        "code": "ERRORS",
        "title": "Mistakes",
        "better": "more",
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "TWO WORDS"}, "code of one word"),
        ({"title": " "}, "title"),
        ({"worth": "-1"}, "below zero"),
        ({"worth": "much"}, "no number"),
        ({"better": "other"}, "more or less"),
    ],
)
def test_indicator__bad_values__are_refused(
    school: School, typed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        indicators.create(school.acting("unit"), school.course().id, TYPED | typed)
    assert sentence in render(refused.value.sentence, "en")


def test_indicator__twice_or_too_many__are_refused(school: School) -> None:
    unit, course = school.acting("unit"), school.course().id
    indicators.create(unit, course, TYPED)
    with pytest.raises(Refusal, match="already"):
        indicators.create(unit, course, TYPED)
    for number in range(indicators.MOST - 1):
        indicators.create(unit, course, TYPED | {"code": f"I{number}"})
    with pytest.raises(Refusal, match="at most"):
        indicators.create(unit, course, TYPED | {"code": "ONE-MORE"})


def test_figure__typed_again__takes_the_place_of_the_first(school: School) -> None:
    unit, row = school.acting("unit"), school.indicator()
    typed = {"month": "2026-01-31", "unit": "Poipet", "figure": "10"}
    figures.note(unit, row.id, typed)
    figures.note(unit, row.id, typed | {"month": "2026-01-01", "figure": "11"})
    found = figures.of_indicator(unit, row.id)
    assert [(one.month, one.whose, one.figure) for one in found] == [
        (dt.date(2026, 1, 1), "Mekong/Poipet", 11.0)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"month": "2026-04-01", "figure": "1"},
        {"month": "soon", "figure": "1"},
        {"month": "2026-01-01", "figure": ""},
        {"month": "2026-01-01", "figure": "1", "unit": "Nowhere"},
    ],
)
def test_figure__of_a_month_to_come_or_of_nothing__is_refused(
    school: School, typed: dict[str, str]
) -> None:
    row = school.indicator()
    with pytest.raises(Refusal):
        figures.note(school.acting("unit"), row.id, typed)
    assert figures.of_indicator(school.acting("unit"), row.id) == []


def test_branch__enters_figures_of_its_offices_only(school: School) -> None:
    branch(school)
    row = school.indicator()
    sokha = school.acting("sokha")
    month = {"month": "2026-01-01", "figure": "3"}
    figures.note(sokha, row.id, month | {"unit": "Bavet"})
    for beyond in ({"unit": "Poipet"}, {}):
        with pytest.raises(Refusal):
            figures.note(sokha, row.id, month | beyond)
    for act in (
        lambda: indicators.create(sokha, school.course().id, TYPED),
        lambda: indicators.edit(sokha, row.id, TYPED),
        lambda: indicators.set_active(sokha, row.id, False),
    ):
        with pytest.raises(Refusal):
            act()
    school.figures(row, (1, 1, 1, 1), unit=school.office)
    assert [one.whose for one in figures.of_indicator(sokha, row.id)] == ["Bavet"]


def test_mydata__figures_and_draws__are_told_to_their_person(school: School) -> None:
    row = school.indicator()
    school.figures(row, (4, 3, 2, 1), person="dara")
    facts, _note = kept.about_impact(school.acting("dara"), school.ids["dara"])
    said = [(render(one.label, "en"), render(one.value, "en")) for one in facts]
    assert said == [("Errors", "1 in 2026-01; 4 months are kept")]
    assert kept.about_impact(school.acting("rith"), school.ids["rith"])[0] == ()


class Desk:
    """Sends tables to an administration of one office, one officer, one indicator."""

    def __init__(self, database: Database, clock: FixedClock, settings: Settings) -> None:
        self.database, self.clock, self.settings = database, clock, settings
        with database.transaction() as session:
            unit = Unit(name="Poipet", path="Mekong/Poipet")
            course = Course(code="VAL", title="Valuation")
            session.add_all([unit, course])
            session.flush()
            session.add(Person(staff_no="1011", full_name="Sok Dara", unit_id=unit.id))
            session.add(Indicator(course_id=course.id, code="ERRORS", title="Errors"))

    def check(self, *rows: str) -> imports.Report:
        content = "\n".join((HEADER, *rows)).encode()
        return imports.check(
            self.database, self.clock, self.settings, "indicators", "f.csv", content
        )

    def take(self, *rows: str) -> int:
        report = self.check(*rows)
        assert report.faults == ()
        assert report.run_id is not None
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report.run_id

    def exported(self) -> list[list[object]]:
        export = KINDS["indicators"].export
        assert export is not None
        with self.database.transaction(readonly=True) as session:
            return [list(row) for row in export(session).rows]


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    return Desk(database, clock, settings)


ROWS = (
    "VAL,ERRORS,2026-01,Poipet,,40",
    "VAL,ERRORS,2026-01-31,,1011,2.5",
    "VAL,ERRORS,2026-02,,,100",
)


def test_import__office_person_and_all__are_kept_by_month(desk: Desk) -> None:
    desk.take(*ROWS)
    assert sorted(map(str, desk.exported())) == sorted(
        map(
            str,
            [
                ["VAL", "ERRORS", "2026-01", "Mekong/Poipet", "", 40.0],
                ["VAL", "ERRORS", "2026-01", "", "1011", 2.5],
                ["VAL", "ERRORS", "2026-02", "", "", 100.0],
            ],
        )
    )


def test_import__its_own_export__changes_nothing(desk: Desk) -> None:
    desk.take(*ROWS)
    again = desk.check(*(",".join(map(str, row)) for row in desk.exported()))
    assert (again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 3)


def test_import__another_figure__is_a_change_and_can_be_undone(desk: Desk) -> None:
    desk.take(*ROWS)
    before = desk.exported()
    run = desk.take("VAL,ERRORS,2026-02,,,90")
    assert desk.exported() != before
    with desk.database.transaction() as session:
        imports.undo(Ctx(session, desk.clock, SYSTEM, desk.settings), run)
    assert desk.exported() == before


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("HS,ERRORS,2026-01,,,1", "key-unknown"),
        ("VAL,SEIZURES,2026-01,,,1", "key-unknown"),
        ("VAL,ERRORS,2026-01,Bavet,,1", "key-unknown"),
        ("VAL,ERRORS,2026-01,,9999,1", "key-unknown"),
        ("VAL,ERRORS,2026-01,Poipet,1011,1", "office-and-person"),
        ("VAL,ERRORS,2026-04,,,1", "day-to-come"),
        ("VAL,ERRORS,January,,,1", "bad-date"),
        ("VAL,ERRORS,2026-01,,,many", "bad-number"),
        ("VAL,ERRORS,2026-02-28,,,1", "figure-doubled"),
    ],
)
def test_import__a_bad_row__refuses_the_file(desk: Desk, row: str, code: str) -> None:
    report = desk.check(*ROWS, row)
    assert report.verdict is Verdict.REFUSED
    assert [(fault.code, fault.row) for fault in report.faults] == [(code, 5)]
    with desk.database.transaction(readonly=True) as session:
        assert session.exec(select(IndicatorValue)).first() is None


@pytest.mark.parametrize(
    ("row", "meant"),
    [("VAL,ERRORS,2026-01,Poipett,,1", "Poipet"), ("VAL,ERRORS,2026-01,,01011,1", "1011")],
)
def test_import__an_office_or_number_slightly_wrong__names_what_may_be_meant(
    desk: Desk, row: str, meant: str
) -> None:
    (fault,) = desk.check(*ROWS, row).faults
    assert f"If {meant} is meant" in render(fault.sentence, "en")


def test_import__without_columns_of_offices_and_people__is_about_all(desk: Desk) -> None:
    content = b"course_code,indicator,month,figure\nVAL,ERRORS,2026-01,7"
    report = imports.check(
        desk.database, desk.clock, desk.settings, "indicators", "f.csv", content
    )
    assert report.run_id is not None
    imports.apply(desk.database, desk.clock, desk.settings, report.run_id, SYSTEM)
    assert desk.exported() == [["VAL", "ERRORS", "2026-01", "", "", 7.0]]
