"""The oracle of the kills finds what is lost, doubled, mixed or wrong; fed here by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bot.context import Ctx
from bot.models.chats import Chat
from bot.models.forms import Draft, FormVersion, Response
from bot.models.inbound import SeenUpdate, SetAside
from bot.models.people import Person, Question, Unit
from bot.sandbox.records import Phone
from bot.sandbox.world import World
from scripts.killing import asked, oracle
from scripts.killing.journal import SUMMARY, Filling, Journal
from scripts.killing.officer import Officer
from scripts.killing.screen import Shown

DRAFT, PERSON, ACCOUNT = 7, 1, 500_000_001
GIVEN = {
    "overall": "4",
    "where": "home",
    "most_useful": "word-1-1-end",
    "topics": "origin risk",
    "days": "12",
    "material": "2",
    "to_improve": "word-1-2-end",
    "again": "post",
}
STORED: dict[str, Any] = {**GIVEN, "topics": ["origin", "risk"], "days": 12}


@pytest.fixture
def officer(ctx: Ctx, tmp_path: Any) -> Officer:
    """Somebody who has filled in one questionnaire and has been thanked for it."""
    ctx.session.add(Unit(id=1, name="Port", path="Port"))
    ctx.session.flush()
    ctx.session.add(Person(id=PERSON, staff_no="K-1", full_name="Officer", unit_id=1))
    ctx.session.add(
        FormVersion(
            id=1, form=asked.NAMED, version=1, structure="", digest="", definition={},
            made_at=ctx.now(),
        )
    )  # fmt: skip
    ctx.session.flush()
    world = World(tmp_path / "telegram", "1:x", ctx.clock)
    person = Officer(world, Phone(ACCOUNT, "", "", "en"), PERSON, seed=1, pace=0.1)
    filling = person.journal.filling(DRAFT)
    for name, value in GIVEN.items():
        filling.answer(name, asked.BY_NAME[name].place).give(value)
    filling.wants_submit = True
    person.journal.submitted()
    world.close()
    return person


def test_stored__as_it_was_given__no_fault(ctx: Ctx, officer: Officer) -> None:
    _store(ctx, STORED)
    assert oracle.stored(ctx.session, [officer]) == []


def test_stored__not_at_all__lost(ctx: Ctx, officer: Officer) -> None:
    assert oracle.stored(ctx.session, [officer]) == ["person 1, draft 7: stored 0 times"]


def test_stored__twice__doubled(ctx: Ctx, officer: Officer) -> None:
    _store(ctx, STORED)
    _store(ctx, STORED)
    assert oracle.stored(ctx.session, [officer]) == ["person 1, draft 7: stored 2 times"]


@pytest.mark.parametrize("name", ["overall", "topics", "days"])
def test_stored__another_value__named(ctx: Ctx, officer: Officer, name: str) -> None:
    _store(ctx, {**STORED, name: {"overall": "5", "topics": ["origin"], "days": 13}[name]})
    (fault,) = oracle.stored(ctx.session, [officer])
    assert name in fault


def test_stored__words_of_two_forms__mixed(ctx: Ctx, officer: Officer) -> None:
    other = officer.journal.filling(DRAFT + 1)
    other.answer("to_improve", 7).give("word-1-9-end")
    other.dropped = True
    _store(ctx, {**STORED, "to_improve": "word-1-9-end"})
    assert "mixed" in oracle.stored(ctx.session, [officer])[0]


def test_stored__under_another_name__found(ctx: Ctx, officer: Officer) -> None:
    ctx.session.add(Person(id=2, staff_no="K-2", full_name="Other", unit_id=1))
    ctx.session.flush()
    _store(ctx, STORED, person=2)
    assert oracle.stored(ctx.session, [officer]) == ["person 1's answers stand under 2"]


def test_stored__form_left_half_way__found(ctx: Ctx, officer: Officer) -> None:
    _store(ctx, STORED)
    officer.journal.filling(DRAFT + 1).answer("overall", 0).give("1")
    (fault,) = oracle.stored(ctx.session, [officer])
    assert "never ended" in fault


def test_question__sent_once_and_kept_twice__found(ctx: Ctx, officer: Officer) -> None:
    _store(ctx, STORED)
    filling = officer.journal.filling(DRAFT + 1)
    filling.answer("question", 0).give("ask-1-3-end")
    filling.wants_submit = True
    officer.journal.submitted()
    assert oracle.stored(ctx.session, [officer]) == ["person 1: question 'ask-1-3-end' is lost"]
    for _time in range(2):
        ctx.session.add(Question(person_id=PERSON, text="ask-1-3-end", asked_at=ctx.now()))
    ctx.session.flush()
    assert oracle.stored(ctx.session, [officer]) == ["question 'ask-1-3-end' stands 2 times"]


def test_standing__phone_asks_another_question__found(ctx: Ctx, officer: Officer) -> None:
    text = asked.BY_NAME["overall"].label
    officer.screen = Shown(3, text, (("Stop", f"f:{DRAFT}:stop~1"),))
    ctx.session.add(
        Draft(
            id=DRAFT, user_id=ACCOUNT, version_id=1, state={"open": "where"},
            begun_at=ctx.now(), touched_at=ctx.now(),
        )
    )  # fmt: skip
    chat = Chat(user_id=ACCOUNT, revision=1, shown_revision=1, message_id=3, draft_id=DRAFT)
    chat.screen, chat.asks = {"text": text}, f"q:{DRAFT}:overall"
    ctx.session.add(chat)
    ctx.session.flush()
    assert len(oracle.standing(ctx.session, [officer])) == 2
    ctx.session.get_one(Draft, DRAFT).state = {"open": "overall"}
    assert oracle.standing(ctx.session, [officer]) == []
    chat.revision = 2
    (fault,) = oracle.standing(ctx.session, [officer])
    assert "never shown" in fault


def test_journal__later_question_shown__acknowledges() -> None:
    answer = Filling(DRAFT, PERSON).answer("where", 1)
    answer.give("home")
    assert answer.may_be == {"home"}
    assert answer.acknowledged is None
    journal = Journal(PERSON)
    filling = journal.filling(DRAFT)
    filling.answers["where"] = answer
    filling.shown(2)
    assert answer.acknowledged == "home"


def test_journal__earlier_question_shown__leaves_it_open_which_value_stands() -> None:
    filling = Filling(DRAFT, PERSON)
    answer = filling.answer("where", 1)
    answer.give("home")
    filling.shown(SUMMARY)
    answer.give("post")
    filling.shown(0)
    assert answer.may_be == {"home", "post"}
    answer.give("centre")
    filling.shown(2)
    assert answer.may_be == {"centre"}


@pytest.mark.parametrize(
    ("given", "shown", "may_be"),
    [
        ("post", "post", {"post"}),
        ("post", "home", {"home", "post"}),
        (None, "home", {"home"}),
        (None, "centre", {"home"}),
    ],
)
def test_journal__summary__says_which_value_stands(
    given: str | None, shown: str, may_be: set[str]
) -> None:
    filling = Filling(DRAFT, PERSON)
    answer = filling.answer("where", 1)
    answer.give("home")
    filling.shown(2)
    if given is not None:
        answer.give(given)
    filling.shown(SUMMARY, {"where": shown})
    assert answer.may_be == may_be


def test_summary__as_the_product_shows_it__is_read() -> None:
    lines = [
        "1. How good was it overall?: 4",
        "2. Where have you tried it out?: Other unit",
        "3. What was most useful to you?: word-1-1-end",
        "4. Which topics do you still need?: Valuation and Risk",
        "5. How many days did it take you?: 12",
    ]
    assert asked.summed("\n".join(lines)) == {
        "overall": "4",
        "where": "other_unit",
        "most_useful": "word-1-1-end",
        "topics": "valuation risk",
        "days": "12",
    }


def test_journal__press_said_to_have_changed_nothing__earlier_value_may_stand() -> None:
    answer = Filling(DRAFT, PERSON).answer("where", 1)
    for value in ("home", "post"):
        answer.give(value)
        answer.acknowledge()
    assert answer.may_be == {"post"}
    answer.deny()
    assert answer.may_be == {"home", "post"}


def test_journal__question_in_one_message__is_owed_once_it_is_listed() -> None:
    journal = Journal(PERSON)
    lost, taken = journal.asks_at_once(), journal.asks_at_once()
    journal.listed(f"{taken} (waiting)")
    first, second = journal.fillings
    assert (first.submitted, first.tokens) == (False, {lost})
    assert second.answers["question"].acknowledged == taken


def test_updates__confirmed_and_neither_seen_nor_set_aside__found(ctx: Ctx) -> None:
    ctx.session.add(SeenUpdate(bot_id=1, update_id=11, at=ctx.now()))
    ctx.session.add(SetAside(bot_id=1, update_id=12, at=ctx.now(), reason="bug"))
    ctx.session.flush()
    assert oracle.dealt_with(ctx.session, {11, 12}) == []
    assert len(oracle.dealt_with(ctx.session, {11, 12, 13})) == 1


def _store(ctx: Ctx, answers: dict[str, Any], person: int = PERSON) -> None:
    ctx.session.add(
        Response(version_id=1, person_id=person, answers=answers, submitted_at=ctx.now())
    )
    ctx.session.flush()
