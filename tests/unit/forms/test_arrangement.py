"""Order by seed: every question once, fixed for a response, codes untouched; final marks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms import engine
from bot.forms.definition import FormDefinition, from_json, structure, to_json
from bot.forms.engine import State
from tests.unit.forms.making import NOON, form_of, give, reloaded, survey, walk_to_the_end

CHOICES = (
    "list_name | name | label",
    *(f"abc | {code} | {code.upper()}" for code in "abcdefgh"),
)
ROWS = (
    "type | name | label | parameters | relevant | correct",
    "text | first | First? | | |",
    "begin group | part | Part | | |",
    "select_multiple abc | s1 | S1? | randomize=true | |",
    "select_one abc | s2 | S2? | randomize=true | | a",
    "note | between | A note | | |",
    "text | s3 | S3? | | |",
    "text | s4 | S4? | | ${first} = 'x' |",
    "end group | | | | |",
    "text | last | Last? | | |",
)
SHUFFLED = form_of(
    survey(*ROWS, choices=CHOICES, settings=("form_id | shuffle_questions", "f | part"))
)
PLAIN = form_of(survey(*ROWS, choices=CHOICES, settings=("form_id", "f")))
SEEDS = st.integers(0, 2**31 - 1)


def order(form: FormDefinition, state: State) -> list[str]:
    return [line.question.name for line in engine.summary(form, state, NOON)]


@settings(deadline=None, max_examples=60)
@given(SEEDS)
def test_shuffled__any_seed__asks_each_once_and_moves_none_out_of_its_group(seed: int) -> None:
    state = engine.start(SHUFFLED, NOON, seed=seed)
    found = order(SHUFFLED, state)
    assert sorted(found) == sorted(order(PLAIN, state))
    assert found[0] == "first"
    assert found[-1] == "last"
    assert found == order(SHUFFLED, reloaded(state))
    assert order(PLAIN, state) == ["first", "s1", "s2", "s3", "s4", "last"]


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_shuffled__any_walk__ends_and_hands_over_codes_in_the_order_of_the_form(seed: int) -> None:
    state = walk_to_the_end(SHUFFLED, random.Random(seed))
    answers = engine.complete(SHUFFLED, state, NOON)
    assert isinstance(answers, dict)
    chosen = answers.get("s1", [])
    assert isinstance(chosen, list)
    assert chosen == sorted(chosen)


def test_shuffled__many_seeds__give_many_orders() -> None:
    orders = {tuple(order(SHUFFLED, State(seed=seed))) for seed in range(200)}
    assert len(orders) == 24


@settings(deadline=None, max_examples=60)
@given(SEEDS, st.integers(1, 8))
def test_choices__typed_by_their_shown_number__are_the_ones_shown_there(
    seed: int, place: int
) -> None:
    state = give(PLAIN, engine.start(PLAIN, NOON, seed=seed), "x")
    shown = engine.offer(PLAIN, state, "s1", NOON).options[place - 1]
    assert shown.number == str(place)
    taken = engine.typed(PLAIN, state, "s1", str(place), language="en", moment=NOON).state
    assert taken.answers["s1"] == [shown.code]


def test_each__answered_question__stands_and_is_passed_over_going_back() -> None:
    rules = ("form_id | show_result", "f | each")
    form = form_of(survey(*ROWS, choices=CHOICES, settings=rules))
    state = give(form, engine.start(form, NOON), "y", ["a"], "b")
    assert state.open == "between"
    assert engine.is_final(form, state, "s2")
    assert engine.back(form, state, NOON).open == "s1"
    assert engine.jump(form, state, "s2", NOON).problem is not None
    forged = State(answers=state.answers, visited=state.visited, open="s2")
    for outcome in (
        engine.answer(form, forged, "s2", "a", NOON),
        engine.typed(form, forged, "s2", "a", language="en", moment=NOON),
        engine.skip(form, forged, "s2", NOON),
        engine.set_choice(form, forged, "s2", "a", True, moment=NOON),
    ):
        assert outcome.problem is not None
        assert outcome.state == forged


def test_as_it_stands__half_filled__hands_over_what_is_there() -> None:
    table = survey(
        "type | name | label | required | constraint",
        "integer | a | A? | yes | . < 5",
        "text | b | B? | yes |",
    )
    form = form_of(table)
    state = State(answers={"a": 9}, open="b")
    assert not isinstance(engine.complete(form, state, NOON), dict)
    assert engine.as_it_stands(form, state, NOON) == {}
    assert engine.as_it_stands(form, State(answers={"a": 3}), NOON) == {"a": 3}


@pytest.mark.parametrize("name", ["pass_mark", "attempts", "time_limit", "shuffle_questions"])
def test_structure__rule_changed__is_another_version_and_others_stay_the_same(name: str) -> None:
    value = "part" if name == "shuffle_questions" else "20"
    changed = form_of(
        survey(*ROWS, choices=CHOICES, settings=(f"form_id | {name}", f"f | {value}"))
    )
    titled = form_of(survey(*ROWS, choices=CHOICES, settings=("form_id | form_title", "f | T")))
    assert structure(changed) != structure(PLAIN)
    assert structure(titled) == structure(PLAIN)
    assert "settings" not in structure(PLAIN)
    assert from_json(to_json(changed)) == changed


def test_grid__imported__is_the_same_after_json_and_others_say_nothing_of_it() -> None:
    assert to_json(form_of(survey(*ROWS, choices=CHOICES)))["groups"] == [
        {"name": "part", "label": {"en": "Part"}, "row": 3}
    ]
    grid = form_of(
        survey(
            "type | name | label | appearance",
            "begin_group | g | Agree? | table-list",
            "select_one abc | a | A? |",
            "select_one abc | b | B? |",
            "end_group | | |",
            choices=CHOICES,
        )
    )
    assert grid.groups[0].is_grid
    assert from_json(to_json(grid)) == grid
    assert engine.place_in_group(grid, State(), "b", NOON) == (2, 2)
