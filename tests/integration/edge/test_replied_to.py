"""A typed answer belongs to the question it replies to, if it can be told which one that is."""

from __future__ import annotations

from tests.conversations.stage import Stage
from tests.integration.edge.test_troubles import drafts, in_a_questionnaire


async def test_reply__to_a_message_that_put_two_questions__answers_neither_and_says_so(stage: Stage) -> None:
    dara = await in_a_questionnaire(stage)
    await dara.press("4")
    second = dara.phone.last["id"]
    assert dara.phone.last["text"].startswith("Question 2 of 10")
    await dara.type("5")
    assert dara.phone.last["text"].startswith("Question 3 of 10")
    (before,) = drafts(stage)
    stage.clock.advance(seconds=2)
    await dara.say("3", reply_to=second)
    (after,) = drafts(stage)
    assert after == before
    assert "not clear which question" in dara.phone.last["text"] + "".join(dara.phone.toasts)
