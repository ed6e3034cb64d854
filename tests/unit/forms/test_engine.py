"""What asking means: skipping, required, constraints, back, jump, calculations, wordings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.forms import engine
from bot.forms.definition import FormDefinition
from bot.forms.engine import Moment, State, Value
from bot.forms.question_types.contract import OfferKind, type_of
from bot.i18n import Texts, Words, render
from tests.unit.forms.making import NOON, form_of, reloaded, survey

ATTENDANCE = survey(
    "type | name | label | relevant | constraint | constraint_message | required | calculation",
    "select_one yes_no | attended | Did you attend? | | | | yes |",
    "begin group | course | The course | ${attended} = 'yes' | | | |",
    "integer | days | How many days? | | . >= 1 and . <= 10 | At most 10, not ${days}. | yes |",
    "select_multiple topics | needs | What do you need? | ${days} > 2 | | | |",
    "end group | | | | | | |",
    "calculate | hours | | | | | | ${days} * 6",
    "note | thanks | You spent ${hours} hours. | | | | |",
    "text | comment | Anything else? | ${attended} = 'no' or ${days} > 0 | | | |",
    choices=(
        "list_name | name | label",
        "yes_no | yes | Yes",
        "yes_no | no | No",
        "topics | hs | Classification",
        "topics | origin | Origin",
    ),
)


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return form_of(ATTENDANCE)


def give(form: FormDefinition, state: State, *answers: Value) -> State:
    """Answer the open questions one after the other; every answer must be taken."""
    for value in answers:
        assert state.open is not None
        outcome = engine.answer(form, reloaded(state), state.open, value, NOON)
        assert outcome.problem is None, outcome.problem
        state = outcome.state
    return state


def said(words: Words | None) -> str:
    assert words is not None
    return render(words, "en")


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


def at_summary(form: FormDefinition) -> State:
    state = give(form, engine.start(form, NOON), "yes", 3, ["hs"])
    state = engine.done(form, state, "thanks", NOON).state
    return give(form, state, "Good")


def test_complete__all_answered__gives_codes_and_calculations(form: FormDefinition) -> None:
    state = at_summary(form)
    assert state.open is None
    assert engine.complete(form, state, NOON) == {
        "attended": "yes",
        "days": 3,
        "needs": ["hs"],
        "hours": 18,
        "comment": "Good",
    }


def test_complete__in_the_middle__says_what_is_missing(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "yes")
    lacking = engine.complete(form, state, NOON)
    assert [item.question.name for item in lacking] == ["days"]  # type: ignore[union-attr]


def test_jump__and_same_answer__returns_to_the_summary(form: FormDefinition) -> None:
    state = at_summary(form)
    there = engine.jump(form, state, "days", NOON).state
    assert (there.open, there.editing) == ("days", True)
    assert give(form, there, 3) == state


def test_jump__then_back__returns_to_the_summary(form: FormDefinition) -> None:
    state = at_summary(form)
    there = engine.jump(form, state, "days", NOON).state
    assert engine.back(form, there, NOON) == state


def test_jump__to_what_is_not_asked__is_refused(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "no")
    assert engine.jump(form, state, "days", NOON).problem is not None
    assert engine.jump(form, state, "hours", NOON).problem is not None
    assert engine.jump(form, state, "nothing", NOON).problem is not None


def test_edit__opening_a_branch__asks_its_required_questions_first(form: FormDefinition) -> None:
    state = give(form, engine.start(form, NOON), "no")
    state = engine.done(form, state, "thanks", NOON).state
    state = engine.skip(form, state, "comment", NOON).state
    state = give(form, engine.jump(form, state, "attended", NOON).state, "yes")
    assert (state.open, state.editing) == ("days", True)
    assert give(form, state, 2).open is None


def test_edit__closing_a_branch__drops_its_answers_and_reopening_restores_them(
    form: FormDefinition,
) -> None:
    state = at_summary(form)
    closed = give(form, engine.jump(form, state, "attended", NOON).state, "no")
    assert engine.complete(form, closed, NOON) == {"attended": "no", "comment": "Good"}
    opened = give(form, engine.jump(form, closed, "attended", NOON).state, "yes")
    assert opened == state


def test_edit__breaking_a_later_constraint__is_missing_until_corrected() -> None:
    form = form_of(
        survey(
            "type | name | label | constraint",
            "integer | most | Most? |",
            "integer | took | Took? | . <= ${most}",
        )
    )
    state = give(form, engine.start(form, NOON), 10, 8)
    state = give(form, engine.jump(form, state, "most", NOON).state, 5)
    assert [item.question.name for item in engine.missing(form, state, NOON)] == ["took"]


def test_summary__lists_answers_and_what_does_not_count(form: FormDefinition) -> None:
    lines = engine.summary(form, give(form, engine.start(form, NOON), "no"), NOON)
    assert [(line.question.name, line.value, line.relevant) for line in lines] == [
        ("attended", "no", True),
        ("days", "", False),
        ("needs", "", False),
        ("comment", "", True),
    ]


def test_progress__before_a_branch_is_decided__is_not_exact(form: FormDefinition) -> None:
    state = engine.start(form, NOON)
    assert engine.progress(form, state, NOON) == (1, 2, False)
    assert engine.progress(form, give(form, state, "yes", 2), NOON) == (3, 4, True)


def test_default__static_and_calculated__are_there_from_the_start() -> None:
    form = form_of(
        survey(
            "type | name | label | default",
            "integer | n | N? | 7",
            "date | day | Day? | today()",
            "select_multiple ab | m | M? | a b",
            choices=("list_name | name | label", "ab | a | A", "ab | b | B"),
        )
    )
    state = engine.start(form, NOON)
    assert state.answers == {"n": 7, "day": "2026-03-02", "m": ["a", "b"]}
    assert engine.done(form, state, "n", NOON).state.open == "day"
    assert engine.skip(form, state, "n", NOON).state.answers["day"] == "2026-03-02"


def test_start__given_answers__takes_what_fits_and_leaves_the_rest(form: FormDefinition) -> None:
    given: dict[str, Value] = {"attended": "yes", "days": "x", "nobody": 1}
    assert engine.start(form, NOON, given).answers == {"attended": "yes"}


def test_once__keeps_the_first_result_over_days() -> None:
    form = form_of(
        survey(
            "type | name | label | calculation",
            "calculate | begun | | once(today())",
            "text | a | A? |",
            "text | b | B? |",
        )
    )
    later = Moment(NOON.at + dt.timedelta(days=3), NOON.zone)
    state = give(form, engine.start(form, NOON), "x")
    state = engine.answer(form, reloaded(state), "b", "y", later).state
    assert engine.complete(form, state, later) == {"begun": "2026-03-02", "a": "x", "b": "y"}


def test_server_filled__start_end_today_and_given_names__are_complete() -> None:
    form = form_of(
        survey(
            "type | name | label",
            "start | begun |",
            "end | ended |",
            "today | day |",
            "username | who |",
            "text | a | A?",
        )
    )
    state = give(form, engine.start(form, NOON, {"who": "4711"}), "x")
    assert engine.complete(form, state, NOON) == {
        "begun": "2026-03-02T12:00:00+07:00",
        "ended": "2026-03-02T12:00:00+07:00",
        "day": "2026-03-02",
        "who": "4711",
        "a": "x",
    }


CASCADE = survey(
    "type | name | label | choice_filter",
    "select_one regions | region | Region? |",
    "select_one offices | office | Office? | region = ${region}",
    choices=(
        "list_name | name | label | region",
        "regions | n | North |",
        "regions | s | South |",
        "offices | n1 | Poipet | n",
        "offices | n2 | Osmach | n",
        "offices | s1 | Bavet | s",
    ),
)


def test_choice_filter__offers_and_takes_only_what_fits() -> None:
    form = form_of(CASCADE)
    state = give(form, engine.start(form, NOON), "n")
    offered = engine.offer(form, state, "office", NOON)
    assert [option.code for option in offered.options] == ["n1", "n2"]
    assert engine.answer(form, state, "office", "s1", NOON).problem is not None
    assert engine.typed(form, state, "office", "2", language="en", moment=NOON).state.answers[
        "office"
    ] == ("n2")


def test_choice_filter__changed_above__blanks_a_choice_that_no_longer_fits() -> None:
    form = form_of(CASCADE)
    state = give(form, engine.start(form, NOON), "n", "n1")
    state = give(form, engine.jump(form, state, "region", NOON).state, "s")
    assert engine.complete(form, state, NOON) == {"region": "s"}


def test_randomize__by_seed__is_stable_and_differs() -> None:
    rows = [f"letters | c{n} | C{n}" for n in range(8)]
    form = form_of(
        survey(
            "type | name | label | parameters",
            "select_one letters | q | Q? | randomize=true",
            choices=("list_name | name | label", *rows),
        )
    )

    def order(seed: int) -> list[str]:
        state = engine.start(form, NOON, seed=seed)
        return [option.code for option in engine.offer(form, reloaded(state), "q", NOON).options]

    assert order(1) == order(1)
    assert len({tuple(order(seed)) for seed in range(5)}) > 1
    assert sorted(order(1)) == [f"c{n}" for n in range(8)]


def test_read_only__question__is_shown_as_a_note_with_its_value() -> None:
    form = form_of(
        survey(
            "type | name | label | read_only | calculation",
            "integer | n | N? | |",
            "text | twice | Twice ${n} is ${twice} | yes | ${n} * 2",
        )
    )
    state = give(form, engine.start(form, NOON), 4)
    assert engine.offer(form, state, "twice", NOON).kind is OfferKind.NOTE
    assert engine.wording(form, state, form.by_name["twice"].label, NOON).best("en") == (
        "Twice 4 is 8"
    )
    state = engine.done(form, state, "twice", NOON).state
    assert engine.complete(form, state, NOON) == {"n": 4, "twice": 8}


def test_required_expression__depends_on_an_answer() -> None:
    form = form_of(
        survey(
            "type | name | label | required | required_message",
            "integer | n | N? | |",
            "text | why | Why? | ${n} > 5 | Say why it is ${n}.",
        )
    )
    few = give(form, engine.start(form, NOON), 3)
    assert engine.skip(form, few, "why", NOON).problem is None
    many = give(form, engine.start(form, NOON), 9)
    assert said(engine.skip(form, many, "why", NOON).problem) == "Say why it is 9."


def test_wording__choice_in_a_label__is_said_in_the_readers_language() -> None:
    form = form_of(
        survey(
            "type | name | label::English (en) | label::Khmer (km)",
            "select_one yn | a | A? | ក?",
            "text | b | You said ${a} | អ្នកឆ្លើយ ${a}",
            choices=(
                "list_name | name | label::English (en) | label::Khmer (km)",
                "yn | yes | Yes | បាទ",
            ),
        )
    )
    state = give(form, engine.start(form, NOON), "yes")
    filled = engine.wording(form, state, form.by_name["b"].label, NOON)
    assert dict(filled.by_language) == {"en": "You said Yes", "km": "អ្នកឆ្លើយ បាទ"}
    unknown = replace(state, answers={})
    assert engine.wording(form, unknown, Texts.of({"xx": "x ${a}"}), NOON).best("xx") == "x …"


def test_wording__answer_in_the_label_of_a_choice__is_filled_in_everywhere() -> None:
    form = form_of(
        survey(
            "type | name | label",
            "text | first | Your first topic?",
            "select_one topics | best | Which is best?",
            choices=("list_name | name | label", "topics | one | ${first}", "topics | two | Two"),
        )
    )
    state = give(form, engine.start(form, NOON), "Origin")
    options = engine.offer(form, state, "best", NOON).options
    assert [render(option.label, "en") for option in options] == ["Origin", "Two"]
    typed = engine.typed(form, state, "best", "origin", language="en", moment=NOON).state
    assert typed.answers["best"] == "one"
    line = engine.summary(form, typed, NOON)[1]
    assert type_of(line.question).format(line.value, line.question, "en") == "Origin"


def test_form__of_notes_only__ends() -> None:
    form = form_of(survey("type | name | label", "note | a | A", "note | b | B"))
    state = engine.done(form, engine.start(form, NOON), "a", NOON).state
    state = engine.done(form, state, "b", NOON).state
    assert (state.open, state.visited) == (None, ("a", "b"))
    assert engine.complete(form, state, NOON) == {}


def test_long_chain__each_question_after_the_one_before__needs_no_recursion() -> None:
    rows = [f"integer | q{n} | Q{n}? | ${{q{n - 1}}} = 1" for n in range(1, 400)]
    form = form_of(survey("type | name | label | relevant", "integer | q0 | Q0? |", *rows))
    state = engine.start(form, NOON, {f"q{n}": 1 for n in range(400)})
    assert len(engine.summary(form, state, NOON)) == 400
    assert all(line.relevant for line in engine.summary(form, state, NOON))
