"""What officers hold and what is missing; what a supervisor sees of a team, and gives time for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.qualifications import ExpiryRule, RequirementKind
from tests.conversations import school
from tests.conversations.qualified import complete, curriculum, require
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


@pytest.fixture
def valuer(stage: Stage) -> int:
    """Valuation and one of two more, two years; renewed by the harmonized system alone."""
    refresher = curriculum(stage, "VALREF", "Valuer's Refresher", "HS", valid_months=24)
    return curriculum(
        stage, "VALUER", "Customs Valuer", "VAL", "HS?", "IPR?", needed=2, valid_months=24,
        grace_days=30, expiry_rule=ExpiryRule.PREVIOUS, renewed_by_id=refresher,
        titles={"km": "អ្នកវាយតម្លៃគយ", "ur": "کسٹمز ویلیوئر"},
    )  # fmt: skip


@pytest.fixture
def held(stage: Stage, valuer: int) -> dict[str, int]:
    """Of everything something: due, lapsed, without end, to be earned, with classes to come."""
    origin = curriculum(stage, "IPR", "Counterfeit Goods", "IPR", valid_months=12)
    hs = curriculum(stage, "HS", "Classification", "HS")
    for who, day in (("dara", dt.date(2024, 5, 10)), ("bopha", dt.date(2024, 2, 10))):
        complete(stage, who, "VAL", day)
        complete(stage, who, "IPR", day)
    complete(stage, "rith", "HS", dt.date(2025, 9, 1))
    require(stage, "maly", valuer, dt.date(2026, 4, 30))
    require(stage, "dara", origin, None)
    require(stage, "dara", hs, dt.date(2026, 2, 1), RequirementKind.ENHANCED)
    school.hold(stage, "HS-1")
    school.hold(stage, "VAL-1", first_day=dt.date(2026, 4, 6))
    return {"valuer": valuer, "origin": origin, "hs": hs}


async def test_own__what_is_due_and_what_is_missing__leads_to_the_class(
    stage: Stage, held: dict[str, int], golden: Golden
) -> None:
    await stage.join("sokha")
    dara = await stage.join("dara")
    await dara.say("/menu")
    await dara.press("My qualifications")
    await dara.press("HS Classification")
    await dara.press("« My qualifications")
    await dara.press("IPR Counterfeit Goods")
    await dara.press("« My qualifications")
    await dara.press("VALUER Customs Valuer")
    await dara.press("HS-1 Harmonized System, Mar 23, 2026")
    await dara.press("Ask for a place")
    stale = dara.data_of("I accept, and ask for a place")
    await dara.press("I accept, and ask for a place")
    await dara.say("/qualifications")
    await dara.press_stale("I accept, and ask for a place", stale)
    await stage.restart()
    await dara.press("VALUER Customs Valuer")
    complete(stage, "dara", "HS", dt.date(2026, 3, 1))
    await dara.press("« My qualifications")
    await dara.press("VALUER Customs Valuer")
    await dara.forge("myq1:999")
    await dara.forge("myq1")
    golden(stage, "myqual_ways")


async def test_own__completed_too_early__is_said_with_the_day_from_which_it_counts(
    stage: Stage, valuer: int, golden: Golden
) -> None:
    complete(stage, "maly", "VAL", dt.date(2025, 6, 2))
    complete(stage, "maly", "HS", dt.date(2025, 6, 2))
    complete(stage, "maly", "HS", dt.date(2026, 2, 2))
    maly, rith = await stage.join("maly"), await stage.join("rith")
    await maly.say("/qualifications")
    await maly.press("VALUER Customs Valuer")
    await rith.say("/qualifications")
    await rith.forge(f"myq1:{valuer}")
    golden(stage, "myqual_early")


async def test_team__most_urgent_first__the_supervisor_gives_time(
    stage: Stage, held: dict[str, int], golden: Golden
) -> None:
    sokha, bopha = await stage.join("sokha"), await stage.join("bopha")
    rith = await stage.join("rith")
    await sokha.say("/menu")
    await sokha.press("Qualifications of my team")
    await sokha.press(sokha.phone.buttons[0])
    await sokha.press("« My team")
    await bopha.forge(f"myq1:{held['valuer']}")
    await bopha.press(bopha.phone.buttons[-2])
    await bopha.type("ខ្ញុំត្រូវការពេលដល់ថ្ងៃ 30 មិថុនា។")
    await bopha.press(bopha.phone.buttons[1])
    await sokha.forge(f"teamq1:{stage.ids['bopha']}:{held['valuer']}")
    await stage.restart()
    await sokha.press("Decide about more time")
    stale = sokha.data_of("Stop")
    await sokha.press("More time is given")
    await sokha.press_stale("Stop", stale)
    await sokha.type("2026-06-30", "She leads the night shift until then.")
    await sokha.press("Submit")
    await bopha.forge(f"myq1:{held['valuer']}")
    await sokha.forge("teamq:9")
    await sokha.forge(f"teamq1:{stage.ids['unit']}:{held['valuer']}")
    await rith.forge("teamq")
    await rith.forge(f"teamq1:{stage.ids['dara']}:{held['valuer']}")
    golden(stage, "teamqual")


@pytest.mark.parametrize(("who", "language"), [("bopha", "km"), ("bilal", "ur")])
async def test_own__in_another_language__is_read_in_it(
    stage: Stage, valuer: int, golden: Golden, who: str, language: str
) -> None:
    complete(stage, who, "VAL", dt.date(2024, 5, 10))
    complete(stage, who, "HS", dt.date(2024, 5, 10))
    officer = await stage.join(who)
    await officer.say("/qualifications")
    await officer.press(f"myq1:{valuer}")
    golden(stage, f"myqual_{language}")
