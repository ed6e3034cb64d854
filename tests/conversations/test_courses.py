"""An officer and the offer: classes found, asked for, waited for, left; and why it stands so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.models.records import TrainingRecord
from bot.models.training import Course, Enrolment, EnrolmentState, Entry, TrainingClass
from bot.training import enrolling
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
FIRST_DAY = dt.date(2026, 4, 6)


def add_course(ctx: Ctx, code: str, title: str, **fields: object) -> Course:
    course = Course(code=code, title=title, **fields)
    ctx.session.add(course)
    ctx.session.flush()
    return course


def add_class(
    ctx: Ctx, course: Course, number: int, weeks: int | None = 0, **fields: object
) -> int:
    """A class of three days, some weeks after the first; None: without dates."""
    if weeks is not None:
        starts_on = FIRST_DAY + dt.timedelta(weeks=weeks)
        fields |= {"starts_on": starts_on, "ends_on": starts_on + dt.timedelta(days=2)}
    settings = {"seats": 2, "place": "Training Centre", "start_time": dt.time(8)} | fields
    held = TrainingClass(code=f"{course.code}-{number}", course_id=course.id, **settings)
    ctx.session.add(held)
    ctx.session.flush()
    assert held.id is not None
    return held.id


@pytest.fixture
def offered(stage: Stage) -> dict[str, int]:
    """Class ids by code: open, full, nominated, ordered, without dates, and one that needs HS."""
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        hs = add_course(
            ctx, "HS", "Harmonized System", titles={"km": "ប្រព័ន្ធសុខដុម", "ur": "ہم آہنگ نظام"},
            hours=18, category="Technical", mode="in person",
            objectives="To classify goods without help.",
        )  # fmt: skip
        val = add_course(
            ctx, "VAL", "Customs Valuation",
            titles={"km": "ការវាយតម្លៃគយ", "ur": "کسٹمز ویلیوایشن"},
            prerequisites="HS within 2 years and (in post 6 months or position \"Appraiser\")",
        )  # fmt: skip
        law = add_course(ctx, "LAW", "Legal Knowledge", needs_approval=False, has_charter=False)
        add_course(ctx, "XRAY", "Reading X-ray Pictures")
        return {
            "HS-1": add_class(ctx, hs, 1, bring="A calculator", enrol_by=dt.date(2026, 3, 27)),
            "HS-2": add_class(ctx, hs, 2, None, offer={"donor": "WCO", "country": "Japan"}),
            "VAL-1": add_class(ctx, val, 1, 3),
            "LAW-1": add_class(ctx, law, 1, 1, seats=1),
            "LAW-2": add_class(ctx, law, 2, 2, entry=Entry.NOMINATED),
            "LAW-3": add_class(ctx, law, 3, 0, entry=Entry.ORDERED, order_no="17"),
        }


async def test_offer__browsed_and_searched__shows_what_fits_and_why_not(
    stage: Stage, offered: dict[str, int], golden: Golden
) -> None:
    dara = await stage.join("dara")
    await dara.say("/menu")
    await dara.press("Courses and classes")
    await dara.press("Open now")
    await dara.press("Fits me")
    await dara.press("All courses")
    await dara.press("Reading X-ray Pictures (XRAY)")
    await dara.press("« Courses")
    await dara.type("valuation")
    await dara.press("VAL-1 Customs Valuation, Apr 27, 2026")
    await dara.press("« Courses")
    await stage.restart()
    await dara.type("ប្រព័ន្ធ")
    await dara.type("ہم آہنگ centre")
    await dara.type("no such thing")
    await dara.type("x-ray")
    await dara.say("/courses legal")
    await dara.press("LAW-2 Legal Knowledge, Apr 20, 2026")
    await dara.forge(f"c:{offered['LAW-3']}")
    await dara.forge("co:z:99:nothing")
    await dara.forge("coone:999")
    await dara.forge("c:999")
    golden(stage, "courses_found")


async def test_place__asked_for_with_the_charter__the_supervisor_is_asked(
    stage: Stage, offered: dict[str, int], golden: Golden
) -> None:
    await stage.join("sokha")
    dara = await stage.join("dara")
    await dara.say("/courses hs")
    await dara.press("HS-1 Harmonized System, Apr 6, 2026")
    await dara.press("Ask for a place")
    accept = dara.data_of("I accept, and ask for a place")
    await dara.press("« Class HS-1")
    await dara.press("Ask for a place")
    await dara.press_stale("I accept, and ask for a place", accept)
    await stage.restart()
    await dara.press("I accept, and ask for a place")
    await dara.press("How it came about")
    await dara.press("« Class HS-1")
    await dara.press("Withdraw")
    leave = dara.data_of("I am ill")
    await dara.press("« I can come")
    await dara.press("Withdraw")
    await dara.press_stale("I am ill", leave)
    await dara.press("I am ill")
    await dara.say("/myclasses")
    await dara.press("What is over")
    await dara.press("HS-1 Harmonized System")
    golden(stage, "place_asked_for")


async def test_wait_list__seat_given_back__goes_to_the_first_and_says_why(
    stage: Stage, offered: dict[str, int], golden: Golden
) -> None:
    dara, rith, maly = await stage.join("dara"), await stage.join("rith"), await stage.join("maly")
    for actor in (dara, rith, maly):
        await actor.say("/courses law-1")
        await actor.press("LAW-1 Legal Knowledge, Apr 13, 2026")
        await actor.press("Ask for a place")
        stage.clock.advance(minutes=5)
    await maly.press("How it came about")
    await dara.press("Withdraw")
    await dara.press("Another reason")
    await stage.restart()
    await dara.type("I am on parental leave.")
    await dara.press("Submit")
    await maly.press("« Class LAW-1")
    await rith.say("/myclasses")
    await rith.press("LAW-1 Legal Knowledge")
    await rith.press("How it came about")
    await rith.forge(f"why:{_enrolment(stage, 'maly')}")
    await dara.forge(f"c:{offered['LAW-1']}:out:bored")
    golden(stage, "wait_list")


async def test_interest_and_order__what_an_officer_cannot_undo__is_said(
    stage: Stage, offered: dict[str, int], golden: Golden
) -> None:
    rith = await stage.join("rith")
    await rith.say("/courses")
    await rith.press("HS-2 Harmonized System")
    interest = rith.data_of("Show interest")
    await rith.press("Show interest")
    await rith.press_stale("Show interest", interest)
    with stage.database.transaction() as session:
        enrolling.order(stage.ctx(session), offered["LAW-3"], stage.ids["rith"])
        enrolling.order(stage.ctx(session), offered["VAL-1"], stage.ids["rith"])
    await stage.settle()
    await rith.say("/myclasses")
    await rith.press("LAW-3 Legal Knowledge")
    await rith.forge(f"c:{offered['LAW-3']}:out")
    await rith.forge(f"c:{offered['LAW-3']}:out:ill")
    await stage.restart()
    await rith.press("How it came about")
    await rith.say("/myclasses")
    await rith.press("VAL-1 Customs Valuation")
    await rith.press("Accept the charter")
    await rith.press("I accept")
    golden(stage, "interest_and_order")


async def test_own_trainings__of_years__come_as_a_workbook(
    stage: Stage, offered: dict[str, int], golden: Golden
) -> None:
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        course = session.exec(select(Course).where(Course.code == "HS")).one()
        old = add_class(ctx, course, 0, -52)
        person_id = stage.ids["dara"]
        session.add(
            Enrolment(
                class_id=old, person_id=person_id, state=EnrolmentState.COMPLETED,
                changed_at=ctx.now(), completed_on=dt.date(2025, 4, 9),
            )
        )  # fmt: skip
        session.add(
            TrainingRecord(
                person_id=person_id, title="CLiKC! HS", completed_on=dt.date(2024, 5, 6)
            )
        )
    dara = await stage.join("dara")
    await dara.say("/myclasses")
    await dara.press("All of it as a workbook")
    await dara.press("What is over")
    await dara.press("HS-0 Harmonized System")
    await stage.restart()
    await dara.say("/mydata")
    await dara.press("Your trainings")
    rith = await stage.join("rith")
    await rith.forge("myfile")
    golden(stage, "own_trainings")


@pytest.mark.parametrize(
    ("who", "words", "language"), [("bopha", "ប្រព័ន្ធ", "km"), ("bilal", "نظام", "ur")]
)
async def test_place__asked_for_in_another_language__is_read_in_it(
    stage: Stage, offered: dict[str, int], golden: Golden, who: str, words: str, language: str
) -> None:
    officer = await stage.join(who)
    await officer.say(f"/courses {words}")
    await officer.press(f"c:{offered['HS-1']}")
    await officer.press(f"c:{offered['HS-1']}:ask")
    await officer.press(officer.phone.buttons[0])
    await officer.press(f"why:{_enrolment(stage, who)}")
    await officer.say("/myclasses")
    golden(stage, f"place_asked_for_{language}")


def _enrolment(stage: Stage, who: str) -> int:
    with stage.database.transaction(readonly=True) as session:
        query = select(Enrolment.id).where(Enrolment.person_id == stage.ids[who])
        return session.exec(query).all()[0] or 0
