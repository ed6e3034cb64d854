"""The unit looks at who is qualified in what: by curriculum, by office, by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import Session

from bot.models.people import Grant, Person, Role, Unit
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    CurriculumItem,
    Qualification,
)
from bot.models.training import Course
from bot.training.qualifications import assigning, curriculum_cards, figures
from tests.cast import read_english
from tests.conversations.school import acting
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
TODAY = dt.date(2026, 3, 2)


def hold(stage: Stage, session: Session, who: str, of: int, last: dt.date | None) -> None:
    session.add(
        Qualification(
            person_id=stage.ids[who],
            curriculum_id=of,
            through_id=of,
            earned_on=dt.date(2024, 1, 15),
            expires_on=last,
            window_on=last - dt.timedelta(days=90) if last else None,
            grace_days=30,
            made_at=stage.clock.now(),
        )
    )


@pytest.fixture
def valuer(stage: Stage) -> int:
    """A curriculum of which somebody is valid, due, overdue and lapsed, and one without it."""
    with stage.database.transaction() as session:
        read_english(session)
        made = Curriculum(code="VALUER", title="Customs valuer", valid_months=24)
        session.add(made)
        session.flush()
        assert made.id is not None
        course = Course(code="VAL", title="Customs Valuation")
        session.add(course)
        session.flush()
        session.add(CurriculumItem(curriculum_id=made.id, course_id=course.id, place=1))
        hold(stage, session, "dara", made.id, dt.date(2027, 5, 31))
        hold(stage, session, "bopha", made.id, None)
        hold(stage, session, "rith", made.id, dt.date(2026, 4, 30))
        hold(stage, session, "maly", made.id, dt.date(2026, 2, 15))
        hold(stage, session, "bilal", made.id, dt.date(2025, 11, 30))
        session.add(
            CurriculumAssignment(
                person_id=stage.ids["ayesha"],
                curriculum_id=made.id,
                assigned_by=AssignedBy.POSITION,
                from_on=TODAY,
                due_on=dt.date(2026, 6, 1),
                made_at=stage.clock.now(),
            )
        )
        return made.id


async def test_standing__of_a_curriculum_an_office_and_the_year(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.say("/holders")
    await unit.forge(f"qualcur:{valuer}")
    await unit.press("valid: 2")
    await unit.press("« VALUER")
    await unit.press("overdue: 1")
    await unit.press("« VALUER")
    await unit.press("By office")
    await unit.press("Poipet: as a table")
    await unit.forge("quals")
    stale = unit.data_of("What ends in the coming months")
    await unit.press("An office as a table")
    await unit.press_stale("What ends in the coming months", stale)
    await unit.type("nowhere")
    await stage.restart()
    await unit.type("poi")
    await unit.press("« Qualifications")
    await unit.press("What ends in the coming months")
    await unit.forge("qualwho:1:nothing:0")
    await unit.forge("qualtable:999")
    await dara.forge("quals")
    golden(stage, "qualifications_standing")


async def test_standing__head_of_hr_of_another_part__sees_nobody_here(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        other = Unit(name="Coast", path="Coast")
        session.add(other)
        session.flush()
        session.add(
            Grant(
                person_id=stage.ids["trainer"],
                role=Role.HR,
                scope_unit_id=other.id,
                granted_at=stage.clock.now(),
            )
        )
    vanna = await stage.join("trainer")
    await vanna.say("/holders")
    await vanna.forge(f"qualcur:{valuer}")
    await vanna.forge("quals")
    await vanna.press("What ends in the coming months")
    await vanna.press("An office as a table")
    await vanna.press("Coast")
    golden(stage, "qualifications_elsewhere")


async def test_qualification__made_required_and_retired_on_the_phone(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.add(Course(code="HS", title="Harmonized System"))
        session.add(Course(code="IPR", title="Counterfeit Goods"))
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.say("/holders")
    await unit.press("All qualifications")
    await unit.press("New qualification")
    await unit.type("VALUER", "Refresher of valuers")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.type("VAL; HS; IPR?; NOSUCH?")
    await unit.press("Skip")
    await unit.press("To a fixed day of the year")
    await unit.press("Skip")
    await unit.type("12-31", "6", "60", "30")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("1")
    await unit.type("REFRESH")
    await unit.press("Submit")
    await unit.press("5")
    await unit.type("VAL; HS; IPR?")
    await unit.press("Submit")
    await unit.forge("curricula")
    await unit.press("REFRESH Refresher of valuers")
    await unit.press("Correct")
    await unit.press("6")
    await stage.restart()
    await unit.type("3")
    await unit.press("Submit")
    await unit.forge(f"curriculum:{valuer}")
    stale = unit.data_of("Retire")
    await unit.press("« All qualifications")
    await unit.type("nothing like it")
    await unit.type("refresh")
    await unit.press("REFRESH Refresher of valuers")
    await unit.press_stale("Retire", stale)
    await unit.press("Retire")
    await unit.press("« All qualifications")
    await unit.press("REFRESH Refresher of valuers (retired)")
    await unit.press("Bring back")
    await dara.forge("curriculum:1")
    golden(stage, "qualification_made")


async def test_requirement__of_a_post__assigns_its_holders(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.get_one(Person, stage.ids["dara"]).position = "Examiner"
    unit, dara = await stage.join("unit"), await stage.join("rith")
    await unit.say("/holders")
    await unit.press("What posts require")
    await unit.press("Have a post require something")
    await unit.type("exam")
    await unit.press("Examiner (1)")
    await unit.press("Customs valuer")
    await unit.press("Core: everybody in the post needs it")
    await stage.restart()
    await unit.type("90")
    await unit.press("Submit")
    await unit.forge("reqs")
    await unit.type("nobody")
    await unit.type("examiner")
    await unit.press("Examiner: VALUER")
    stale = unit.data_of("Require it no more")
    await unit.press("Change")
    await unit.press("4")
    await unit.type("60")
    await unit.press("Submit")
    await unit.forge("req:1")
    await unit.press_stale("Require it no more", stale)
    await unit.press("Require it no more")
    await unit.forge("req:1")
    await dara.forge("reqnew")
    golden(stage, "post_requires")


async def test_one_person__looked_up__has_something_assigned(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    unit = await stage.join("unit")
    await unit.say("/holders")
    await unit.press("One person")
    await unit.type("nobody")
    await unit.type("ayesha")
    await unit.press(unit.phone.buttons[0])
    await unit.press("VALUER Customs valuer")
    await unit.press("« Ayesha Khan")
    await unit.press("« One person")
    await unit.type("sokha")
    await stage.restart()
    await unit.press(unit.phone.buttons[0])
    await unit.press("Assign a qualification")
    await unit.press("Keep this answer")
    await unit.press("Customs valuer")
    await unit.type("2026-02-01", "2026-09-30")
    await unit.press("It is required")
    stale = unit.data_of("Skip")
    await unit.press("Skip")
    await unit.press_stale("Skip", stale)
    await unit.press("Submit")
    await unit.forge(f"qualp:{stage.ids['sokha']}")
    await unit.forge("qualway:1:99")
    golden(stage, "assigned_by_hand")


async def test_assignment__taken_away_by_the_unit__stands_in_its_history(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    sokha = stage.ids["sokha"]
    with stage.database.transaction() as session:
        ctx = acting(stage, session, "unit")
        assigning.assign(ctx, sokha, valuer, dt.date(2026, 9, 30), "You join the desk.")
    unit = await stage.join("unit")
    dara = await stage.join("dara")
    await unit.forge(f"qualway:{sokha}:{valuer}")
    stale = unit.data_of("Take the assignment away")
    await unit.press("Take the assignment away")
    await stage.restart()
    await unit.type("She has left the desk.")
    await unit.press("Submit")
    await unit.press("« The person")
    await unit.press_stale("Take the assignment away", stale)
    await dara.forge(f"qualtake:{sokha}:{valuer}")
    with stage.database.transaction() as session:
        assigning.assign(acting(stage, session, "unit"), sokha, valuer)
    await unit.forge(f"qualway:{sokha}:{valuer}")
    golden(stage, "assignment_taken")


async def test_figures__of_many__come_as_a_message(
    stage: Stage, valuer: int, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (figures, curriculum_cards):
        monkeypatch.setattr(module, "MANY", 3)
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.forge(f"curriculum:{valuer}")
    stale = unit.data_of("More than 3 people have earned it")
    await unit.press("More than 3 people have earned it")
    await stage.restart()
    await unit.forge(f"qualwho:{valuer}:valid:0")
    await unit.press_stale("More than 3 people have earned it", stale)
    await dara.forge(f"qualcur:{valuer}")
    golden(stage, "qualification_counted")
