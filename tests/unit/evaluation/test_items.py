"""Statistics of questions, against figures that were published."""

from __future__ import annotations

import pytest

from bot.evaluation.tests import items
from bot.evaluation.tests.items import Flag, Taken

LSAT = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3,
    "00111": 4, "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15,
    "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61,
    "11110": 28, "11111": 298,
}  # fmt: skip
"""Section 6 of the Law School Admission Test, answered by 1,000 people: how many gave each
pattern of right (1) and wrong (0) answers (Bock and Lieberman 1970, Psychometrika 35, 179-197).
"""
# As printed for these data by D. Rizopoulos, ltm: An R Package for Latent Variable Modeling and
# Item Response Theory Analyses, Journal of Statistical Software 17 (5), 2006, section 4.1:
# proportions of right answers, and point-biserial correlations with the total without the item.
PROPORTIONS = (0.924, 0.709, 0.553, 0.763, 0.870)
EXCLUDED = (0.1128, 0.1532, 0.1728, 0.1444, 0.1216)


def lsat() -> list[Taken]:
    """One response a person; each question is worth one point."""
    return [
        Taken({f"item{n}": [1000 * int(one), 1000] for n, one in enumerate(pattern, 1)}, {})
        for pattern, count in LSAT.items()
        for _person in range(count)
    ]


def test_items__of_the_published_test__have_the_published_figures() -> None:
    found = items.analyse(lsat(), {})
    assert len(lsat()) == 1000
    assert [one.difficulty for one in found] == pytest.approx(PROPORTIONS, abs=0.0005)
    assert [one.discrimination for one in found] == pytest.approx(EXCLUDED, abs=0.00005)


def test_discrimination__fewer_than_a_hundred_takers__is_not_given() -> None:
    few = lsat()[::11]
    assert len(few) == 91
    assert {one.discrimination for one in items.analyse(few, {})} == {None}
    assert None not in {one.discrimination for one in items.analyse(few, {}, least=50)}


def test_discrimination__everybody_right__is_none_and_said_to_be_easy() -> None:
    all_right = [Taken({"a": [1000, 1000], "b": [1000 * (n % 2), 1000]}, {}) for n in range(100)]
    first, second = items.analyse(all_right, {})
    assert (first.discrimination, first.flags) == (None, (Flag.TOO_EASY,))
    assert second.difficulty == 0.5


def taken(right: int, of: int, answers: list[str]) -> list[Taken]:
    """Takers of one question beside four others: the first `right` have it right."""
    return [
        Taken(
            {"q": [1000 if n < right else 0, 1000], "rest": [4000 - 30 * n, 4000]},
            {"q": answers[n % len(answers)]},
        )
        for n in range(of)
    ]


def test_flags__wrong_answer_more_popular__is_found_at_any_number() -> None:
    found = items.analyse(taken(3, 10, ["b"]), {"q": {"a": True, "b": False}})[0]
    assert Flag.WRONG_FAVOURITE in found.flags
    assert {one.code: one.count for one in found.chosen} == {"a": 0, "b": 10}


def test_flags__answer_that_nobody_chooses__only_from_a_hundred_takers() -> None:
    choices = {"q": {"a": True, "b": False, "c": False}}
    answers = ["a", "a", "b"]
    few = items.analyse(taken(60, 99, answers), choices)[0]
    many = items.analyse(taken(60, 120, answers), choices)[0]
    assert Flag.IDLE_ANSWER not in few.flags
    assert Flag.IDLE_ANSWER in many.flags


def test_flags__strong_takers_wrong__is_said_to_be_reversed() -> None:
    weak_first = [
        Taken({"q": [1000 if n < 50 else 0, 1000], "rest": [30 * n, 4000]}, {}) for n in range(100)
    ]
    found = items.analyse(weak_first, {})[0]
    assert found.discrimination is not None
    assert found.discrimination < 0
    assert Flag.REVERSED in found.flags


def test_several_answers_chosen__each_is_counted() -> None:
    two = [Taken({"q": [0, 1000]}, {"q": ["a", "b"]}), Taken({"q": [0, 1000]}, {"q": "b c"})]
    found = items.analyse(two, {"q": {"a": True, "b": False, "c": True}})[0]
    assert [one.count for one in found.chosen] == [1, 2, 1]
