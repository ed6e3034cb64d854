"""What an officer of the kills makes of a screen that arrives after a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.sandbox.records import Phone
from bot.sandbox.world import World
from scripts.killing import asked
from scripts.killing.journal import Answer
from scripts.killing.officer import Officer

DRAFT, PERSON, ACCOUNT = 7, 1, 500_000_001
BEFORE, TYPED = "word-1-9-end", "word-1-1-end"


@pytest.fixture
def officer(tmp_path: Path, clock: FixedClock) -> Iterator[Officer]:
    world = World(tmp_path / "telegram", "1:x", clock)
    yield Officer(world, Phone(ACCOUNT, "", "", "en"), PERSON, seed=1, pace=0.1)
    world.close()


def look(officer: Officer, question: str, revision: int) -> None:
    """A question arrives on the phone, as this screen of its chat."""
    button = {"text": "Stop", "data": f"f:{DRAFT}:stop~{revision}"}
    text = f"Question\n\n{asked.BY_NAME[question].label}"
    message = {"id": revision, "from": "bot", "text": text, "rows": [[button]]}
    officer.look({"type": "message", "message": message})


def answer_of(officer: Officer) -> Answer:
    return officer.journal.filling(DRAFT).answer("to_improve", asked.BY_NAME["to_improve"].place)


def test_look__a_later_question__acknowledges(officer: Officer) -> None:
    look(officer, "to_improve", 9)
    officer.decide()
    look(officer, "again", 10)
    assert answer_of(officer).may_be == {TYPED}


def test_look__an_overtaken_screen_of_a_later_question__acknowledges_nothing(
    officer: Officer,
) -> None:
    look(officer, "again", 9)
    look(officer, "to_improve", 10)
    officer.decide()
    look(officer, "again", 9)
    assert (answer_of(officer).given, answer_of(officer).acknowledged) == (TYPED, None)


def test_look__an_overtaken_screen_of_an_earlier_question__leaves_what_was_given(
    officer: Officer,
) -> None:
    look(officer, "to_improve", 10)
    officer.decide()
    look(officer, "days", 9)
    assert (answer_of(officer).given, answer_of(officer).doubtful) == (TYPED, set())


def test_decide__on_an_overtaken_screen__what_stood_before_may_stand(officer: Officer) -> None:
    look(officer, "to_improve", 9)
    answer_of(officer).give(BEFORE)
    look(officer, "again", 10)
    look(officer, "to_improve", 9)
    officer.decide()
    look(officer, "again", 11)
    assert answer_of(officer).may_be == {BEFORE, TYPED}


def test_decide__on_a_question_opened_anew__only_the_last_value_may_stand(
    officer: Officer,
) -> None:
    look(officer, "to_improve", 9)
    answer_of(officer).give(BEFORE)
    look(officer, "again", 10)
    look(officer, "to_improve", 11)
    officer.decide()
    look(officer, "again", 12)
    assert answer_of(officer).may_be == {TYPED}
