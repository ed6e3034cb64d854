"""What training brought about, on a phone: indicators, costs, the return; lots for the seats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from bot.models.training import Course
from bot.training import lots
from tests.cast import hold_class, read_english
from tests.conversations import school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
FIGURES = b"""course_code,indicator,month,unit,figure
VAL,ERRORS,2025-09,Poipet,44
VAL,ERRORS,2025-10,Poipet,41
VAL,ERRORS,2025-12,Poipet,30
"""


async def _send_figures(unit: Actor) -> None:
    """Which kinds of files there are stands in another transcript."""
    await unit.send_file("figures.csv", FIGURES)
    await unit.press("Figures of indicators")


@pytest.fixture
def held(stage: Stage) -> int:
    """A class of last November, in English for everybody."""
    with stage.database.transaction() as session:
        read_english(session)
        return hold_class(stage.ctx(session), stage.ids, dt.date(2025, 11, 14))


async def name_indicator(stage: Stage, unit: Actor) -> None:
    await unit.press("Indicators")
    await unit.press("Name an indicator")
    await unit.type("ERRORS", "Errors in declarations", "កំហុស")
    await unit.press("Skip")
    await unit.type("errors")
    await unit.press("The less, the better")
    await stage.restart()
    await unit.type("150")
    await unit.press("Submit")


async def enter_costs(unit: Actor, held: int) -> None:
    """What it cost, and what is assumed."""
    await unit.forge(f"impactcost:{held}")
    await unit.type("900")
    for _kind in range(6):
        await unit.press("Skip")
    await unit.type("300")
    await unit.press("Submit")
    await unit.press("What it brought about")
    await unit.press("Assumptions")
    await unit.type("2", "60", "80", "Estimated by the head of the office.")
    await unit.press("Submit")


async def correct_indicator(unit: Actor) -> None:
    stale = unit.data_of("Use it no longer")
    await unit.press("Correct")
    await unit.press_stale("Use it no longer", stale)
    await unit.press("6")
    await unit.type("180")
    await unit.press("Submit")
    await unit.forge("ind:1")
    await unit.press("Use it no longer")
    await unit.press("Use it again")


async def test_return__indicator_to_page__is_reckoned_once_nothing_is_missing(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, director, dara = [await stage.join(who) for who in ("unit", "director", "dara")]
    await unit.forge("impact")
    await unit.type("no such class")
    await unit.type("val")
    await unit.press(unit.phone.buttons[0])
    await name_indicator(stage, unit)
    await enter_costs(unit, held)
    await stage.off_record(_send_figures(unit))
    await unit.press("Take it")
    await unit.forge(f"impactroi:{held}")
    await unit.forge(f"impactc:{held}")
    await unit.press("Indicators")
    await unit.press("ERRORS: Errors in declarations")
    await unit.press("Enter a figure")
    await unit.type("2026-01-31", "poipet")
    await unit.press("Mekong/Poipet")
    await unit.type("33")
    await unit.press("Submit")
    await unit.press("The indicator")
    await correct_indicator(unit)
    await director.forge("impact")
    await director.press(director.phone.buttons[0])
    await director.press("Offices compared")
    await director.press("« What it brought about")
    await director.press("Make the page of the return")
    await director.forge(f"impactcost:{held}")
    for forged in (f"impactc:{held}", "ind:1", "indnew:1"):
        await dara.forge(forged)
    golden(stage, "return_on_class")


async def test_lots__seats_held_back_and_drawn__everybody_is_told(
    stage: Stage, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "secrets", SimpleNamespace(token_hex=lambda size: "00ff" * size))
    with stage.database.transaction() as session:
        read_english(session)
        session.add(Course(code="VAL", title="Customs Valuation", needs_approval=False))
    held = school.hold(stage, seats=2)
    unit, dara, rith = [await stage.join(who) for who in ("unit", "dara", "rith")]
    await unit.forge(f"classseats:{held}")
    await unit.press("Lots")
    stale = unit.data_of("Hold the free seats back")
    await unit.forge(f"lotsdraw:{held}")
    await unit.press("Hold the free seats back")
    await unit.press_stale("Hold the free seats back", stale)
    await school.request(stage, held, "dara", "bopha", "rith", "maly")
    await unit.forge(f"lots:{held}")
    await unit.press("Draw lots")
    await unit.type("4")
    await stage.restart()
    await unit.press("Submit")
    await unit.press("1")
    await unit.type("2")
    await unit.press("Submit")
    await unit.press("The draw of lots")
    await unit.press("The draw, compared")
    await unit.forge(f"lotshold:{held}")
    await dara.press("Why?")
    await rith.forge(f"lots:{held}")
    golden(stage, "lots_drawn")
