"""Pairs take turns at going first, and a figure says whether it is met."""

from __future__ import annotations

from bench.figures import Target, in_turns, median_ratio


def test_in_turns__three_pairs__the_order_alternates() -> None:
    order: list[str] = []

    def run(name: str) -> str:
        order.append(name)
        return name

    pairs = in_turns(lambda: run("bare"), lambda: run("own"), 3)
    assert pairs == [("bare", "own")] * 3
    assert order == ["bare", "own", "own", "bare", "bare", "own"]


def test_median_ratio__one_pair_far_off__does_not_count() -> None:
    assert median_ratio([(100, 90), (100, 5), (200, 160)]) == 0.8


def test_verdict__at_the_limit_and_beyond__met_and_missed() -> None:
    assert "met" in Target(least=0.7).verdict(0.7)
    assert "MISSED" in Target(least=0.7).verdict(0.69)
    assert "MISSED" in Target(most=250).verdict(251)
