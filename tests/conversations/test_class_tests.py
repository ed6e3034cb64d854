"""Tests of a class: the unit sets them, the trainer opens them in the room, trainees take them."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import select

from bot.evaluation import course_forms
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.evaluation.tests import assembling, room
from bot.forms import service
from bot.models.training import Course
from tests.cast import hold_class
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage
from tests.integration.evaluation.exam import publish

Golden = Callable[[Stage, str], None]
ENDS_ON = dt.date(2026, 3, 2)
GIFT = """// Exported from Moodle
$CATEGORY: $course$/top/Tariff

::Duty::What is the duty on rice? {=5 %#Chapter 10. ~0 % ~10 %}

::Papers::Which papers are needed? {~%50%Invoice ~%50%Origin ~%-100%Ticket####Article 12.}

::Weight::How heavy is a sack, in kg? {#50:0.5}

$CATEGORY: $course$/top/Law

::Year::The Customs Law is of 2007. {T}

::Maker::Who makes it? {=Parliament}
"""
FAULTY = GIFT + "\n::Pairs::Match them. {=a -> b =c -> d}\n\nWrite about it. {}\n"


@pytest.fixture(autouse=True)
def dice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts, draws and codes can be foretold."""
    rolled = SimpleNamespace(randbelow=random.Random(7).randrange)
    for module in (service, assembling, room):
        monkeypatch.setattr(module, "secrets", rolled)


@pytest.fixture
def held(stage: Stage) -> int:
    """A class on its last day, of a course with a test that waits to be set."""
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        publish(ctx, show_result="end", time_limit="30")
        return hold_class(ctx, stage.ids, ENDS_ON)


def set_both(stage: Stage, **rules: Any) -> None:
    """The course has a test before and one after the class."""
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        course = session.exec(select(Course.id)).one()
        course_forms.set_form(ctx, course, PRE_TEST, "rice", needs_code=True)
        course_forms.set_form(ctx, course, POST_TEST, "rice", **rules)


async def test_unit__sends_gift__fills_the_bank_and_makes_a_test(
    stage: Stage, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.forge("bank")
    await unit.send_file("bank.txt", FAULTY.encode())
    await unit.press("Questions for tests (table or GIFT)")
    await unit.send_file("bank.gift", GIFT.encode())
    await unit.press("Questions for tests (table or GIFT)")
    await unit.press("Take it")
    await unit.forge("bank")
    await unit.press("Tariff (3)")
    await unit.press("Which papers are needed?")
    behind = unit.data_of("Lay it aside")
    await unit.press("Lay it aside")
    await unit.press_stale("Lay it aside", behind)
    await unit.press("Take it into use")
    await unit.press("« Tariff")
    await unit.press("« Questions for tests")
    await stage.restart()
    await unit.press("Make a test of them")
    await unit.type("Tariff and law", "1:9 2:2")
    for _question in range(4):
        await unit.press("Skip")
    await unit.press("Submit")
    await unit.press("2")
    await unit.type("1:1 2:2")
    await unit.press("Submit")
    await dara.forge("bank")
    await dara.forge("bankq:1")
    golden(stage, "question_bank")


async def test_unit__sets_the_tests_of_a_course__and_takes_one_away(
    stage: Stage, held: int, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.say("/catalogue")
    await unit.press("VAL Customs Valuation")
    await unit.press("Tests")
    await unit.press("Set: Test after the class")
    await unit.type("rice")
    await unit.press("Rice")
    await unit.type("2", "75")
    await stage.restart()
    await unit.press("Yes")
    await unit.press("Submit")
    await unit.forge("ctests:1")
    await unit.press("Set: Test before the class")
    await unit.type("rice")
    await unit.press("Rice")
    await unit.type("1000")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Skip")
    await unit.press("Submit")
    await unit.forge("ctests:1")
    behind = unit.data_of("Take away: Test before the class")
    await unit.press("Take away: Test before the class")
    await unit.press_stale("Take away: Test before the class", behind)
    await dara.forge("ctestset:1:post_test")
    await unit.forge("ctestset:1:reaction_trainee")
    golden(stage, "course_tests")


async def try_twice(dara: Actor, held: int) -> None:
    await dara.say("/tasks")
    await dara.press("Test after the class")
    await dara.press("Begin")
    await dara.press("5 %")
    await dara.type("11", "no idea")
    await dara.press("Submit")
    await dara.forge(f"c:{held}")
    await dara.press("My tests")
    await dara.press("Try again")
    await dara.press("Begin")
    await dara.press("5 %")
    await dara.type("10", "no idea")
    late = dara.data_of("Submit")
    await dara.press("Submit")
    await dara.press_stale("Submit", late)


async def test_class__tested_in_the_room__code_attempts_and_report(
    stage: Stage, held: int, golden: Golden
) -> None:
    set_both(stage, attempts=2, pass_mark=75)
    trainer, dara, maly = [await stage.join(who) for who in ("trainer", "dara", "maly")]
    await trainer.say("/teaching")
    await trainer.press(f"myclass:{held}")
    await trainer.press("Tests")
    await trainer.press("Test before the class")
    behind = trainer.data_of("10 minutes")
    await trainer.press("10 minutes")
    await trainer.press_stale("10 minutes", behind)
    shown = re.search(r"\d{3} \d{3}", trainer.phone.last["text"])
    assert shown is not None
    code = shown[0].replace(" ", "")
    await dara.press("To the test")
    await dara.type("123456", shown[0])
    await dara.press("0 %")
    await stage.restart()
    await dara.type("10")
    await dara.press("Skip")
    await dara.press("Submit")
    await maly.say(code)
    await trainer.press("End it now")
    await maly.press("Begin")
    await trainer.press("« Tests")
    await trainer.press("Test after the class")
    await trainer.press("Give it out now")
    await try_twice(dara, held)
    await dara.forge(f"mytests:{held}")
    await trainer.forge(f"tests:{held}")
    await trainer.press("Make the report on the tests")
    await trainer.forge(f"tests:{held}")
    await trainer.press("Enter the results as marks")
    await dara.forge(f"testopen:{held}:post_test")
    golden(stage, "class_tested")
