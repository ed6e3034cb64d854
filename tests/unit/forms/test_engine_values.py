"""Values that come by themselves, choices that depend on answers, answers inside wordings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.forms import engine
from bot.forms.engine import Moment
from bot.forms.question_types.contract import OfferKind, type_of
from bot.i18n import Texts, render
from tests.unit.forms.making import NOON, form_of, give, reloaded, said, survey


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
