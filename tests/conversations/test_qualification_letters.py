"""What comes by itself about qualifications: assigned, earned, reminded, lapsed, given time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.models.qualifications import Requirement
from bot.people import editing
from bot.training.qualifications import posts
from tests.cast import ZONE
from tests.conversations import school
from tests.conversations.qualified import complete, curriculum
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


def noon(day: str) -> dt.datetime:
    """Noon of a day where the cast lives."""
    return dt.datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(ZONE))


def valuer(stage: Stage, **fields: object) -> int:
    """Valuation makes a valuer for half a year; the post of that name requires it."""
    made = curriculum(stage, "VALUER", "Customs Valuer", "VAL", valid_months=6, **fields)
    with stage.database.transaction() as session:
        session.add(Requirement(position="Valuer", curriculum_id=made, within_days=60))
        session.flush()
        posts.posts_changed(stage.ctx(session), ["Valuer"])
    return made


async def move_post(stage: Stage, who: str, position: str) -> None:
    """The unit gives somebody another post."""
    with stage.database.transaction() as session:
        unit = school.acting(stage, session, "unit")
        editing.edit(unit, stage.ids[who], {"position": position})
    await stage.settle()


async def test_post__taken_up__is_told_and_reminded_until_it_is_earned(
    stage: Stage, golden: Golden
) -> None:
    about = valuer(stage)
    await stage.join("sokha")
    dara = await stage.join("dara")
    await move_post(stage, "dara", "Valuer")
    await dara.press("Show it")
    school.hold(stage, "VAL-1", first_day=dt.date(2026, 4, 20))
    await stage.move_to(noon("2026-04-03"))
    stale = dara.data_of("Show class VAL-1")
    await dara.press("Show class VAL-1")
    await stage.restart()
    complete(stage, "dara", "VAL", dt.date(2026, 4, 3))
    await stage.settle()
    await dara.press_stale("Show class VAL-1", stale)
    await dara.forge(f"myq1:{about}")
    await stage.move_to(noon("2026-06-30"))
    golden(stage, "qualification_assigned")


async def test_qualification__that_ends__is_reminded_of_until_it_has_lapsed(
    stage: Stage, golden: Golden
) -> None:
    valuer(stage, grace_days=10)
    complete(stage, "dara", "VAL", dt.date(2025, 10, 10))
    complete(stage, "rith", "VAL", dt.date(2025, 10, 9))
    await stage.join("sokha")
    dara, rith = await stage.join("dara"), await stage.join("rith")
    await stage.move_to(noon("2026-04-12"))
    await rith.press("Ask for more time")
    await rith.press("Stop")
    await dara.forge("qmore:2")
    await dara.forge("qext:1")
    await dara.forge("qmore:99")
    await stage.move_to(noon("2026-04-30"))
    golden(stage, "qualification_lapsed")


async def test_time__asked_for_from_a_letter__is_refused_with_a_reason(
    stage: Stage, golden: Golden
) -> None:
    valuer(stage)
    complete(stage, "dara", "VAL", dt.date(2025, 9, 20))
    sokha, dara = await stage.join("sokha"), await stage.join("dara")
    await stage.move_to(noon("2026-03-02"))
    await dara.press("Ask for more time")
    await dara.type("I am on mission until May.")
    stale = dara.data_of("Submit")
    await dara.press("Submit")
    await dara.press_stale("Submit", stale)
    await dara.forge("qmore:1")
    await stage.restart()
    await sokha.press("Decide about Sok Dara")
    await sokha.press("No more time is given")
    await sokha.type("We need you certified.")
    await sokha.press("Submit")
    await sokha.forge("qext:1")
    golden(stage, "qualification_no_time")


async def test_post__given_to_many_by_a_file__is_told_the_next_morning(
    stage: Stage, golden: Golden
) -> None:
    valuer(stage)
    unit, dara = await stage.join("unit"), await stage.join("dara")
    new = [f"3{number:03},Officer {number},Poipet,Mekong,Valuer" for number in range(260)]
    lines = ["staff_no,full_name,unit,directorate,position", *new]
    lines.append("1011,Sok Dara,Poipet,Mekong,Valuer")
    await unit.send_file("roster.csv", "\n".join(lines).encode())
    await unit.press("People")
    await unit.press("Take it")
    await stage.move_to(noon("2026-03-03"))
    await dara.press("Show it")
    golden(stage, "qualification_for_many")
