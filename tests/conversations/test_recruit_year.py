"""A basic course for recruits, from the level check to the follow-up nine months after it.

Five trainees read three languages. One is on leave when they are asked, one supervisor moves
away, one blocks the bot.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from bot.forms import service
from bot.training import attendance, closing
from tests.conversations import recruits, school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage
from tests.conversations.test_broadcasts import unmoved
from tests.conversations.test_unit_files import HEADINGS, workbook

Golden = Callable[[Stage, str], None]
HOUR_UTC = 2


def at(year: int, month: int, day: int, hour: int = HOUR_UTC) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each draft is begun with the same seed, and no other draft's number is met by chance."""
    dice = random.Random(7)
    monkeypatch.setattr(service, "secrets", SimpleNamespace(randbelow=dice.randrange))


async def quiet_until(stage: Stage, moment: dt.datetime, words: str) -> None:
    """Days on which nothing of the evaluation happens."""
    await stage.off_record(stage.move_to(moment))
    stage.write(f"-- {words} --")


async def summed_up(stage: Stage, actor: Actor, words: str) -> None:
    """All questions off the record, handed in on it."""
    label = ""

    async def answer() -> None:
        nonlocal label
        label = await recruits.answer_to_the_end(actor)

    await stage.off_record(answer())
    stage.write(f"-- {words} --")
    await actor.press(label)


class Year:
    """The people of the story, and how far it has come."""

    def __init__(self, stage: Stage, held: int, people: dict[str, Actor]) -> None:
        self.stage, self.held = stage, held
        self.unit, self.trainer = people["unit"], people["trainer"]
        self.sokha, self.rith = people["sokha"], people["rith"]
        self.trainees = [people[who] for who in recruits.RECRUITS]
        self.dara, self.bopha, self.bilal, self.maly, self.ayesha = self.trainees

    async def before_and_in_class(self) -> None:
        """The level check, the test on the first day, and the one on the last."""
        stage, dara = self.stage, self.dara
        await quiet_until(stage, at(2026, 3, 16, 1), "A week before the class: the level check")
        await stage.move(hours=2)
        await dara.press("Answer now")
        await dara.press("Begin")
        await recruits.answer_rest(dara)
        await recruits.answer_all(stage, *self.trainees)
        await quiet_until(stage, at(2026, 3, 23, 1), "The first day: the test before the class")
        await stage.move(hours=2)
        await recruits.answer_all(stage, *self.trainees)
        await quiet_until(stage, at(2026, 4, 24, 4), "The last day: the test after the class")
        await stage.move(hours=2)
        await dara.press("Answer now")
        await dara.press("Begin")
        await dara.press("Customs")
        await dara.press("The declaration")
        await dara.type("5")
        await dara.press("Submit")
        await recruits.answer_all(stage, *self.trainees)

    async def end(self) -> None:
        """What everybody thought of it; then the class is closed."""
        stage = self.stage
        await stage.move(hours=4)
        await recruits.answer_all(stage, self.trainer, *self.trainees)
        with stage.database.transaction() as session:
            unit = school.acting(stage, session, "unit")
            attendance.note_always_present(unit, self.held)
            closing.close(unit, self.held)
        await stage.off_record(stage.settle())

    async def weeks_after(self) -> None:
        """To recall, to engage, to reflect: the last of them while Maly is on leave."""
        stage, bopha = self.stage, self.bopha
        await quiet_until(stage, at(2026, 4, 27, 1), "Three days after: to recall")
        await stage.move(hours=2)
        await bopha.press(bopha.phone.buttons[0])
        await bopha.press(bopha.phone.buttons[0])
        await recruits.answer_rest(bopha)
        await recruits.answer_all(stage, *self.trainees)
        await quiet_until(stage, at(2026, 5, 4, 1), "Ten days after: to engage")
        await stage.move(hours=2)
        await recruits.answer_all(stage, *self.trainees)
        recruits.away(stage, "maly", dt.date(2026, 5, 31))
        await quiet_until(stage, at(2026, 5, 15, 1), "Three weeks after: to reflect; Maly is away")
        await stage.move(hours=2)
        await recruits.answer_all(stage, self.dara, self.bopha, self.bilal, self.ayesha)

    async def month_after(self) -> None:
        """Both sides are asked; Sokha answers in a row, Maly is asked when she is back."""
        stage, sokha = self.stage, self.sokha
        await quiet_until(stage, at(2026, 5, 24, 1), "One month after: both sides are asked")
        await stage.move(hours=2)
        await sokha.press("Answer one after another")
        await sokha.press("Begin")
        await stage.restart()
        await summed_up(stage, sokha, "Sokha answers about the first of three")
        others = (self.dara, self.bopha, self.bilal, self.ayesha)
        await recruits.answer_all(stage, sokha, self.rith, *others)
        await quiet_until(stage, at(2026, 6, 1, 1), "Maly is back")
        await stage.move(hours=2)
        await recruits.answer_all(stage, self.maly)

    async def changes(self) -> None:
        """Sokha moves away, Rith blocks the bot."""
        stage, unit = self.stage, self.unit
        await quiet_until(stage, at(2026, 8, 31, 3), "Sokha moves away; Vanna leads the team now")
        moved = recruits.roster(dara="trainer", bopha="trainer", maly="trainer")
        await unit.send_file("roster.xlsx", workbook(HEADINGS, *moved))
        await unit.press("People")
        await unit.press("Take it")
        await quiet_until(stage, at(2027, 1, 10, 3), "Rith blocks the bot")
        self.rith.phone.block()
        await stage.settle()

    async def nine_months_after(self) -> None:
        """Who leads them now is asked about performance and discipline; Dara reads and replies."""
        stage, dara, vanna = self.stage, self.dara, self.trainer
        await quiet_until(stage, at(2027, 1, 24, 1), "Nine months after, on a Sunday")
        await stage.move(hours=2)
        await vanna.press("Answer one after another")
        await vanna.press("Begin")
        await summed_up(stage, vanna, "Vanna answers about the first of three")
        await dara.press("Read it")
        await dara.press("Reply")
        await dara.type("Thank you. I should like to learn more about valuation.")
        await dara.press("Submit")
        await recruits.answer_all(stage, vanna)

    async def results(self) -> None:
        """The unit reads what came of it, and whom it could not ask."""
        stage, unit = self.stage, self.unit
        await quiet_until(stage, at(2027, 2, 15, 3), "It has closed")
        await unit.forge(f"evwhen:{self.held}", "What is asked about this class")
        await unit.forge(f"fuc:{self.held}", "Follow-ups")
        await unit.press("Officer by officer")
        await unit.forge(f"outcome:class:{self.held}", "Results of the class")


async def test_recruits__a_year_of_evaluation__each_is_asked_on_the_right_day(
    stage: Stage, golden: Golden
) -> None:
    held = recruits.found(stage)
    everybody = ("unit", "trainer", "sokha", "rith", *recruits.RECRUITS)
    year = Year(stage, held, {who: await stage.join(who) for who in everybody})
    await year.before_and_in_class()
    await year.end()
    await year.weeks_after()
    await year.month_after()
    await year.changes()
    await year.nine_months_after()
    await year.results()
    unmoved(stage)
    golden(stage, "recruit_year")
