"""Check sheets in the chat: planned by the unit, filled in round after round, then evaluated."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import select

from bot.models.evaluation import Assignment
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
SHEET = "OJT check sheet: clearance"
ITEMS = 16
NEXT = {"bopha": "បន្ទាប់", "bilal": "آگے"}


async def add_sheet(unit: Actor) -> None:
    await unit.press("New check sheet")
    await unit.press(SHEET)
    await unit.type("Poipet")
    await unit.press("Mekong/Poipet")
    await unit.press("Officer after the second year")
    await unit.press("Submit")


async def plan(unit: Actor, days: str = "5") -> None:
    await unit.press("Plan a year of rounds")
    await unit.type("2026-03-03", "3", "1", days)
    await unit.press("Submit")


async def rate(actor: Actor, levels: str) -> None:
    """Give the items these levels, the last of them to all that are left."""
    await actor.press("Next")
    for place in range(ITEMS):
        await actor.press(levels[min(place, len(levels) - 1)])
    await actor.press("Submit")


async def set_up(unit: Actor) -> None:
    """A sheet, which cannot be added twice, and its rounds."""
    await unit.forge("ojt")
    await unit.press("Check sheets")
    await add_sheet(unit)
    await unit.forge("sheetnew")
    await unit.press(SHEET)
    await unit.type("Poipet")
    await unit.press("Mekong/Poipet")
    await unit.press("Officer after the second year")
    await unit.press("Submit")
    await unit.forge("sheets")
    await unit.press("Poipet, officer after the second year")
    await plan(unit)


async def move_first_round(stage: Stage, unit: Actor) -> None:
    await unit.forge("sheet:1")
    await unit.press("Mar 3, 2026 to Mar 7, 2026")
    await unit.press("Change the days")
    await unit.press("Keep this answer")
    await unit.type("2026-03-09")
    await unit.press("✓ No")
    await stage.restart()
    await unit.press("Submit")


async def fill_in(stage: Stage, dara: Actor) -> None:
    await dara.press("Answer now")
    await dara.press("Begin")
    await dara.press("Next")
    stale = dara.data_of("2")
    await dara.press("3")
    await dara.press_stale("2", stale)
    await stage.restart()
    for level in "223366777222333":
        await dara.press(level)
    await dara.press("Submit")


async def take_out(unit: Actor) -> None:
    """Not the round that somebody has answered; the next one."""
    await unit.forge("crnd:1")
    stale = unit.data_of("Take it out")
    await unit.press("Take it out")
    await unit.forge("crnd:2")
    await unit.press_stale("Take it out", stale)
    await unit.press("Take it out")


async def judge(stage: Stage, sokha: Actor) -> None:
    """The supervisor's evaluation, and another career stage."""
    await sokha.press("Answer: Sok Dara")
    await sokha.press("Begin")
    await stage.off_record(rate(sokha, "35344467444"))
    await sokha.forge("chkt")
    await sokha.press("Sok Dara: 4.6, evaluated 3.9")
    await sokha.press("As a picture and a workbook")
    await sokha.press("Set the career stage")
    stale = sokha.data_of("Stop")
    await sokha.press("Newly assigned officer")
    await sokha.press_stale("Stop", stale)
    await stage.restart()
    await sokha.press("Submit")


async def test_check_sheet__planned_filled_in_and_evaluated(stage: Stage, golden: Golden) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    dara = await stage.join("dara")
    await set_up(unit)
    await dara.forge("sheets")
    await dara.forge("job")
    await dara.press("My check sheets")
    await move_first_round(stage, unit)
    await stage.move(days=1)
    await fill_in(stage, dara)
    await take_out(unit)
    await dara.forge("chk")
    await dara.press("As a picture and a workbook")
    await stage.off_record(_to_the_end(stage, dara))
    await stage.move(days=6)
    await judge(stage, sokha)
    await sokha.forge("chkp:4")
    await dara.forge("chkp:5")
    await dara.forge("chk")
    await unit.forge("sheet:1")
    await unit.press("Results")
    await unit.press("Retire")
    await unit.press("Bring back")
    await unit.forge("crnd:3")
    golden(stage, "check_sheet")


def _assignment(stage: Stage, key: str) -> int | None:
    with stage.database.transaction(readonly=True) as session:
        query = select(Assignment.id).where(Assignment.person_id == stage.ids[key])
        return session.exec(query).one()


async def _to_the_end(stage: Stage, dara: Actor) -> None:
    """Dara answers in the final round too."""
    await stage.move(days=61)
    await dara.press("Answer now")
    await dara.press("Begin")
    await rate(dara, "44444445")


async def test_check_sheets__in_khmer_and_urdu__are_read_as_they_are_written(
    stage: Stage, golden: Golden
) -> None:
    unit, bopha = await stage.join("unit"), await stage.join("bopha")
    bilal = await stage.join("bilal")
    await unit.forge("sheets")
    await stage.off_record(add_sheet(unit))
    await unit.forge("sheet:1")
    await stage.off_record(plan(unit))
    await stage.move(days=1)
    for actor, key in ((bopha, "bopha"), (bilal, "bilal")):
        about = _assignment(stage, key)
        await actor.forge(f"t:{about}")
        await actor.forge(f"tb:{about}")
        await actor.press(NEXT[key])
        await actor.press("4")
        await actor.forge("chk")
    golden(stage, "check_sheet_languages")
