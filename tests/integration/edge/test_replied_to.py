"""A typed answer belongs to the question it replies to, also where that was edited in."""

from __future__ import annotations

from tests.conversations.stage import Stage
from tests.integration.edge.test_troubles import drafts, in_a_questionnaire


async def test_reply__to_a_question_that_was_edited_in__answers_that_one(stage: Stage) -> None:
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
    changed = {name for name in after if after[name] != before.get(name)}
    assert (len(after), changed) == (2, {list(before)[1]})
    assert after[list(before)[1]] == "3"
