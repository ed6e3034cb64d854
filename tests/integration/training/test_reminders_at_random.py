"""Over random moves, cancellations and withdrawals: who is reminded of what, and who has to be."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from babel.dates import format_date
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.calendar import instant
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.models.training import EnrolmentState, TrainingClass
from bot.scheduler.jobs import classes_soon
from bot.training import calling_off, enrolling, telling
from bot.training.schedule import start_of
from tests.cast import ZONE
from tests.conftest import START
from tests.integration.training.conftest import School
from tests.integration.training.post import delivered

WHO = {"dara": ZONE, "rith": "Pacific/Fiji", "maly": "Asia/Karachi"}
DAYS = (1, 7)
SETTLING = dt.timedelta(hours=12)
CODE = re.compile(r"class ([A-Z]+-\d)$", re.MULTILINE)

numbers = st.integers(0, 1)
people = st.sampled_from(sorted(WHO))
hours = st.integers(1, 150)
acts = st.one_of(
    st.tuples(st.just("admit"), numbers, people),
    st.tuples(st.just("leave"), numbers, people),
    st.tuples(st.just("move"), numbers, st.integers(-12, 20)),
    st.tuples(st.just("cancel"), numbers),
    st.tuples(st.just("hold"), numbers),
    st.tuples(st.just("outage"), hours),
)
play = st.tuples(st.just("play"), hours)
pauses = st.one_of(play, play, st.tuples(st.just("hold_post"), hours))
plans = st.lists(st.tuples(acts, pauses), min_size=3, max_size=12)


class Watched:
    """Two classes, three people, and what was said to whom about which first day."""

    def __init__(self, school: School) -> None:
        self.school = school
        for who, zone in WHO.items():
            school.person(who).timezone = zone
        times = {"start_time": dt.time(8), "end_time": dt.time(16), "seats": 3}
        self.classes = [school.hold(begins_in=days, course=name, **times)
                        for days, name in ((9, "VAL"), (20, "RKC"))]  # fmt: skip
        self.moved: dict[int | None, dt.datetime] = {}
        self.said: Counter[tuple[str, int, dt.date]] = Counter()
        self.on: dict[tuple[str, int, dt.date], list[dt.date]] = {}

        for number, who in product((0, 1), WHO):
            self.admit(number, who)

    def do(self, act: tuple[Any, ...]) -> None:
        getattr(self, act[0])(*act[1:])

    def admit(self, number: int, who: str) -> None:
        held = self.classes[number]
        if held.cancelled_at is None and self._row(held, who) is None and not self._begun(held):
            enrolling.admit(self.school.ctx, held.id, self.school.ids[who])

    def leave(self, number: int, who: str) -> None:
        held = self.classes[number]
        row = self._row(held, who)
        if row is not None and not self._begun(held):
            enrolling.withdraw(self.school.acting(who), row.id)

    def move(self, number: int, days: int) -> None:
        held = self.classes[number]
        before, now = telling.timetable(held), self.school.ctx.now()
        starts_on = held.starts_on + dt.timedelta(days=days)
        if starts_on > now.date() and days and held.cancelled_at is None:
            held.starts_on, held.ends_on = starts_on, held.ends_on + dt.timedelta(days=days)
            telling.class_moved(self.school.ctx, held, before)
            self.moved[held.id] = now

    def cancel(self, number: int) -> None:
        calling_off.cancel(self.school.ctx, self.classes[number].id)

    def hold(self, number: int) -> None:
        calling_off.bring_back(self.school.ctx, self.classes[number].id)

    def play(self, hours: int) -> None:
        """The clock goes from due moment to due moment; nobody is forgotten."""
        now = self.school.ctx.now()
        until = now + dt.timedelta(hours=hours)
        self._send()
        while (moment := classes_soon.next_due(self.school.ctx, now)) and moment < until:
            self.school.clock.set(moment + dt.timedelta(seconds=1))
            self._run(since=now)
            now = self.school.ctx.now()
        self.school.clock.set(until)
        self._run(since=now)

    def outage(self, hours: int) -> None:
        """Nothing of Rollcall runs."""
        self.school.clock.advance(hours=hours)

    def hold_post(self, hours: int) -> None:
        """Everything is queued in time, and nothing can be sent."""
        until = self.school.ctx.now() + dt.timedelta(hours=hours)
        while (moment := classes_soon.next_due(self.school.ctx, self.school.ctx.now())) and (
            moment < until
        ):
            self.school.clock.set(moment + dt.timedelta(seconds=1))
            classes_soon.run(self.school.ctx)
        self.school.clock.set(until)

    def _run(self, since: dt.datetime) -> None:
        owed = set(self._owed(since))
        self._send()
        assert owed <= set(self.said)

    def _send(self) -> None:
        classes_soon.run(self.school.ctx)
        for who, letters in delivered(self.school).items():
            for letter in letters:
                if letter.title.startswith("Your class begins") or "begin soon" in letter.title:
                    self._check(who, letter.text)

    def _check(self, who: str, text: str) -> None:
        codes = CODE.findall(text)
        assert codes
        assert len(set(codes)) == len(codes)
        for code in codes:
            (held,) = (held for held in self.classes if held.code == code)
            assert self._row(held, who) is not None
            assert held.cancelled_at is None
            assert not self._begun(held)
            assert f"From {format_date(held.starts_on, 'medium', locale='en')} to" in text
            self._note(who, held)

    def _note(self, who: str, held: TrainingClass) -> None:
        occasion = (who, held.id, held.starts_on)
        self.said[occasion] += 1
        days = self.on.setdefault(occasion, [])
        days.append(self.school.ctx.now().date())
        assert self.said[occasion] <= len(DAYS)
        assert len(set(days)) == len(days)

    def _owed(self, since: dt.datetime) -> Iterator[tuple[str, int, dt.date]]:
        """Whom a reminder falls due for after `since`, who had been told nothing just before."""
        for held, (who, zone), days in product(self.classes, WHO.items(), DAYS):
            row = self._row(held, who)
            at = instant(held.starts_on - dt.timedelta(days=days), dt.time(9), zone)
            if row is None or held.cancelled_at or self._begun(held):
                continue
            last = max(row.changed_at, self.moved.get(held.id, START))
            if since < at <= self.school.ctx.now() and last <= at - SETTLING:
                yield who, held.id, held.starts_on

    def _row(self, held: TrainingClass, who: str) -> Any:
        row = enrolling.find(self.school.ctx, held.id, self.school.ids[who])
        return row if row.id and row.state is EnrolmentState.ENROLLED else None

    def _begun(self, held: TrainingClass) -> bool:
        starts_at = start_of(held, ZONE)
        return starts_at is not None and self.school.ctx.now() >= starts_at


@pytest.fixture
def patient(database: Database, clock: FixedClock, settings: Settings) -> Iterator[School]:
    """The cast in one transaction that may take as long as all plans together."""
    own = Database(settings.database_url, statement_seconds=None)
    with own.transaction() as session:
        yield School(Ctx(session, clock, SYSTEM, settings), clock)
    own.close()


@given(plan=plans)
@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reminders__over_random_plans__are_true_and_told_once(
    patient: School, plan: list[tuple[tuple[Any, ...], tuple[Any, ...]]]
) -> None:
    patient.clock.set(START)
    undone = patient.ctx.session.begin_nested()
    try:
        watched = Watched(patient)
        for act, pause in plan:
            watched.do(act)
            watched.do(pause)
            patient.ctx.session.flush()
    finally:
        undone.rollback()
