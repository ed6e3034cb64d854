"""The attacker of the anonymity proof finds what is there, and counts honestly."""

from __future__ import annotations

import random
from itertools import permutations
from statistics import fmean, pvariance

import pytest

from scripts.guessing import guesses
from scripts.guessing.guesses import Case, Rate
from scripts.guessing.traits import OF_ANSWER, OF_PERSON, fingerprint

SIZE = 6


def case(group: int, dice: random.Random, *, telling: bool) -> Case:
    """People and answers with traits by lot; `telling` makes one trait of each the same."""
    own = dice.sample(range(SIZE), SIZE)
    people = [[dice.random() for _trait in OF_PERSON] for _person in range(SIZE)]
    answers = [[dice.random() for _trait in OF_ANSWER] for _answer in range(SIZE)]
    if telling:
        for person, answer in enumerate(own):
            answers[answer][3] = people[person][5]
    near = [[1.0 * (telling and own[p] == a) for a in range(SIZE)] for p in range(SIZE)]
    return Case(group, people, answers, near, [[place] for place in own])


def cases(*, telling: bool) -> list[Case]:
    dice = random.Random(7)
    return [case(group, dice, telling=telling) for group in range(80)]


def test_learned__a_trait_tells__is_right_every_time() -> None:
    found = guesses.learned(cases(telling=True), random.Random(1))
    assert found.beats_chance()
    assert found.rate > 0.9


def test_learned__nothing_tells__is_as_good_as_lots() -> None:
    found = guesses.learned(cases(telling=False), random.Random(1))
    assert not found.beats_chance()
    assert found.chance == 1 / SIZE


def test_best_pair__a_trait_tells__names_it() -> None:
    best, tried = guesses.best_pair(cases(telling=True), random.Random(1))
    assert best.name == f"{OF_PERSON[5]} with {OF_ANSWER[3]}"
    assert best.rate == 1.0
    assert tried == 2 * len(OF_PERSON) * len(OF_ANSWER)


def test_nearest__bytes_tell__is_right_every_time() -> None:
    found = guesses.rate("near", cases(telling=True), guesses.nearest, random.Random(1))
    assert found.rate == 1.0


def test_chance__two_gave_the_same__either_counts() -> None:
    same = Case(1, [[0.0]] * 3, [[0.0]] * 3, [[0.0] * 3] * 3, [[0, 1], [0, 1], [2]])
    assert same.chance == 5 / 3


@pytest.mark.parametrize(
    "own",
    [
        [[0], [1]],
        [[1], [2], [0]],
        [[0, 1], [0, 1], [2]],
        [[0, 1, 2], [0, 1, 2], [0, 1, 2], [3]],
    ],
)
def test_variance__of_all_matchings__is_what_is_counted(own: list[list[int]]) -> None:
    size = len(own)
    hits = [
        sum(answer in own[person] for person, answer in enumerate(matched))
        for matched in permutations(range(size))
    ]
    one = Case(1, [[0.0]] * size, [[0.0]] * size, [[0.0] * size] * size, own)
    assert one.chance == pytest.approx(fmean(hits))
    assert one.variance == pytest.approx(pvariance(hits))


def test_interval__half_of_a_hundred__is_as_wide_as_lots_vary() -> None:
    low, high = Rate("", 50, 100, 10, variance=25).interval(z=1.96)
    assert (round(low, 3), round(high, 3)) == (0.402, 0.598)


def test_fingerprint__written_in_another_order_or_as_a_list__is_the_same() -> None:
    assert fingerprint({"a": ["x", "y"], "b": "", "c": "3"}) == fingerprint({"c": "3", "a": "y x"})
