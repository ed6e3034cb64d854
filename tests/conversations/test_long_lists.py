"""More than a message holds: every item of a list can be reached, every word can be read."""

from __future__ import annotations

import datetime as dt

from bot.models.on_the_job import BookState, TaskBook, TaskBookIssue
from bot.models.people import Question, QuestionState
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

LONG = "How is this to be valued? " * 70


def ask(stage: Stage, who: str, count: int, state: QuestionState, words: str = "") -> None:
    with stage.database.transaction() as session:
        for number in range(count):
            session.add(
                Question(
                    person_id=stage.ids[who],
                    text=f"Question number {number}. {words}",
                    asked_at=stage.clock.now() + dt.timedelta(seconds=number),
                    state=state,
                )
            )


async def turned(actor: Actor) -> list[dict[str, object]]:
    """Every page from the one that is open on, as it is shown."""
    pages = [actor.phone.last]
    while "›" in actor.phone.buttons:
        await actor.press("›")
        pages.append(actor.phone.last)
    return pages


async def test_questions__twenty_waiting__are_three_pages_to_turn(stage: Stage) -> None:
    unit = await stage.join("unit")
    ask(stage, "dara", 20, QuestionState.OPEN)
    await unit.forge("questions")
    pages = await turned(unit)
    labels = [button["text"] for page in pages for row in page["rows"] for button in row]
    assert [sum(f"number {at}." in label for label in labels) for at in range(20)] == [1] * 20
    assert len(pages) == 3
    await unit.press("‹")
    assert "2/3" in unit.phone.buttons


def hand_in(stage: Stage, who: str, count: int) -> None:
    """So many task books of one task, which wait for the review."""
    with stage.database.transaction() as session:
        for number in range(count):
            book = TaskBook(code=f"B{number}", title=f"Book number {number}.")
            session.add(book)
            session.flush()
            at = stage.clock.now() + dt.timedelta(seconds=number)
            session.add(
                TaskBookIssue(
                    book_id=book.id,
                    person_id=stage.ids[who],
                    joined_at=at,
                    issued_at=at,
                    state=BookState.SUBMITTED,
                    submitted_at=at,
                )
            )


async def test_task_books__seventeen_to_review__are_three_pages_to_turn(stage: Stage) -> None:
    unit = await stage.join("unit")
    hand_in(stage, "dara", 17)
    await unit.forge("bkr")
    pages = await turned(unit)
    labels = [button["text"] for page in pages for row in page["rows"] for button in row]
    assert [sum(f"number {at}." in label for label in labels) for at in range(17)] == [1] * 17
    assert len(pages) == 3
    await unit.press("Sok Dara: Book number 16.")
    await unit.press("Accept")
    assert "1/2" in unit.phone.buttons


async def test_requests_of_pages__that_are_gone__show_the_last_there_is(stage: Stage) -> None:
    unit = await stage.join("unit")
    ask(stage, "dara", 9, QuestionState.OPEN)
    await unit.forge("questions:77")
    assert "2/2" in unit.phone.buttons


async def test_mydata__of_many_long_questions__is_read_to_the_end(stage: Stage) -> None:
    dara = await stage.join("dara")
    ask(stage, "dara", 7, QuestionState.CLOSED, LONG)
    await dara.say("/mydata")
    await dara.press("Questions to the training unit")
    pages = await turned(dara)
    said = "\n".join(str(page["text"]) for page in pages)
    assert [said.count(f"Question number {at}.") for at in range(7)] == [1] * 7
    assert said.count("valued?") == 7 * 70
    assert "…" not in said
    assert len(pages) > 3
