"""The catalogue on a phone: courses, what counts as one, programs, foreign offers, records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.forms import Draft
from bot.models.people import Grant, Role, Unit
from bot.models.training import Course
from tests.cast import hold_class, read_english
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


@pytest.fixture
def held(stage: Stage) -> int:
    with stage.database.transaction() as session:
        read_english(session)
        return hold_class(stage.ctx(session), stage.ids, dt.date(2026, 4, 10))


async def test_course__made_and_corrected_on_the_phone(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/catalogue")
    await unit.press("New course")
    await unit.type("VAL", "Rules of Origin", "ដើមកំណើត")
    await unit.press("Skip")
    await unit.type("technical")
    await unit.press("On the job")
    await unit.type("12", "VAL and LAW")
    await unit.press("Yes")
    await unit.type("30", "20", "Tells where goods come from")
    await unit.press("No")
    for _question in range(3):
        await unit.press("Yes")
    await unit.type("90", "60")
    await unit.press("Submit")
    stale = unit.data_of("1")
    await unit.press("1")
    await unit.type("ORI")
    await unit.press_stale("1", stale)
    await unit.press("Submit")
    await unit.press("10")
    await unit.type("10")
    await stage.restart()
    await unit.press("Submit")
    await unit.say("/catalogue")
    await unit.type("nothing like it")
    await unit.type("ដើម")
    await unit.press(unit.phone.buttons[0])
    await unit.press("Correct")
    await unit.press("8")
    await unit.press("Skip")
    await unit.press("7")
    await unit.type("VAL within 2 years")
    await unit.press("Submit")
    await unit.forge("course:2")
    golden(stage, "course_made")


async def test_correct__tapped_twice__is_one_draft_until_something_is_changed(
    stage: Stage, held: int
) -> None:
    unit = await stage.join("unit")
    await unit.say("/catalogue")
    await unit.press(unit.phone.buttons[0])
    correct = unit.data_of("Correct")
    await unit.press("Correct")
    (first,) = _drafts(stage)
    await unit.forge(correct)
    assert _drafts(stage) == [first]
    await unit.press("2")
    await unit.type("Rules of Origin")
    await unit.forge(correct)
    assert len(_drafts(stage)) == 2


def _drafts(stage: Stage) -> list[int | None]:
    with stage.database.transaction(readonly=True) as session:
        return list(session.exec(select(Draft.id).order_by(Draft.begun_at)))


async def test_equivalent__added_and_taken_away(stage: Stage, held: int, golden: Golden) -> None:
    with stage.database.transaction() as session:
        session.add(Course(code="OLD", title="Customs Value"))
    unit = await stage.join("unit")
    await unit.say("/catalogue")
    await unit.press("VAL Customs Valuation")
    await unit.press("What counts as this course")
    await unit.press("Add what counts")
    await unit.type("old")
    await unit.press("Customs Value")
    await unit.type("CLiKC! Customs Valuation")
    await unit.press("Submit")
    await unit.press("1")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge("courseeq:1")
    await unit.press("Add what counts")
    await unit.type("OLD")
    await unit.press("Customs Value")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("Stop")
    await unit.forge("courseeq:1")
    stale = unit.data_of("Take away: CLiKC! Customs Valuation")
    await unit.press("« Course VAL")
    await unit.press_stale("Take away: CLiKC! Customs Valuation", stale)
    await unit.press("What counts as this course")
    await unit.press("Take away: CLiKC! Customs Valuation")
    await unit.press("« Course VAL")
    await unit.press("1 class")
    golden(stage, "course_equivalents")


async def test_program__courses_put_in_and_taken_out(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/catalogue")
    await unit.press("Programs")
    await unit.press("New program")
    await unit.type("BASIC", "Basic training")
    await unit.press("Submit")
    await unit.forge("courseprogs")
    await unit.press("BASIC Basic training")
    await unit.press("Add a course")
    await stage.restart()
    await unit.type("val")
    await unit.press("Customs Valuation")
    await unit.press("Submit")
    await unit.forge("courseprog:1")
    await unit.press("Add a course")
    await unit.type("val")
    await unit.press("Customs Valuation")
    await unit.press("Submit")
    await unit.press("Stop")
    await unit.forge("courseprog:1")
    stale = unit.data_of("Take out: VAL")
    await unit.press("« Programs")
    await unit.press_stale("Take out: VAL", stale)
    await unit.press("BASIC Basic training")
    await unit.press("Take out: VAL")
    golden(stage, "program_kept")


async def test_foreign_offer__said_of_a_class__stands_on_its_page(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.exec(select(Course)).one().mode = "foreign offer"
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.say("/classes")
    await unit.press(f"class:{held}")
    await unit.press("Foreign offer")
    await unit.type("Japan Customs", "Japan", "English, B2", "Travel by the donor")
    await unit.press("Submit")
    await unit.forge(f"class:{held}")
    await dara.forge(f"classoffer:{held}")
    golden(stage, "foreign_offer")


async def test_branch__reads_the_catalogue__and_changes_nothing(
    stage: Stage, held: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        office = session.exec(select(Unit).where(Unit.name == "Poipet")).one()
        session.add(
            Grant(
                person_id=stage.ids["sokha"],
                role=Role.UNIT,
                scope_unit_id=office.id,
                granted_at=stage.clock.now(),
            )
        )
    sokha = await stage.join("sokha")
    await sokha.say("/catalogue")
    await sokha.press("VAL Customs Valuation")
    await sokha.press("What counts as this course")
    await sokha.press("« Course VAL")
    await sokha.press("« Catalogue")
    for forged in ("coursenew", "courseedit:1", "courseeqnew:1", "courseprognew"):
        await sokha.forge(forged)
    golden(stage, "course_read_only")
