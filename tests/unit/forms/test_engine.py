"""What asking means: skipping, required, constraints, typed words, choices, going back."""

from __future__ import annotations

import pytest

from bot.forms import engine
from bot.forms.definition import FormDefinition
from bot.forms.engine import Value
from tests.unit.forms.making import ATTENDANCE, NOON, form_of, give, said, survey


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return form_of(ATTENDANCE)


def test_start__plain_form__opens_the_first_question(form: FormDefinition) -> None:
    assert engine.start(form, NOON).open == "attended"


def test_answer__closed_branch__skips_the_whole_group(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "no")
    assert state.open == "thanks"


def test_answer__open_branch__asks_what_depends_on_it(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes", 3)
    assert state.open == "needs"
    assert give(form, engine.start(form, NOON), "yes", 2).open == "thanks"


def test_answer__against_the_constraint__is_refused_with_its_message(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes")
    outcome = engine.answer(form, state, "days", 12, NOON)
    assert outcome.state == state
    assert said(outcome.problem) == "At most 10, not 12."


def test_skip__required__is_refused(form: FormDefinition) -> None:
    state = engine.start(form, NOON)
    outcome = engine.skip(form, state, "attended", NOON)
    assert outcome.state == state
    assert said(outcome.problem) == "This question needs an answer."


def test_skip__optional_with_constraint__is_not_held_against_it() -> None:
    form = form_of(survey("type | name | label | constraint", "integer | n | N? | . > 5"))
    assert engine.skip(form, engine.start(form, NOON), "n", NOON).state.open is None


def test_answer__to_a_question_that_is_not_open__changes_nothing(form: FormDefinition) -> None:
    state = engine.start(form, NOON)
    outcome = engine.answer(form, state, "days", 3, NOON)
    assert outcome.state == state
    assert outcome.problem is not None


@pytest.mark.parametrize("value", ["maybe", 3, ["yes"], True])
def test_answer__that_is_none_of_the_choices__is_refused(
    form: FormDefinition, value: Value
) -> None:
    state = engine.start(form, NOON)
    assert engine.answer(form, state, "attended", value, NOON).problem is not None


def test_typed__label_in_any_case__answers(form: FormDefinition) -> None:
    outcome = engine.typed(
        form, engine.start(form, NOON), "attended", "YES", language="km", moment=NOON
    )
    assert outcome.state.answers == {"attended": "yes"}


def test_typed__nonsense__says_what_to_type(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes")
    outcome = engine.typed(form, state, "days", "some", language="en", moment=NOON)
    assert said(outcome.problem) == "Please type a whole number, for example 12."


def test_set_choice__twice_on__is_on_once(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes", 3)
    for code in ("origin", "origin", "hs"):
        state = engine.set_choice(form, state, "needs", code, True, moment=NOON).state
    assert state.answers["needs"] == ["hs", "origin"]
    state = engine.set_choice(form, state, "needs", "hs", False, moment=NOON).state
    state = engine.set_choice(form, state, "needs", "origin", False, moment=NOON).state
    assert "needs" not in state.answers
    assert state.open == "needs"


def test_set_choice__unknown_code__is_refused(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes", 3)
    assert engine.set_choice(form, state, "needs", "x", True, moment=NOON).problem is not None


def test_calculation__in_a_note__is_filled_in(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes", 2)
    label = form.by_name["thanks"].label
    assert engine.wording(form, state, label, NOON).best("en") == "You spent 12 hours."


def test_back__from_the_first_question__stays(form: FormDefinition) -> None:
    state = engine.start(form, NOON)
    assert engine.back(form, state, NOON) == state


def test_back__skips_what_is_irrelevant(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "no")
    assert engine.back(form, state, NOON).open == "attended"


def test_start__given_answers__takes_what_fits_and_leaves_the_rest(form: FormDefinition) -> None:
    given: dict[str, Value] = {"attended": "yes", "days": "x", "nobody": 1}
    assert engine.start(form, NOON, given).answers == {"attended": "yes"}
