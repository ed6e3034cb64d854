"""Nobody hidden can be worked out from what is shown."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.suppression import groups_to_show

SIZES = st.dictionaries(
    st.sampled_from(["f", "m", "x", "", "another", "not said"]), st.integers(0, 30)
)
THRESHOLDS = st.integers(5, 12)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"f": 6, "m": 12}, {"f", "m"}),
        ({"f": 3, "m": 12}, set()),
        ({"f": 6, "m": 12, "x": 2}, {"m"}),
        ({"f": 3, "m": 12, "x": 2}, {"m"}),
        ({"f": 2, "m": 12, "x": 2}, set()),
        ({"f": 0, "m": 12}, {"m"}),
        ({}, set()),
        ({"f": 5, "m": 5, "x": 1}, {"m"}),
    ],
)
def test_groups__by_size__only_safe_ones_are_shown(sizes, shown):
    assert groups_to_show(sizes, 5) == shown


@given(SIZES, THRESHOLDS)
def test_groups__any_sums_and_differences_of_shown_figures__single_out_no_small_group(
    sizes, threshold
):
    shown = groups_to_show(sizes, threshold)
    total = sum(sizes.values())
    for count in range(len(shown) + 1):
        for some in combinations(sorted(shown), count):
            part = sum(sizes[name] for name in some)
            for cell in (part, total - part):
                assert cell in (0, total) or cell >= threshold


@given(SIZES, THRESHOLDS)
def test_groups__one_group_hidden__is_never_hidden_alone(sizes, threshold):
    shown = groups_to_show(sizes, threshold)
    hidden = {name for name, size in sizes.items() if size} - shown
    assert len(hidden) != 1 or not shown


@given(st.dictionaries(st.sampled_from("fmx"), st.integers(12, 30)))
def test_groups__all_large__are_all_shown(sizes):
    assert groups_to_show(sizes, 12) == set(sizes)
