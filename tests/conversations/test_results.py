"""Results that go by themselves, comments that are read first, and reports on everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.cast import TRAINEES, hold_class
from tests.conversations.answered import answer_reaction
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
REMARKS = (
    "The cases from our own port",
    "Too much theory for the night shift",
    "The exercises",
    "The visit to the scanner",
)
CODES = {"overall": (5, 4, 4, 3, 5), "trainer": (5, 5, 4, 5, 5), "venue": (2, 3, 2, 1, 3)}


async def closed_class(stage: Stage) -> None:
    """A class of six, of whom five have answered; its questionnaire has closed."""
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, dt.date(2026, 3, 2))
    await stage.off_record(stage.move(hours=9))
    answer_reaction(stage, TRAINEES[:5], CODES, REMARKS)


async def test_results__closed__go_by_themselves_and_comments_only_after_review(
    stage: Stage, golden: Golden
) -> None:
    trainer, unit = await stage.join("trainer"), await stage.join("unit")
    director = await stage.join("director")
    await closed_class(stage)
    await stage.move(days=8)

    await director.press("All levels, to be signed")
    await trainer.say("/scores")
    await trainer.press("What participants wrote")
    await trainer.press("« My results")
    await trainer.press("Make the report")
    await trainer.forge("comments")
    await trainer.forge("ownseen")

    await unit.forge("comments")
    await unit.press("VAL-1 Customs Valuation")
    stale = unit.data_of("Pass all 4 that wait on")
    await unit.press("Keep back")
    await unit.press_stale("Pass all 4 that wait on", stale)
    await stage.restart()
    await unit.forge("cmts:1:1")
    await unit.press("Pass on")
    await unit.press("Pass all 2 that wait on")
    await unit.forge("cmtset:1:000000000000:1")
    await trainer.press("What participants wrote")

    await director.say("/results")
    await director.press("By course")
    await director.press("Customs Valuation")
    await director.press("« Results")
    await director.press("By office")
    await director.press("Mekong/Poipet")
    await director.press("« Results")
    await director.press("By trainer")
    await director.press("« Results")
    await director.press("The last twelve months")
    dara = await stage.join("dara")
    await dara.forge("outcome:course:1")
    await dara.forge("outcome:class:1")
    golden(stage, "results_of_training")


async def test_trainer__observed_by_the_unit__reads_it_on_their_own_page(
    stage: Stage, golden: Golden
) -> None:
    trainer, unit = await stage.join("trainer"), await stage.join("unit")
    await closed_class(stage)
    await stage.off_record(stage.move(days=8))
    await unit.forge("trainers")
    await unit.press("Prak Vanna: not observed yet")
    await unit.press("Record an observation")
    await unit.press(unit.phone.buttons[0])
    await stage.restart()
    stale = unit.data_of("4")
    for rating in ("4", "5", "5", "4", "3", "4", "5"):
        await unit.press(rating)
    await unit.press_stale("4", stale)
    await unit.press("Skip")
    await unit.press("4")
    await unit.type("Kept everybody at work until the end.", "Fewer slides, one more case.")
    await unit.press("Submit")
    await trainer.press("How I was observed")
    await unit.forge("trainer:1")
    await trainer.forge("observe:1")
    golden(stage, "trainer_observed")


async def test_month__first_day__one_picture_for_the_director(
    stage: Stage, golden: Golden
) -> None:
    director = await stage.join("director")
    await closed_class(stage)
    await stage.off_record(stage.move(days=8))
    await stage.move_to(dt.datetime(2026, 4, 1, 2, 0, tzinfo=dt.UTC))
    await director.press("Results of training")
    await stage.move(days=1)
    golden(stage, "month_picture")
