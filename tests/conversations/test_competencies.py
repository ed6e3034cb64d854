"""Competencies kept and required, a team rated, and what an officer sees of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.models.needs import (
    Competency,
    CompetencyLevel,
    CompetencyRating,
    FrameworkCourse,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
    Topic,
)
from bot.models.people import Person
from bot.models.training import Course
from tests.cast import hold_class
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
FAULTY = b"""code,name,name::Khmer (km),kind,field,level_1,level_2,level_3
TARIFF,Tariff,,technical,Clearance,Finds a heading,,Teaches
TARIFF,Tariff again,,,,,,
"""
GOOD = b"""code,name,name::Khmer (km),kind,field,level_1,level_2,level_3
TARIFF,Tariff,,functional,Clearance,Finds a heading,Applies the rules,Teaches
"""
FRAMEWORK = b"""position,course,kind
Officer,HS-1,
Officer,HS-2,enhanced
"""
REQUIRED = b"""position,competency,level,importance
officer,TARIFF,2,5
Archivist,TARIFF,4,
"""


@pytest.fixture
def required(stage: Stage) -> None:
    """Two competencies that every officer's post requires, and a survey that is open."""
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "en"
        for code, name, count, level in (("HS", "Tariff", 5, 4), ("LAW", "Customs law", 3, 2)):
            row = Competency(code=code, name=name, field="Clearance")
            session.add(row)
            session.flush()
            session.add_all(
                CompetencyLevel(competency_id=row.id, level=n, behaviour=f"Does {name}, step {n}.")
                for n in range(1, count + 1)
            )
            session.add(PositionLevel(position="Officer", competency_id=row.id, level=level))
        session.add(
            NeedsRound(
                plan_year=dt.date(2027, 1, 1),
                opens_on=dt.date(2026, 3, 1),
                closes_on=dt.date(2026, 3, 31),
                state=RoundState.OPEN,
                opened_at=stage.clock.now(),
            )
        )


