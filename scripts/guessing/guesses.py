"""Guesses, and whether they are better than chance.

Each attack matches the answers of one class and gender to those of that gender who answered.
Chance is a matching drawn by lot: one in their number, more where answers are the same.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scripts.guessing.traits import OF_ANSWER, OF_PERSON

Floats = NDArray[np.float64]
Z = 3.29
"""Normal quantile of an interval that holds in 999 of 1,000 cases."""
FOLDS = 2
SHORTLIST = 2.5
TIE = 1e-6
STRONGEST = 0.99


@dataclass(frozen=True, slots=True)
class Case:
    """One class, gender and moment: traits, nearness, and which answer is whose.

    `own[i]` are the answers equal to what person i gave; most often one.
    """

    group: int
    people: list[list[float]]
    answers: list[list[float]]
    near: list[list[float]]
    own: list[list[int]]

    @property
    def size(self) -> int:
        return len(self.people)

    @property
    def chance(self) -> float:
        """How many hits a matching drawn by lot has on average."""
        return sum(len(mine) for mine in self.own) / self.size

    @property
    def variance(self) -> float:
        """The variance of those hits: whoever is matched with another's answer takes it away,
        so that hits within one case come together. Source: Hoeffding 1951, theorem 2.
        """
        is_own = np.zeros((self.size, self.size))
        for person, own in enumerate(self.own):
            is_own[person, own] = 1
        rows, columns = is_own.mean(axis=1, keepdims=True), is_own.mean(axis=0, keepdims=True)
        centred = is_own - rows - columns + is_own.mean()
        return float((centred**2).sum() / (self.size - 1))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits among guesses, what chance gives with which variance, and the interval of the rate."""

    name: str
    hits: float
    guesses: int
    expected: float
    variance: float

    @property
    def rate(self) -> float:
        return self.hits / self.guesses

    @property
    def chance(self) -> float:
        return self.expected / self.guesses

    def interval(self, z: float = Z) -> tuple[float, float]:
        """The rate, with as much to either side as matchings drawn by lot would vary."""
        half = z * math.sqrt(self.variance) / self.guesses
        return max(0.0, self.rate - half), min(1.0, self.rate + half)

    def beats_chance(self, z: float = Z) -> bool:
        return self.interval(z)[0] > self.chance

    def __str__(self) -> str:
        low, high = self.interval()
        return (
            f"{self.name} {self.rate:.4f} ({low:.4f} to {high:.4f}) against chance"
            f" {self.chance:.4f}"
        )


Score = Callable[[Case], Floats]


def rate(name: str, cases: Sequence[Case], score: Score, dice: random.Random) -> Rate:
    """How often the matching that scores best is right."""
    hits = 0
    for case in cases:
        matched = _matching(score(case), dice)
        hits += sum(answer in case.own[person] for person, answer in matched)
    return _rate(name, hits, cases)


def _rate(name: str, hits: float, cases: Sequence[Case]) -> Rate:
    return Rate(
        name,
        hits,
        guesses=sum(case.size for case in cases),
        expected=sum(case.chance for case in cases),
        variance=sum(case.variance for case in cases),
    )


def nearest(case: Case) -> Floats:
    """Who lies nearest to an answer in the raw bytes gave it."""
    return np.array(case.near)


def learned(cases: Sequence[Case], dice: random.Random) -> Rate:
    """Which trait of a person goes with which of an answer is learned on half of the classes
    and tried on the other half, both ways.
    """
    hits = 0.0
    for fold in range(FOLDS):
        weights = _weights([case for case in cases if case.group % FOLDS != fold])
        tried = [case for case in cases if case.group % FOLDS == fold]
        hits += rate("", tried, lambda case: _scored(case, weights), dice).hits  # noqa: B023
    return _rate("learned", hits, cases)


def best_pair(cases: Sequence[Case], dice: random.Random) -> tuple[Rate, int]:
    """The one trait of people and one of answers, either way round, whose orders agree best;
    how many were tried.
    """
    lots = np.random.default_rng(dice.randrange(2**32))
    shape = (2, len(OF_PERSON), len(OF_ANSWER))
    hits = np.zeros(shape)
    for case in cases:
        hits += _hits_of_pairs(case, lots)
    turned, person, answer = np.unravel_index(int(hits.argmax()), shape)
    name = f"{OF_PERSON[person]} with {OF_ANSWER[answer]}{' reversed' if turned else ''}"
    return _rate(name, float(hits.max()), cases), hits.size


def _hits_of_pairs(case: Case, lots: np.random.Generator) -> Floats:
    """Both sides put into the order of one trait each, what is the same by lot."""
    is_own = np.zeros((case.size, case.size))
    for person, own in enumerate(case.own):
        is_own[person, own] = 1
    people, answers = _ranks(case.people), _ranks(case.answers)
    first = np.argsort(people + lots.random(people.shape) * TIE, axis=0)
    hits = np.zeros((2, people.shape[1], answers.shape[1]))
    for turned, sign in enumerate((1, -1)):
        second = np.argsort(sign * answers + lots.random(answers.shape) * TIE, axis=0)
        hits[turned] = is_own[first[:, :, None], second[:, None, :]].sum(axis=0)
    return hits


def _weights(cases: Sequence[Case]) -> Floats:
    """How much each pair of traits counts: by the correlation of a person's ranks with those of
    their own answer, as its likelihood would weigh it; small ones are noise.
    """
    total = np.zeros((len(OF_PERSON), len(OF_ANSWER)))
    count = 0
    for case in cases:
        people, answers = _ranks(case.people), _ranks(case.answers)
        for person, own in enumerate(case.own):
            total += np.outer(people[person], answers[own].mean(axis=0))
        count += case.size
    means = total / max(count, 1)
    noise = SHORTLIST / math.sqrt(max(count, 1))
    weighed = means / (1 - np.minimum(means**2, STRONGEST))
    return np.where(np.abs(means) > noise, weighed, 0.0)


def _scored(case: Case, weights: Floats) -> Floats:
    scored: Floats = _ranks(case.people) @ weights @ _ranks(case.answers).T
    return scored


def _ranks(traits: Sequence[Sequence[float]]) -> Floats:
    """Ranks by column, mean 0 and deviation 1; the same rank for the same value."""
    table = np.array(traits, dtype=float)
    unknown = np.isnan(table)
    means = np.where(unknown, 0, table).sum(axis=0) / np.maximum((~unknown).sum(axis=0), 1)
    known = np.where(unknown, means, table)
    ranks = (known[:, None, :] > known[None, :, :]).sum(axis=1) + 0.5 * (
        known[:, None, :] == known[None, :, :]
    ).sum(axis=1)
    spread = ranks.std(axis=0)
    even: Floats = (ranks - ranks.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return even


def _matching(scored: Floats, dice: random.Random) -> list[tuple[int, int]]:
    """Each person one answer: from a matching drawn by lot, the two whose exchange gains most
    exchange theirs, until no exchange gains.
    """
    count = len(scored)
    people = np.arange(count)
    matched = np.array(dice.sample(range(count), count))
    while True:
        crossed = scored[:, matched]
        own = crossed[people, people]
        gains = crossed + crossed.T - own[:, None] - own[None, :]
        one, other = divmod(int(gains.argmax()), count)
        if gains[one, other] < TIE:
            return list(zip(people.tolist(), matched.tolist(), strict=True))
        matched[[one, other]] = matched[[other, one]]
