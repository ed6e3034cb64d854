"""Any form, any walk: it ends, going back is safe, and a reload between steps changes nothing."""

from __future__ import annotations

import json
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.forms import engine
from bot.forms.definition import Choice, FormDefinition, Question, from_json, to_json
from bot.forms.engine import State
from bot.forms.expressions import is_blank
from bot.i18n import Texts
from tests.unit.forms.making import NOON, answered, reloaded, walk_to_the_end

CHOICES = tuple(Choice(code, Texts.of({"en": code.upper()})) for code in ("a", "b", "c"))
TYPES = ("text", "integer", "select_one", "select_multiple", "range", "date", "note",
         "acknowledge", "calculate", "image", "audio", "file")  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> FormDefinition:
    """Forms of up to eight questions with conditions on what was asked before."""
    questions: list[Question] = []
    for place in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(TYPES))
        before = [question for question in questions if question.type != "note"]
        questions.append(
            Question(
                name=f"q{place}",
                type=kind,
                label=Texts.of({"en": f"Q{place}"}),
                choices=CHOICES if kind.startswith("select") else (),
                required=draw(st.sampled_from(("", "", "true()"))) if kind != "note" else "",
                relevant=draw(conditions(before)),
                constraint=". < 50" if kind == "integer" and draw(st.booleans()) else "",
                calculation=draw(calculations(before)) if kind == "calculate" else "",
                parameters={"start": "1", "end": "3"} if kind == "range" else {},
            )
        )
    return FormDefinition("f", Texts.of({"en": "F"}), "1", ("en",), "en", tuple(questions))


def conditions(before: list[Question]) -> st.SearchStrategy[str]:
    if not before:
        return st.just("")
    names = st.sampled_from([question.name for question in before])
    return st.one_of(
        st.just(""),
        names.map(lambda name: f"${{{name}}} != ''"),
        names.map(lambda name: f"selected(${{{name}}}, 'a')"),
        names.map(lambda name: f"${{{name}}} > 2"),
        st.tuples(names, names).map(
            lambda two: f"${{{two[0]}}} = '' or selected(${{{two[1]}}}, 'b')"
        ),
    )


def calculations(before: list[Question]) -> st.SearchStrategy[str]:
    if not before:
        return st.just("today()")
    names = st.sampled_from([question.name for question in before])
    return st.one_of(
        st.just("once(today())"),
        names.map(lambda name: f"${{{name}}} + 1"),
        names.map(lambda name: f"concat(${{{name}}}, 'x')"),
        names.map(lambda name: f"if(${{{name}}} = '', 0, ${{{name}}})"),
    )


SLOW_TO_MAKE = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow]
)


@SLOW_TO_MAKE
@given(forms())
def test_definition__any_form__is_the_same_after_json(form: FormDefinition) -> None:
    assert from_json(json.loads(json.dumps(to_json(form)))) == form


@SLOW_TO_MAKE
@given(forms(), st.integers(0, 999))
def test_walk__any_form__reaches_the_summary_and_can_be_submitted(
    form: FormDefinition, seed: int
) -> None:
    dice = random.Random(seed)
    state = walk_to_the_end(form, dice)
    answers = engine.complete(form, state, NOON)
    assert isinstance(answers, dict), answers
    for line in engine.summary(form, state, NOON):
        if not line.relevant:
            assert line.question.name not in answers
            assert is_blank(line.value)


@SLOW_TO_MAKE
@given(forms(), st.integers(0, 999))
def test_walk__back_and_the_same_answer__is_the_same_state(
    form: FormDefinition, seed: int
) -> None:
    dice = random.Random(seed)
    state = engine.start(form, NOON)
    while (question := engine.open_question(form, state)) is not None:
        throw = dice.random()
        outcome = answered(form, state, question, random.Random(throw))
        if outcome.problem is not None:
            continue
        returned = engine.back(form, outcome.state, NOON)
        assert returned.open == question.name
        assert answered(form, returned, question, random.Random(throw)).state == outcome.state
        state = outcome.state


@SLOW_TO_MAKE
@given(forms(), st.integers(0, 999))
def test_walk__reloaded_between_steps__goes_the_same_way(form: FormDefinition, seed: int) -> None:
    dice = random.Random(seed)
    kept = again = engine.start(form, NOON)
    while (question := engine.open_question(form, kept)) is not None:
        throw = dice.random()
        kept = answered(form, kept, question, random.Random(throw)).state
        again = reloaded(answered(form, reloaded(again), question, random.Random(throw)).state)
        assert again == reloaded(kept)


@SLOW_TO_MAKE
@given(forms(), st.integers(0, 999))
def test_edit__any_question_at_random__ends_on_the_summary_again(
    form: FormDefinition, seed: int
) -> None:
    dice = random.Random(seed)
    state = walk_to_the_end(form, dice)
    asked = [line.question for line in engine.summary(form, state, NOON) if line.relevant]
    for question in dice.sample(asked, min(3, len(asked))):
        state = edited(form, state, question, dice)
    assert isinstance(engine.complete(form, state, NOON), dict)


def edited(form: FormDefinition, state: State, question: Question, dice: random.Random) -> State:
    state = engine.jump(form, state, question.name, NOON).state
    for _step in range(500):
        opened = engine.open_question(form, state)
        if opened is None:
            return state
        state = answered(form, state, opened, dice).state
    raise AssertionError("the summary was not reached again")
