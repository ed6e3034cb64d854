"""Marks of a test: what is right for each type, points, and the percentage that passes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.definition import Choice, FormDefinition, Question
from bot.forms.expressions import Value
from bot.forms.scoring import is_right, score
from bot.i18n import Texts
from tests.unit.forms.making import NOON, form_of, survey

CODES = tuple(Choice(code, Texts(())) for code in ("a", "b", "c", "with space"))
TEST = form_of(
    survey(
        "type | name | label | correct | score | relevant",
        "select_one yn | trained | Trained? | | |",
        "select_one yn | duty | Is it due? | yes | 2 |",
        "integer | rate | At which rate? | 7 | 0.5 | ${duty} = 'yes'",
        "text | law | Which law? | Customs Law | |",
        choices=("list_name | name | label", "yn | yes | Yes", "yn | no | No"),
    )
)


@pytest.mark.parametrize(
    ("kind", "correct", "right", "wrong"),
    [
        ("select_one", "a", ["a"], ["b", "", "A"]),
        ("select_one", "a c", ["a", "c"], ["b", "a c"]),
        ("select_one", "with space", ["with space"], ["with", "space"]),
        ("select_multiple", "a c", [["a", "c"], ["c", "a"], "c a"], [["a"], ["a", "b", "c"], []]),
        ("integer", "12", [12, 12.0], [13, "", -12]),
        ("decimal", "12.5 ± 0.5", [12, 12.5, 13.0], [11.99, 13.01]),
        ("decimal", "0.3 +- 0.1", [0.2, 0.4], [0.1999999]),
        ("decimal", "-1 +/- 0", [-1], [1]),
        ("range", "4", [4], [5]),
        ("text", "Customs Law; ច្បាប់ 10", ["customs  LAW", "ច្បាប់ ១០"], ["Custom Law", "; "]),
        ("text", "Chapter 10", ["chapter ١٠", "CHAPTER १०"], ["10"]),
        ("date", "2026-05-31", ["2026-05-31"], ["2026-05-30"]),
    ],
)
def test_right__by_type__what_is_meant_counts(
    kind: str, correct: str, right: list[Value], wrong: list[Value]
) -> None:
    question = Question("q", kind, correct=correct, choices=CODES)
    assert [value for value in right if not is_right(question, value)] == []
    assert [value for value in wrong if is_right(question, value)] == []


def test_score__points_maximum_and_percent__of_what_was_asked() -> None:
    found = score(TEST, {"duty": "yes", "rate": 8, "law": "customs law"}, NOON)
    assert [(mark.name, mark.right, mark.worth) for mark in found.marks] == [
        ("duty", True, Decimal(2)),
        ("rate", False, Decimal("0.5")),
        ("law", True, Decimal(1)),
    ]
    assert (found.points, found.maximum, found.percent) == (3, Decimal("3.5"), Decimal("85.7"))
    assert (found.passes(85), found.passes(86)) == (True, False)


def test_score__question_that_was_not_asked__counts_neither_way() -> None:
    found = score(TEST, {"duty": "no", "rate": 7, "law": ""}, NOON)
    assert [mark.name for mark in found.marks] == ["duty", "law"]
    assert (found.points, found.maximum, found.percent) == (0, 3, 0)


def test_score__no_test__has_no_percent_and_passes_nothing() -> None:
    plain = replace(TEST, questions=TEST.questions[:1])
    assert (score(plain, {}, NOON).percent, score(plain, {}, NOON).passes(0)) == (0, False)


@st.composite
def quizzes_with_answers(draw: st.DrawFn) -> tuple[FormDefinition, dict[str, Value]]:
    """A test of single choices, and answers to some of its questions."""
    questions, answers = [], {}
    for place in range(draw(st.integers(1, 8))):
        name = f"q{place}"
        worth = draw(st.sampled_from(("", "1", "2.5", "0.1")))
        right = draw(st.sampled_from("abc"))
        questions.append(Question(name, "select_one", correct=right, score=worth, choices=CODES))
        if draw(st.booleans()):
            answers[name] = draw(st.sampled_from("abc"))
    return FormDefinition("f", Texts(()), "1", ("en",), "en", tuple(questions)), answers


@settings(deadline=None, max_examples=100)
@given(quizzes_with_answers(), st.sampled_from("abc"))
def test_score__any_answers__lies_between_nought_and_all_and_grows_with_what_is_right(
    test: tuple[FormDefinition, dict[str, Value]], code: str
) -> None:
    form, answers = test
    found = score(form, answers, NOON)
    assert 0 <= found.points <= found.maximum
    assert 0 <= found.percent <= 100
    assert found.passes(100) == (found.points == found.maximum)
    all_right = {question.name: question.correct for question in form.questions}
    assert score(form, all_right, NOON).percent == 100
    first = form.questions[0]
    better = score(form, answers | {first.name: first.correct}, NOON)
    assert better.points >= found.points
    assert score(form, answers | {"no_such": code}, NOON) == found
