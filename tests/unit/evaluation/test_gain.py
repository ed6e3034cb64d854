"""The normalised gain, against figures that were published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.tests.gain import Pair, gain, of_class

# R. Hake 1998, American Journal of Physics 66, 64-74, defined the gain of a class as its actual
# gain divided by the greatest possible one. As worked out in BMC Medical Education 21:210 (2021),
# table 1: of 20 points a class gained 11.1 on average, which is 55.55 % of all and 225.8 % of
# its mean before; the table gives a normalised gain of 0.73.
POINTS, GAINED, OF_MEAN_BEFORE, PRINTED = 20, 11.1, 2.258, 0.73


def test_gain__of_a_published_class__is_as_printed() -> None:
    before = GAINED / OF_MEAN_BEFORE / POINTS
    assert gain(before, before + GAINED / POINTS) == pytest.approx(PRINTED, abs=0.01)


def test_gain__everything_known_before__is_none() -> None:
    assert gain(1.0, 1.0) is None
    assert gain(1.0, 0.5) is None


def test_gain__somebody_knows_less_afterwards__is_below_nought() -> None:
    assert gain(0.5, 0.25) == pytest.approx(-0.5)


def test_class__the_weak_gain_most__the_gain_of_means_is_the_greater() -> None:
    found = of_class([Pair(0.0, 0.8), Pair(0.8, 0.8)])
    assert found is not None
    assert found.of_means == pytest.approx(2 / 3)
    assert found.mean_of_gains == pytest.approx(0.4)


shares = st.integers(0, 100).map(lambda percent: percent / 100)


@given(st.lists(st.builds(Pair, shares, shares), min_size=1))
def test_class__any_results__gain_of_means_weighs_gains_by_what_could_be_gained(
    pairs: list[Pair],
) -> None:
    found = of_class(pairs)
    room = sum(1 - pair.before for pair in pairs)
    assert found is not None
    if room < 1e-9:
        assert found.mean_of_gains is None
        return
    weighed = sum((1 - p.before) * (gain(p.before, p.after) or 0.0) for p in pairs)
    weighed += sum(p.after - p.before for p in pairs if p.before >= 1)
    assert found.of_means == pytest.approx(weighed / room, abs=1e-9)


def test_class__with_somebody_who_knew_all__counts_them_in_the_means_only() -> None:
    found = of_class([Pair(1.0, 1.0), Pair(0.5, 1.0)])
    assert found is not None
    assert (found.people, found.counted) == (2, 1)
    assert found.of_means == pytest.approx(1.0)
    assert found.mean_of_gains == pytest.approx(1.0)


def test_class__nobody_took_both__has_no_gain() -> None:
    assert of_class([]) is None


def test_class__all_knew_all__has_means_and_no_gain() -> None:
    found = of_class([Pair(1.0, 1.0)])
    assert found is not None
    assert (found.before, found.of_means, found.mean_of_gains) == (1.0, None, None)
