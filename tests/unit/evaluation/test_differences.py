"""Intervals and returns against worked examples of the literature, and against SciPy's own."""

from __future__ import annotations

import datetime as dt
import math
import random
import warnings

import pytest

from bot.evaluation.impact import differences, periods, returns
from bot.evaluation.impact.differences import Interval

# Student (W. S. Gosset), “The probable error of a mean”, Biometrika 6 (1908): additional hours of
# sleep of ten patients by two drugs. The results are those that R prints for its data set `sleep`,
# t.test(extra ~ group): t = -1.8608, df = 17.776, interval -3.3654832 to 0.2054832.
FIRST_DRUG = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND_DRUG = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)

# Small enough to do Welch's formula by hand: variances 1 and 4 of three figures each;
# s = sqrt(1/3 + 4/3), degrees of freedom (5/3)² / ((1/3)²/2 + (4/3)²/2) = 50/17.
BY_HAND = (1.0, 2.0, 3.0), (4.0, 6.0, 8.0)


def test_between__students_sleep__gives_the_interval_of_the_literature() -> None:
    found = differences.between(SECOND_DRUG, FIRST_DRUG)
    assert found.by == pytest.approx(-1.58)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(-3.3654832, abs=1e-7)
    assert found.interval.high == pytest.approx(0.2054832, abs=1e-7)
    assert not found.is_sure


def test_between__done_by_hand__is_the_same() -> None:
    found = differences.between(*BY_HAND)
    # Student's t for 50/17 degrees of freedom at 97.5 %, by interpolation between the printed
    # 4.303 (two) and 3.182 (three): 3.22.
    assert found.by == 4.0
    assert found.interval is not None
    assert (found.interval.high - found.by) / math.sqrt(5 / 3) == pytest.approx(3.22, abs=0.005)


def test_between__random_groups__agrees_with_scipys_test() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from scipy import stats
    dice = random.Random(6)
    for size in range(2, 40):
        one = [dice.gauss(10, 2) for _n in range(size)]
        other = [dice.gauss(11, 5) for _n in range(2 + size // 2)]
        theirs = stats.ttest_ind(other, one, equal_var=False).confidence_interval(0.95)
        ours = differences.between(one, other).interval
        assert ours is not None
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high))


def test_between__drawn_again_and_again__covers_the_truth_in_95_of_100() -> None:
    dice = random.Random(1908)
    hits = 0
    for _draw in range(1000):
        one = [dice.gauss(0, 1) for _n in range(8)]
        other = [dice.gauss(1, 3) for _n in range(12)]
        found = differences.between(one, other).interval
        assert found is not None
        hits += found.low <= 1 <= found.high
    assert 930 <= hits <= 970


@pytest.mark.parametrize(
    ("one", "other"), [([1.0], [2.0, 3.0]), ([2.0, 2.0], [3.0, 3.0]), ([1.0], [1.0])]
)
def test_between__too_few_or_all_alike__gives_no_interval(
    one: list[float], other: list[float]
) -> None:
    found = differences.between(one, other)
    assert found.interval is None
    assert not found.is_sure


def test_between__a_group_without_figures__is_refused() -> None:
    with pytest.raises(ValueError, match="without figures"):
        differences.between([], [1.0])


def test_counted__less_is_better__turns_the_change_and_not_the_means() -> None:
    found = differences.between([40.0, 42.0, 41.0], [30.0, 31.0, 29.0]).counted(-1)
    assert (found.first, found.second, found.by) == (41.0, 30.0, 11.0)
    assert found.interval is not None
    assert 0 < found.interval.low < 11 < found.interval.high
    assert found.is_sure


def test_interval__times_a_negative__stays_in_order() -> None:
    assert Interval(-1.0, 3.0).times(-2) == Interval(-6.0, 2.0)


def test_return__worked_example__is_76_percent() -> None:
    # P. P. Phillips, “Show Me the Money: Moving From Impact to ROI”: benefits 750,000, costs
    # 425,000: benefit–cost ratio 1.76, return 76 %.
    assert returns.return_on(750_000, 425_000) == pytest.approx(0.76, abs=0.005)
    assert returns.ratio(750_000, 425_000) == pytest.approx(1.76, abs=0.005)


def test_return__literacy_programme__is_741_percent() -> None:
    # J. J. Phillips, “Return on Investment in Training and Performance Improvement Programs”
    # (1997): benefits 321,600, costs 38,233, return 741 %.
    assert returns.return_on(321_600, 38_233) == pytest.approx(7.41, abs=0.005)


def test_of_a_year__grievances__are_worth_546_000() -> None:
    # The five steps of converting data to money in the same book: 6,500 a grievance, ten fewer a
    # month, seven of them because of the programme: 7 × 12 × 6,500.
    worth = returns.of_a_year(10, 6_500) * returns.share_counted(70, 100)
    assert worth == pytest.approx(546_000)


def test_share_counted__estimate_and_confidence__are_multiplied() -> None:
    assert returns.share_counted(50, 80) == pytest.approx(0.4)


@pytest.mark.parametrize("costs", [0, -1])
def test_return__cost_nothing__is_refused(costs: float) -> None:
    with pytest.raises(ValueError, match="cost nothing"):
        returns.return_on(100, costs)


def test_periods__class_over_the_end_of_a_year__leaves_its_own_months_out() -> None:
    found = periods.around(dt.date(2025, 12, 29), dt.date(2026, 1, 31), 3)
    assert found.before == (dt.date(2025, 9, 1), dt.date(2025, 10, 1), dt.date(2025, 11, 1))
    assert found.after == (dt.date(2026, 2, 1), dt.date(2026, 3, 1), dt.date(2026, 4, 1))
    assert found.complete_on == dt.date(2026, 5, 1)


def test_periods__no_months__are_refused() -> None:
    with pytest.raises(ValueError, match="one month"):
        periods.around(dt.date(2026, 1, 1), dt.date(2026, 1, 2), 0)
