"""What a survey of needs found, on the phones of the unit, a supervisor and the director; jobs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from bot.models.needs import (
    Channel,
    Competency,
    CompetencyRating,
    Need,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
)
from bot.models.people import Person
from bot.needs import analysis
from tests.cast import TRAINEES, hold_class
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
TOPICS = "name,name::Khmer (km),competency,course,active\nRules of origin,វិធានដើមកំណើត,,,yes\n"
WISHES = (
    ("dara", "Customs valuation of used cars", 5),
    ("bopha", "valuation of used cars", 4),
    ("rith", "customs valuation", 3),
    ("maly", "Rules of origin under free trade agreements", 4),
    ("ayesha", "The scanner has been broken since May", 2),
    ("bilal", "How to write letters to importers", 2),
)


@pytest.fixture
def found(stage: Stage) -> None:
    """A round that has closed: six wishes, and ratings of two competencies."""
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "en"
        hold_class(stage.ctx(session), stage.ids, dt.date(2025, 11, 14))
        session.add(
            NeedsRound(
                id=1,
                plan_year=dt.date(2027, 1, 1),
                opens_on=dt.date(2026, 2, 1),
                closes_on=dt.date(2026, 2, 20),
                state=RoundState.CLOSED,
            )
        )
        _rate(stage, session)
        for who, words, importance in WISHES:
            session.add(
                Need(
                    round_id=1,
                    channel=Channel.OFFICER,
                    told_by=stage.ids[who],
                    person_id=stage.ids[who],
                    told_at=stage.clock.now(),
                    words=words,
                    importance=importance,
                )
            )


def _rate(stage: Stage, session: Session) -> None:
    for number, (code, name) in enumerate((("VAL", "Valuation"), ("HS", "Classification")), 1):
        session.add(Competency(id=number, code=code, name=name))
        session.flush()
        session.add(PositionLevel(position="Officer", competency_id=number, level=3))
        for place, key in enumerate(TRAINEES):
            for source in RatedBy:
                session.add(
                    CompetencyRating(
                        round_id=1,
                        person_id=stage.ids[key],
                        competency_id=number,
                        source=source,
                        level=min(5, 1 + place % 3 + (number == 2) + (source is RatedBy.SELF)),
                        rated_at=stage.clock.now(),
                    )
                )


async def _send_topics(unit: Actor) -> None:
    """Which kinds of files there are stands in another transcript."""
    await unit.send_file("topics.csv", TOPICS.encode())
    await unit.press("Topics of training")


@pytest.mark.usefixtures("found")
async def test_wishes__sorted_ranked_and_decided__end_in_a_letter(
    stage: Stage, golden: Golden
) -> None:
    unit, sokha, director, dara = [
        await stage.join(who) for who in ("unit", "sokha", "director", "dara")
    ]
    await unit.forge("needan")
    await unit.press("The list of topics")
    await unit.press("A new topic")
    await unit.type("Customs valuation")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.type("val")
    await stage.restart()
    await unit.press("Valuation")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The topic")
    await stage.off_record(_send_topics(unit))
    await unit.press("Take it")
    await unit.forge("topics")
    await unit.press("« What is needed")
    await unit.press("6 wishes to be put to topics")
    stale = unit.data_of("Customs valuation")
    await unit.press("Customs valuation")
    await unit.press_stale("Customs valuation", stale)
    await unit.press("Undo the last step")
    await unit.press("Many at once")
    await unit.press("Customs valuation: 3")
    stale = unit.data_of("Put 3 wishes to this topic")
    await unit.press("Put 3 wishes to this topic")
    await unit.press_stale("Put 3 wishes to this topic", stale)
    await unit.press("« Wishes")
    await unit.press("Rules of origin")
    await unit.press("Another topic")
    await unit.press("« Wishes")
    await unit.press("No training would help")
    await unit.press("A new topic")
    await unit.type("Official letters")
    for _question in range(4):
        await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("Next wish")
    await unit.forge("rank:1")
    await unit.press("What counts how much")
    await unit.press("1")
    await unit.type("50")
    await unit.press("Submit")
    await unit.press("Topics by priority")
    await unit.press("Customs valuation")
    await unit.press("What was said")
    await unit.press("« The topic")
    await unit.press("Decide how it is met")
    await unit.press("By our own trainers")
    await unit.press(unit.phone.buttons[0])
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The topic")
    await unit.press("« Topics by priority")
    await unit.press("Rules of origin")
    await unit.press("Decide how it is met")
    await unit.press("Ask a donor")
    await unit.type("WCO", "Nobody of ours has taught this.")
    await unit.press("Submit")
    await unit.forge("needlets:1")
    await unit.press("WCO")
    await unit.forge("rank:1")
    await unit.press("Make the report")
    await director.forge("needan")
    await director.press("For those who manage")
    await director.forge("rankset:1")
    await unit.forge("mgmt:1")
    training = "Training would help: The scanner has been broken…"
    stale = unit.data_of(training)
    await director.forge("mgmtback:1:5:0")
    await unit.press(training)
    await unit.press_stale(training, stale)
    await sokha.forge("rank:1")
    await sokha.press("Customs valuation")
    for forged in ("needan", "rank1:1:1", "wishes:1", "topwish:1:1", "topics", "needlet:1:0"):
        await dara.forge(forged)
    golden(stage, "wishes_to_letter")


@pytest.mark.usefixtures("found")
async def test_gaps__on_the_phone__are_told_apart_and_drawn(stage: Stage, golden: Golden) -> None:
    unit, director, dara = [await stage.join(who) for who in ("unit", "director", "dara")]
    await director.forge("menu:plan")
    await director.press("What is needed")
    await director.press("Gaps by position")
    await stage.restart()
    await director.press("Valuation")
    await director.press("« Gaps")
    stale = director.data_of("Make the heat map")
    await director.press("Make the heat map")
    await director.forge("gaps:1:cluster")
    await director.press_stale("Make the heat map", stale)
    await director.forge("needraw:1")
    await director.forge("gaptopic:1:2")
    await unit.forge("gaps:1:unit")
    await unit.press("Valuation")
    await unit.press("Make a topic of it")
    await unit.press("Topics by priority")
    await unit.forge("topic:1")
    await unit.press("Use it no longer")
    await unit.press("Correct")
    await unit.press("1")
    await unit.type("Customs valuation")
    await unit.press("Submit")
    await dara.forge("gaps:1:unit")
    await dara.forge("needraw:1")
    golden(stage, "gaps_drawn")


async def test_job__analysed_step_by_step__ends_in_tasks_to_be_trained(
    stage: Stage, golden: Golden
) -> None:
    unit, dara = [await stage.join(who) for who in ("unit", "dara")]
    with stage.database.transaction() as session:
        for person in session.exec(select(Person)):
            person.language = "en"
    await unit.forge("jobs")
    await unit.press("Analyse a job")
    await unit.type("off")
    await unit.press("Officer")
    await unit.type("poi")
    await unit.press("Mekong/Poipet")
    await unit.press("Submit")
    await unit.press("The job")
    await unit.press("Steps")
    await unit.press("1")
    stale = unit.data_of("Done")
    await unit.press("Done")
    await unit.press_stale("Done", stale)
    await unit.press("With a remark")
    await unit.press("Not needed")
    await unit.type("Laid down by the head of the unit.")
    await stage.restart()
    await unit.press("Submit")
    await unit.press("The steps")
    await unit.press("Stage 2 ›")
    await unit.press("« The job")
    await unit.press("Tasks")
    await unit.press("Add a task")
    await unit.type("Clearance", "Check the declared value", "Compare invoice and database")
    await unit.press("5: very")
    await unit.press("4")
    await unit.type("Valuation methods")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The tasks")
    await unit.press("9 Check the declared value")
    await unit.press("Train it or not")
    stale = unit.data_of("Train it: it is done often")
    await unit.press("Train it: it is done often")
    await unit.press_stale("Train it: it is done often", stale)
    await unit.press("Correct")
    await unit.press("5")
    await unit.press("3: fairly")
    await unit.press("Submit")
    await unit.forge("jobtasks:1")
    await unit.press("« The job")
    await unit.press("Interviews")
    await unit.press("Print the guide")
    await unit.press("Key in an interview")
    await unit.type("2026-02-27", "rith")
    await unit.press("Nhem Rith")
    await unit.type("Clearing trucks from six in the morning")
    for _question in range(15):
        await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("The interviews")
    await unit.press(unit.phone.buttons[0])
    await unit.forge("jobof:1")
    await unit.press("Make the workbook")
    await unit.press("It is finished")
    await unit.press("Take it up again")
    await unit.forge("jobtask:1")
    await unit.press("Off the list")
    await unit.forge("jobtask:1")
    await unit.forge("jobstep:1:nothing")
    for forged in ("jobs", "jobof:1", "jobtask:1", "jobtalk:1", "jobtnote:1"):
        await dara.forge(forged)
    golden(stage, "job_analysed")


@pytest.mark.usefixtures("found")
async def test_ranking__of_very_many_people__is_added_up_beside_the_chat(
    stage: Stage, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "MOST_AT_ONCE", 3)
    director, unit, dara = [await stage.join(who) for who in ("director", "unit", "dara")]
    await unit.forge("gaptopic:1:1")
    await unit.forge("gaps:1:unit")
    await director.forge("rank:1")
    await stage.restart()
    await director.press("Valuation")
    await director.press("« Topics by priority")
    await director.forge("gaps:1:unit")
    stale = director.data_of("Make the heat map")
    await director.forge("needan:1")
    await director.press_stale("Make the heat map", stale)
    await dara.forge("rank:1")
    golden(stage, "many_people_ranked")