async def test_competencies__taken_over_made_and_required__others_may_not(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        session.add(Course(code="HS-1", title="Tariff for beginners"))
        session.add(Course(code="HS-2", title="Tariff rulings"))
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.forge("cptdesk")
    await unit.press("Competencies")
    stale = unit.data_of("Take over 28 that come with Rollcall")
    await unit.press("Take over 28 that come with Rollcall")
    await unit.press_stale("Take over 28 that come with Rollcall", stale)
    await unit.type("nothing such")
    await unit.type("valuation")
    await unit.press("VAL Customs valuation")
    await unit.press("Level 3")
    await unit.press("1")
    await unit.type("Notices doubtful values and uses the other methods in order.")
    await unit.press("Submit")
    await unit.press("The competency")
    await unit.press("Describe level 6")
    await unit.type("Is asked by other countries.")
    await stage.restart()
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The competency")
    await unit.press("Take level 6 off")
    stale = unit.data_of("Retire")
    await unit.press("Retire")
    await unit.press_stale("Retire", stale)
    await unit.press("Bring back")
    await unit.press("Correct")
    await unit.press("5")
    await unit.type("Clearance and audit")
    await unit.press("Submit")
    await unit.press("The competency")
    await unit.forge("cptnew")
    await unit.type("DOGS", "Detector dogs")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Functional: the subject of the work")
    await unit.type("Control")
    await unit.press("Submit")
    await unit.forge("cptdesk")
    await unit.press("What posts require")
    await unit.type("archivist")
    await unit.type("offic")
    await unit.press("Officer: nothing yet")
    await unit.press("Require a competency")
    await unit.type("dog")
    await unit.press("DOGS Detector dogs")
    await unit.type("6")
    await unit.press("5, the work depends on it")
    await unit.press("Submit")
    await unit.press("2")
    await unit.type("3")
    await unit.press("Submit")
    await unit.press("The post")
    await unit.press("DOGS Detector dogs: level 3")
    await unit.press("Change")
    await unit.press("2")
    await unit.type("2")
    await unit.press("Submit")
    await unit.press("The post")
    await unit.press("Training framework: 0 courses")
    for title in ("Tariff rulings", "Tariff for beginners"):
        await unit.press("Put a course in")
        await unit.press(title)
        await unit.press("Enhanced: for those who are to do more")
        await unit.type("1")
        await unit.press("Submit")
        await unit.press("The post")
    await unit.press("2. HS-2 Tariff rulings (enhanced)")
    await unit.press("Change")
    await unit.press("2")
    await unit.press("Core: everybody in the post takes it")
    await unit.press("Submit")
    await unit.press("The post")
    await unit.press("2. HS-2 Tariff rulings")
    stale = unit.data_of("Take it out")
    await unit.press("Take it out")
    await unit.press_stale("Take it out", stale)
    await unit.forge("cptposts:29")
    await unit.press("Officer: level 2")
    await unit.press("Require it no more")
    for forged in ("cpts", "cpt:1", "cptnew", "cptstart", "cpton:1:0", "posts"):
        await dara.forge(forged)
    golden(stage, "competencies_kept")


async def test_files__of_competencies_and_posts__faults_first(
    stage: Stage, golden: Golden
) -> None:
    unit = await stage.join("unit")
    with stage.database.transaction() as session:
        session.add_all([Course(code=code, title=code) for code in ("HS-1", "HS-2")])
    for name, content in (("faulty.csv", FAULTY), ("good.csv", GOOD)):
        await unit.send_file(name, content)
        await unit.press("Competencies and their levels")
    await unit.press("Take it")
    await stage.restart()
    await unit.send_file("posts.csv", REQUIRED)
    await unit.press("Which level a post requires")
    await unit.send_file("posts.csv", REQUIRED.replace(b"4", b"3"))
    await unit.press("Which level a post requires")
    await unit.press("Take it")
    await unit.press("Undo this import")
    await unit.send_file("framework.csv", FRAMEWORK)
    await unit.press("Training frameworks of posts")
    await unit.press("Take it")
    golden(stage, "competency_files")


async def retire_law(unit: Actor) -> None:
    """Retire one of the two, once more on a phone that is behind."""
    await unit.forge("cpt:2")
    stale = unit.data_of("Retire")
    await unit.press("Retire")
    await unit.press_stale("Retire", stale)


async def rate_all(who: Actor, level: int) -> None:
    """Tap this level beside every name of the page that is shown."""
    label = str(level)
    rows = who.phone.last["rows"]
    for place, row in enumerate(rows):
        if any(button["text"] == label for button in row) and len(rows[place - 1]) == 1:
            data = next(button["data"] for button in row if button["text"] == label)
            await who.forge(str(data), f"{rows[place - 1][0]['text']} – {label}")


@pytest.mark.usefixtures("required")
async def test_team__rated_both_ways__until_the_survey_closes(
    stage: Stage, golden: Golden
) -> None:
    sokha, dara = await stage.join("sokha"), await stage.join("dara")
    unit = await stage.join("unit")
    await sokha.say("/menu")
    await sokha.press("Rate my people")
    await sokha.press("Go on: Tariff")
    stale = next(
        str(button["data"]) for row in sokha.phone.last["rows"] for button in row
        if button["text"] == "2"
    )  # fmt: skip
    await rate_all(sokha, 3)
    await stage.restart()
    await sokha.forge(stale, "the 2 beside the first name, on a phone that is behind")
    await sokha.press("Next: Customs law")
    await rate_all(sokha, 2)
    await sokha.press("« All competencies")
    await sokha.press("« Rate my people")
    await sokha.press("One person, all competencies")
    await sokha.press("Sok Dara: 2 of 2")
    await sokha.press("?")
    ids = stage.ids
    await sokha.forge(f"rtp:1:{ids['trainer']}:1:3:0", "a rating of another's officer")
    await sokha.forge(f"rtp:1:{ids['dara']}:2:4:0", "a level that there is not")
    await dara.forge(f"rtc:1:{ids['dara']}:1:5:0", "a rating of oneself")
    await dara.forge("rate")
    await retire_law(unit)
    await sokha.forge(f"rtp:1:{ids['dara']}:2:1:0", "a competency that is retired now")
    await sokha.forge("rate")
    with stage.database.transaction() as session:
        session.get_one(NeedsRound, 1).state = RoundState.CLOSED
        days = {"opens_on": dt.date(2027, 10, 1), "closes_on": dt.date(2027, 10, 20)}
        session.add(NeedsRound(plan_year=dt.date(2028, 1, 1), **days))
    await sokha.forge(f"rtp:1:{ids['dara']}:1:5:0", "a rating that comes too late")
    await sokha.forge("rate")
    await sokha.press("Where my people stand")
    await sokha.press("Chea Bopha: 1 level")
    await sokha.forge(f"tgap1:{ids['trainer']}", "another's officer")
    golden(stage, "team_rated")
    with stage.database.transaction(readonly=True) as session:
        rows = session.execute(
            select(CompetencyRating.level).where(
                CompetencyRating.person_id == ids["dara"],
                CompetencyRating.source == RatedBy.SUPERVISOR,
            )
        )
        assert sorted(row[0] for row in rows) == [0, 2]


@pytest.mark.usefixtures("required")
async def test_officer__sees_what_the_post_requires__and_what_would_help(
    stage: Stage, golden: Golden
) -> None:
    ids = stage.ids
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), ids, dt.date(2026, 4, 3))
        course = session.exec(select(Course).where(Course.code == "VAL")).one()
        session.add(Topic(name="Values", competency_id=1, course_id=course.id))
        session.add(FrameworkCourse(position="Officer", course_id=course.id, place=1))
        for number, (source, level) in enumerate(((RatedBy.SELF, 4), (RatedBy.SUPERVISOR, 2))):
            session.add(
                CompetencyRating(
                    round_id=1,
                    person_id=ids["dara"],
                    competency_id=1,
                    source=source,
                    level=level,
                    rated_at=stage.clock.now() + dt.timedelta(seconds=number),
                )
            )
    dara, director = await stage.join("dara"), await stage.join("director")
    unit = await stage.join("unit")
    await dara.say("/menu")
    await dara.press("What my post requires")
    await dara.press("Tariff: 2 levels missing")
    await dara.press("« What my post requires")
    await stage.restart()
    await dara.press("Customs law: level 2")
    await dara.forge("myc1:99", "a competency that the post does not require")
    await dara.press("« What my post requires")
    await retire_law(unit)
    await dara.press("Customs law: level 2")
    await dara.forge("myc")
    await dara.press("The courses of my post")
    await director.forge("myc")
    golden(stage, "my_post")
