"""Whatever is completed, taken back and changed, in whatever order and on whatever days: what is
held is what the naive reckoning says, and nothing that was earned is altered by a setting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as st
from sqlmodel import select

from bot.clock import FixedClock
from bot.config import Settings
from bot.context import Ctx
from bot.db import Database
from bot.models.qualifications import Curriculum, ExpiryRule, Qualification
from bot.models.records import Equivalence, TrainingRecord
from bot.training.qualifications import earning
from tests import databases
from tests.conftest import START
from tests.integration.qualifications import naive
from tests.integration.qualifications.conftest import Academy

COURSES = ("A", "B", "C", "R", "S", "X")
ITEMS = {"V": ("A", "B?", "C?"), "R": ("R",), "S": ("S?", "C?")}
NEEDED = {"V": 2, "R": None, "S": 1}

complete = st.tuples(
    st.just("complete"), st.sampled_from(COURSES), st.integers(0, 900) | st.integers(0, 40)
)
bring = st.tuples(
    st.just("bring"),
    st.lists(st.tuples(st.sampled_from(COURSES), st.integers(0, 2500)), min_size=1, max_size=5),
    st.just(0),
)
around_the_end = st.sampled_from((-1, 0, 1, 14, 15)) | st.integers(-120, 260)
renew = st.tuples(
    st.just("renew"), st.sampled_from(("", "", "", "AB", "XC", "A", "RS")), around_the_end
)
take_back = st.tuples(st.just("take_back"), st.integers(0, 8), st.just(0))
wait = st.tuples(st.just("wait"), st.integers(1, 500), st.just(0))
change = st.tuples(
    st.just("change"),
    st.fixed_dictionaries(
        {
            "rule": st.sampled_from([rule.value for rule in ExpiryRule]),
            "months": st.sampled_from((12, 1, 6, 13, 24, 30, None)),
            "fixed_day": st.sampled_from(("12-31", "02-29", "06-30", "03-01")),
            "least": st.sampled_from((0, 3, 8)),
            "window": st.sampled_from((0, 1, 30, 90, 400)),
            "grace": st.sampled_from((14, 0, 200)),
            "renewed_by": st.sampled_from(
                (
                    {"V": None, "R": None, "S": None},
                    {"V": "R", "R": None, "S": None},
                    {"V": "R", "R": "S", "S": "R"},
                )
            ),
        }
    ),
    st.just(0),
)
histories = st.tuples(
    change,
    st.lists(
        st.one_of(renew, renew, renew, renew, take_back, complete, bring, wait, change),
        min_size=6,
        max_size=16,
    ),
)


@dataclass
class Twin:
    """The same history in the database and in the naive reckoning."""

    academy: Academy
    clock: FixedClock
    curricula: dict[str, Curriculum]
    rules: naive.Rules
    person: naive.Person
    frozen: dict[int | None, tuple[Any, ...]]

    def do(self, what: str, first: Any, second: Any) -> None:
        getattr(self, what)(first, second)
        self.compare()

    def complete(self, course: str, days_ago: int) -> None:
        self._record(course, days_ago)
        self._earn()

    def bring(self, records: list[tuple[str, int]], _nothing: int) -> None:
        for course, days_ago in records:
            self._record(course, days_ago)
        self._earn()

    def renew(self, courses: str, days_after_the_end: int) -> None:
        """Complete courses so many days after the last day of what is held, or after today; no
        course named: those that renew it.
        """
        rows = self.standing()
        end = rows[-1].expires_on if rows and rows[-1].expires_on else self.today
        day = end + dt.timedelta(days=days_after_the_end)
        if day > self.today:
            self.clock.advance(days=(day - self.today).days)
        through = self.person.rows[-1].through if rows else "V"
        way = self.rules.renewed_by[through] or through
        for course in courses or {"V": "AC", "R": "R", "S": "S"}[way]:
            self._record(course, (self.today - day).days)
        self._earn()

    def take_back(self, place: int, _nothing: int) -> None:
        """One of the latest completions was none."""
        if not self.person.done:
            return
        place = -1 - place % len(self.person.done)
        used = [self._used(row) for row in self.standing()]
        course, day = self.person.done.pop(place)
        session = self.academy.ctx.session
        query = select(TrainingRecord).where(
            TrainingRecord.course_id == self.academy.course(course).id,
            TrainingRecord.completed_on == day,
        )
        session.delete(session.exec(query).one())
        session.flush()
        earning.settle(self.academy.ctx, [self.academy.ids["dara"]])
        self.person.settle(self.rules, self.today, used)

    def wait(self, days: int, _nothing: int) -> None:
        self.clock.advance(days=days)
        self._earn()

    def change(self, said: dict[str, Any], _nothing: int) -> None:
        for name, value in said.items():
            setattr(self.rules, name, value)
        row = self.curricula["V"]
        row.expiry_rule, row.valid_months = ExpiryRule(said["rule"]), said["months"]
        row.fixed_day, row.min_months = said["fixed_day"], said["least"]
        row.window_days, row.grace_days = said["window"], said["grace"]
        for code, after in said["renewed_by"].items():
            self.curricula[code].renewed_by_id = self.curricula[after].id if after else None
        self.academy.ctx.session.flush()
        self._earn()

    def compare(self) -> None:
        rows = self.standing()
        codes = {row.id: code for code, row in self.curricula.items()}
        found = [
            naive.Row(
                row.earned_on,
                codes[row.through_id],
                row.expires_on,
                row.window_on,
                row.grace_days,
            )
            for row in rows
        ]
        assert found == self.person.rows
        assert [row.current for row in rows] == [False] * (len(rows) - 1) + [True] * bool(rows)
        since = dt.date.min
        for row, one in zip(rows, found, strict=True):
            used = self._used(row)
            assert used <= set(self.person.between(since, row.earned_on))
            assert naive.is_enough(self.rules, one.through, used)
            since = row.window_on or since
        self._nothing_altered(rows)

    def standing(self) -> list[Qualification]:
        rows = self.academy.rows("dara", self.curricula["V"])
        return [row for row in rows if row.withdrawn_at is None]

    def _nothing_altered(self, rows: list[Qualification]) -> None:
        """The dates of a row are those with which it was made."""
        for row in rows:
            dates = (row.earned_on, row.expires_on, row.window_on, row.grace_days, row.rule)
            assert self.frozen.setdefault(row.id, dates) == dates

    @property
    def today(self) -> dt.date:
        return self.clock.now().date()

    def _record(self, course: str, days_ago: int) -> None:
        day = self.today - dt.timedelta(days=days_ago)
        if (course, day) not in self.person.done:
            self.person.done.append((course, day))
            self.academy.record("dara", course, day.isoformat())

    def _earn(self) -> None:
        earning.earn(self.academy.ctx, [self.academy.ids["dara"]])
        self.person.earn(self.rules, self.today)

    def _used(self, row: Qualification) -> set[tuple[str, dt.date]]:
        codes = {self.academy.course(code).id: code for code in COURSES}
        return {(codes[what], dt.date.fromisoformat(day)) for what, day in row.evidence}


@pytest.fixture
def database(settings: Settings, tables: str) -> Iterator[Database]:
    """All histories together take longer than one statement may."""
    databases.copy(settings.database_url, tables)
    database = Database(settings.database_url, statement_seconds=None)
    yield database
    database.close()


@pytest.fixture
def twin(academy: Academy, clock: FixedClock) -> Twin:
    curricula = {
        code: academy.curriculum(code, "; ".join(items), needed=NEEDED[code])
        for code, items in ITEMS.items()
    }
    counted, other = academy.course("A").id, academy.course("X").id
    academy.add(Equivalence(course_id=counted, title="X", other_course_id=other))
    rules = naive.Rules(ITEMS, dict(NEEDED), {"V": None, "R": None, "S": None})
    return Twin(academy, clock, curricula, rules, naive.Person(), {})


@at_most(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_any_history__compared_with_the_naive_reckoning__holds_the_same(
    twin: Twin, ctx: Ctx, history: tuple[Any, list[Any]]
) -> None:
    first, steps = history
    twin.clock.set(START)
    twin.person, twin.frozen = naive.Person(), {}
    undone = ctx.session.begin_nested()
    try:
        for step in (first, ("bring", [("A", 3), ("B", 1)], 0), *steps):
            twin.do(*step)
    finally:
        undone.rollback()
        ctx.session.expire_all()
