"""What a random life of one class is made of: its dates, rules, people, and what befalls them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.integration.evaluation.naive import ABOVE, DAY, TRAINEES, Rule, at

PEOPLE = (*TRAINEES, *ABOVE)
ZONES = (
    "Asia/Phnom_Penh", "Asia/Phnom_Penh", "Pacific/Apia", "Pacific/Pago_Pago",
    "Pacific/Kiritimati", "Asia/Kabul", "Asia/Kathmandu", "Pacific/Auckland", "Europe/London",
    "America/New_York", "Australia/Lord_Howe",
)  # fmt: skip
LEAD = 20 * DAY
"""How long before the first day of the class the play begins."""


@dataclass(frozen=True)
class Case:
    """A class, its rules, its people; `events` are days and hours after the play begins, each
    with what happens then.
    """

    starts: dt.date
    length: int
    rules: tuple[Rule, Rule, Rule]
    zones: tuple[str, ...]
    bosses: tuple[str | None, ...]
    since: tuple[int, ...]
    hired: tuple[bool, ...]
    events: tuple[tuple[int, int, tuple[Any, ...]], ...]

    @property
    def begins(self) -> dt.datetime:
        return at(self.starts - LEAD, 0, "UTC")


def _from(first: dt.date, days: int) -> st.SearchStrategy[dt.date]:
    return st.integers(0, days).map(lambda number: first + number * DAY)


starts = st.one_of(
    _from(dt.date(2026, 1, 20), 80),
    _from(dt.date(2026, 9, 1), 100),
    _from(dt.date(2027, 12, 20), 75),
)
after_class = st.builds(
    Rule,
    st.sampled_from([True, True, True, False]),
    st.sampled_from([0, 1, 1, 1, 2, 3, 9]),
    st.sampled_from([0, 0, 0, 1, 10, 30]),
    st.integers(1, 30),
)
before_class = st.builds(Rule, st.booleans(), st.just(0), st.integers(-15, -1), st.integers(1, 12))
trainee, boss, anyone = (st.sampled_from(who) for who in (TRAINEES, tuple(ABOVE), PEOPLE))
acts = st.one_of(
    st.tuples(st.just("move"), st.integers(-25, 40), st.integers(0, 8)),
    st.tuples(st.just("cancel"), st.booleans()),
    st.tuples(st.just("leave_class"), trainee, st.booleans()),
    st.tuples(st.just("lead"), trainee, st.one_of(st.none(), boss)),
    st.tuples(st.just("lead"), trainee, boss),
    st.tuples(st.just("act"), trainee, boss, st.integers(0, 40)),
    st.tuples(st.just("go_away"), anyone, st.integers(0, 90)),
    st.tuples(st.just("quit"), anyone),
    st.tuples(st.just("answer"), st.integers(0, 3)),
    st.tuples(st.just("decline"), st.sampled_from(["not_mine", "cannot_judge"])),
    st.tuples(st.just("outage"), st.integers(1, 45)),
)
cases = st.builds(
    Case,
    starts,
    st.integers(0, 12),
    st.tuples(before_class, after_class, after_class),
    st.tuples(*[st.sampled_from(ZONES) for _who in PEOPLE]),
    st.tuples(*[st.sampled_from([None, "b0", "b0", "b1"]) for _who in TRAINEES]),
    st.tuples(*[st.sampled_from([-30, 0, 5, 40, 400]) for _who in TRAINEES]),
    st.tuples(*[st.booleans() for _who in TRAINEES]),
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 23), acts), max_size=7
    ).map(lambda found: tuple(sorted(found, key=lambda one: one[:2]))),
)  # fmt: skip
