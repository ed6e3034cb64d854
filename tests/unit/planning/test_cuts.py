"""What falls when the budget is cut: whatever the lines, no more than must, required ones last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.planning.cuts import Priced, cut

priced = st.lists(
    st.builds(
        Priced,
        id=st.integers(1, 999),
        code=st.text("ABC", min_size=1, max_size=3),
        title=st.just("T"),
        cost=st.sampled_from([0.0, 1.0, 2.0, 5.0, 10.0, 40.0]),
        points=st.sampled_from([0.0, 20.0, 60.0, 100.0]),
        required=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: (one.id, one.code),
)


def line(code: str, cost: float, points: float, required: bool = False) -> Priced:
    return Priced(ord(code), code, code, cost, points, required)


def codes(lines: list[Priced], most: float) -> list[str]:
    return [one.code for one in cut(lines, 10, most).falls]


def test_cut__lowest_priority__falls_first() -> None:
    lines = [line("A", 10, 80), line("B", 10, 20), line("C", 10, 50)]
    assert codes(lines, 25) == ["B"]
    assert codes(lines, 12) == ["B", "C"]


def test_cut__required_training__falls_last_however_low_its_priority() -> None:
    lines = [line("A", 10, 90), line("B", 10, 1, required=True)]
    assert codes(lines, 10) == ["A"]
    assert codes(lines, 5) == ["A", "B"]


def test_cut__alike__the_dearer_falls_so_that_fewer_have_to() -> None:
    lines = [line("A", 5, 50), line("B", 20, 50), line("C", 5, 50)]
    assert codes(lines, 10) == ["B"]


def test_cut__what_fits_beside_the_rest__stays_after_all() -> None:
    lines = [line("A", 3, 10), line("B", 40, 20), line("C", 10, 90)]
    assert codes(lines, 13) == ["B"]


def test_cut__plan_within_the_budget__nothing_falls() -> None:
    assert codes([line("A", 10, 1)], 10) == []


def test_cut__amounts_with_cents__what_just_fits_stays() -> None:
    lines = [line("A", 0.1, 10), line("B", 0.1, 20), line("C", 0.1, 30)]
    assert codes(lines, 0.2) == ["A"]
    assert codes(lines, 0.1) == ["A", "B"]


@given(priced, st.integers(0, 120))
def test_cut__any_lines__fits_and_takes_no_more_than_it_must(
    lines: list[Priced], most: int
) -> None:
    found = cut(lines, 10, float(most))
    assert found.total == found.before - sum(one.cost for one in found.falls)
    assert found.total <= most
    assert all(one.cost and found.total + one.cost > most for one in found.falls)


@given(priced, st.integers(0, 120))
def test_cut__any_lines__are_told_in_the_order_in_which_they_fall(
    lines: list[Priced], most: int
) -> None:
    falls = cut(lines, 10, float(most)).falls
    order = [(one.required, one.points) for one in falls]
    assert order == sorted(order)
