"""Words that may have been meant for another question than the open one answer nothing."""

from __future__ import annotations

from typing import Any

from sqlmodel import select

from bot.forms import versions
from bot.models.forms import Draft
from bot.sandbox.faults import Fault
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def trying(stage: Stage) -> Actor:
    """Somebody at the first of three ratings, each put in place of the one before."""
    with stage.database.transaction(readonly=True) as session:
        version = versions.current_version(stage.ctx(session), "reaction_trainer")
    unit = await stage.join("unit")
    await unit.forge(f"try:{version}")
    stage.clock.advance(seconds=2)
    return unit


def stored(stage: Stage) -> dict[str, Any]:
    with stage.database.transaction(readonly=True) as session:
        answers: dict[str, Any] = session.exec(select(Draft)).one().state["answers"]
        return answers


def opened(stage: Stage) -> str:
    with stage.database.transaction(readonly=True) as session:
        name: str = session.exec(select(Draft)).one().state["open"]
        return name


async def test_reply__to_a_message_that_put_several_questions__answers_none(stage: Stage) -> None:
    unit = await trying(stage)
    await unit.press("3")
    stage.clock.advance(seconds=2)
    await unit.say("5", reply_to=unit.phone.last["id"])
    assert stored(stage) == {"attitude": "3"}
    assert "It is not clear which question you replied to." in unit.phone.last["text"]
    stage.clock.advance(seconds=2)
    await unit.say("5", reply_to=unit.phone.last["id"])
    assert stored(stage) == {"attitude": "3", "positivity": "5"}


async def test_reply__to_a_message_that_put_one_question__answers_that_one(stage: Stage) -> None:
    unit = await trying(stage)
    await unit.say("3")
    first = unit.phone.last["id"]
    stage.clock.advance(seconds=2)
    await unit.say("5")
    stage.clock.advance(seconds=2)
    await unit.say("1", reply_to=first)
    assert stored(stage) == {"attitude": "3", "positivity": "1"}


async def test_reply__to_a_message_that_put_none__answers_none(stage: Stage) -> None:
    unit = await trying(stage)
    greeting = unit.phone.from_bot[0]["id"]
    await unit.say("3", reply_to=greeting)
    assert stored(stage) == {}


async def test_words__sent_before_an_edit_whose_answer_was_lost__answer_nothing(
    stage: Stage,
) -> None:
    unit = await trying(stage)
    await stage.stop_fetching()
    unit.phone.press("3")
    unit.phone.text("5")
    stage.server.faults.plan(Fault(method="editMessageText", cut=True))
    await stage.fetch_again()
    stage.expected_refusals.append(("editMessageText", NOT_MODIFIED))
    assert stored(stage) == {"attitude": "3"}
    assert "Your message was sent before this question" in unit.phone.last["text"]


async def test_press__given_again_after_its_question_was_opened_anew__does_not_count(
    stage: Stage,
) -> None:
    unit = await trying(stage)
    await stage.stop_fetching()
    unit.phone.press("3")
    late = await refused_once(stage)
    unit.phone.press("4")
    await stage.fetch_again()
    await unit.press("« Back")
    await stage.rollcall.front.take(late)
    await stage.settle()
    assert stored(stage) == {"attitude": "4"}
    assert opened(stage) == "attitude"
    await unit.press("5")
    assert stored(stage) == {"attitude": "5"}


async def test_presses__several_given_again_after_it__none_counts(stage: Stage) -> None:
    unit = await trying(stage)
    await stage.stop_fetching()
    late = []
    for _time in range(3):
        unit.phone.press("3")
        late.append(await refused_once(stage))
    await stage.fetch_again()
    await unit.press("4")
    await unit.press("« Back")
    for press in late:
        await stage.rollcall.front.take(press)
        await stage.settle()
    assert stored(stage) == {"attitude": "4"}
    assert opened(stage) == "attitude"


async def test_press__numbered_anew_after_a_week_without_updates__counts(stage: Stage) -> None:
    unit = await trying(stage)
    await stage.stop_fetching()
    unit.phone.press("3")
    numbered_anew = await refused_once(stage)
    await stage.fetch_again()
    await unit.press("4")
    await unit.press("« Back")
    stage.clock.advance(days=8)
    stage.expected_refusals.append(("answerCallbackQuery", TOO_OLD))
    await stage.rollcall.front.take(numbered_anew)
    await stage.settle()
    assert stored(stage) == {"attitude": "3"}
    assert opened(stage) == "positivity"


async def test_words__given_again_after_their_question_was_opened_anew__do_not_count(
    stage: Stage,
) -> None:
    unit = await trying(stage)
    await stage.stop_fetching()
    unit.phone.text("3")
    late = await refused_once(stage)
    unit.phone.text("4")
    await stage.fetch_again()
    stage.clock.advance(seconds=2)
    await unit.press("« Back")
    late["message"]["date"] = int(stage.clock.now().timestamp()) + 1
    await stage.rollcall.front.take(late)
    await stage.settle()
    assert stored(stage) == {"attitude": "4"}
    assert "Your message was sent before this question" in unit.phone.last["text"]


async def refused_once(stage: Stage) -> dict[str, Any]:
    """An update that was fetched, and that the process did not live to deal with."""
    (late,) = await stage.server.world.updates.fetch(0, 100, 0, None)
    stage.server.world.updates.clear()
    return dict(late)
