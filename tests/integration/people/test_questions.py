"""Questions to the unit: asked, claimed, answered, closed, and who hears of it."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.people import questions
from bot.people.editing import Leaving, deactivate
from bot.people.questions import QuestionState
from tests.integration.people.conftest import House


@pytest.fixture
def staffed(house: House) -> House:
    house.add_unit_member("trainer")
    house.link("dara")
    return house


def _ask(house: House, key: str = "dara", text: str = "When is the HS class?") -> int:
    return questions.ask(house.acting(key), text).id


def test_ask__by_an_officer__tells_every_member_of_the_unit(staffed: House) -> None:
    number = _ask(staffed)
    told = {(to, params["question"]) for to, _account, params in staffed.told("question_asked")}
    assert told == {(staffed.ids["unit"], number), (staffed.ids["trainer"], number)}


def test_ask__outside_a_members_scope__is_not_told_to_them(house: House) -> None:
    house.add_unit_member("trainer", scope=house.far_office())
    number = _ask(house)
    assert [to for to, _account, _params in house.told("question_asked")] == [house.ids["unit"]]
    assert questions.waiting(house.acting("trainer")) == []
    with pytest.raises(Refusal):
        questions.claim(house.acting("trainer"), number)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
def test_ask__nothing_or_too_much__is_refused(staffed: House, text: str) -> None:
    with pytest.raises(Refusal):
        _ask(staffed, text=text)


def test_ask__five_are_waiting__is_refused_until_one_is_answered(staffed: House) -> None:
    numbers = [_ask(staffed) for _time in range(5)]
    with pytest.raises(Refusal):
        _ask(staffed)
    questions.answer(staffed.acting("unit"), numbers[0], "In May.")
    _ask(staffed)


def test_claim__by_two__the_first_has_it(staffed: House) -> None:
    number = _ask(staffed)
    first = questions.claim(staffed.acting("unit"), number)
    second = questions.claim(staffed.acting("trainer"), number)
    assert first.claimed_by is not None
    assert second.claimed_by == first.claimed_by
    with pytest.raises(Refusal):
        questions.answer(staffed.acting("trainer"), number, "In June.")
    assert len(staffed.noted("question.claimed")) == 1


def test_release__by_who_has_it__lets_a_colleague_answer(staffed: House) -> None:
    number = _ask(staffed)
    questions.claim(staffed.acting("unit"), number)
    with pytest.raises(Refusal):
        questions.release(staffed.acting("trainer"), number)
    questions.release(staffed.acting("unit"), number)
    assert questions.answer(staffed.acting("trainer"), number, "In May.").answer == "In May."


def test_answer__given__is_told_to_who_asked_and_counts_once(staffed: House) -> None:
    number = _ask(staffed)
    questions.answer(staffed.acting("unit"), number, " In May. ")
    assert staffed.told("question_answered") == [(staffed.ids["dara"], None, {"question": number})]
    with pytest.raises(Refusal):
        questions.answer(staffed.acting("unit"), number, "In June.")
    assert questions.get(staffed.acting("dara"), number).answer == "In May."


def test_answer__ones_own_question__needs_a_colleague(staffed: House) -> None:
    number = _ask(staffed, "unit")
    assert questions.waiting(staffed.acting("unit")) == []
    with pytest.raises(Refusal):
        questions.answer(staffed.acting("unit"), number, "Yes.")
    questions.answer(staffed.acting("trainer"), number, "Yes.")


@pytest.mark.parametrize("key", ["bopha", "sokha", "director"])
def test_everything__by_anybody_else__is_refused(staffed: House, key: str) -> None:
    number, ctx = _ask(staffed), staffed.acting(key)
    for act in (questions.get, questions.claim, questions.release, questions.close):
        with pytest.raises(Refusal):
            act(ctx, number)
    with pytest.raises(Refusal):
        questions.answer(ctx, number, "No idea.")
    assert questions.waiting(ctx) == []


def test_close__by_who_asked__tells_nobody(staffed: House) -> None:
    number = _ask(staffed)
    assert questions.close(staffed.acting("dara"), number).state is QuestionState.CLOSED
    assert staffed.told("question_closed") == []
    assert questions.mine(staffed.acting("dara")) == []


def test_close__by_the_unit_without_an_answer__is_told(staffed: House) -> None:
    number = _ask(staffed)
    questions.close(staffed.acting("unit"), number)
    assert [to for to, _account, _params in staffed.told("question_closed")] == [
        staffed.ids["dara"]
    ]


def test_leaver__had_taken_a_question__gives_it_back(staffed: House) -> None:
    number = _ask(staffed)
    questions.claim(staffed.acting("trainer"), number)
    deactivate(staffed.acting("unit"), staffed.ids["trainer"], Leaving.RESIGNED)
    [card] = questions.waiting(staffed.acting("unit"))
    assert (card.id, card.claimed_by) == (number, None)


def test_count_waiting__of_each_reader__is_as_long_as_the_list(staffed: House) -> None:
    for key in ("dara", "rith", "unit"):
        _ask(staffed, key)
    for key in ("unit", "trainer", "dara", "sokha"):
        ctx = staffed.acting(key)
        assert questions.count_waiting(ctx) == len(questions.waiting(ctx))
    assert questions.count_waiting(staffed.acting("unit")) == 2
