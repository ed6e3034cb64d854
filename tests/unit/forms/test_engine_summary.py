"""From the summary: completing, changing an answer, what that opens, closes and breaks."""

from __future__ import annotations

import pytest

from bot.forms import engine
from bot.forms.definition import FormDefinition
from bot.forms.engine import State
from tests.unit.forms.making import ATTENDANCE, NOON, form_of, give, survey


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return form_of(ATTENDANCE)


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
