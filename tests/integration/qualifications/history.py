"""Histories of three people with two qualifications, beside a simple account of what is true."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import suppress
from itertools import product
from typing import Any

from sqlalchemy import func
from sqlmodel import select

from bot import policy
from bot.errors import Refusal
from bot.models.delivery import ItemState, OutboxItem
from bot.models.qualifications import (
    CurriculumAssignment,
    ExpiryRule,
    Qualification,
    Requirement,
)
from bot.models.records import TrainingRecord
from bot.people import editing, leavers
from bot.scheduler.jobs import qualifications
from bot.training.qualifications import earning, extensions
from tests.integration.qualifications.account import WHO, Account
from tests.integration.qualifications.conftest import Academy
from tests.integration.training.post import delivered

COURSES = ("VAL", "LAW")
GO_LIVE = dt.date(2026, 1, 15)
FIRST_AGO = (150, 100, 90, 118, 170, 60)
"""How many days before the start each of them completed each course."""
ABOUT_HELD = ("qualification_ends", "qualification_lapsed", "qualification_earned")
ABOUT_ASKED = ("qualification_assigned", "assignment_due")


class History(Account):
    """Acts and pauses, and after each letter the question whether it is true, new and in time."""

    def __init__(self, academy: Academy) -> None:
        super().__init__(academy)
        for who, zone in WHO.items():
            academy.person(who).timezone = zone
        policy.change(academy.ctx, "go_live", GO_LIVE.isoformat())
        policy.change(academy.ctx, "daily_messages", "20")
        self.curricula = (
            academy.curriculum("VALUER", "VAL", valid_months=6, window_days=60),
            academy.curriculum("LAWYER", "LAW", valid_months=4, window_days=30, grace_days=20,
                               expiry_rule=ExpiryRule.PREVIOUS),
        )  # fmt: skip
        academy.add(
            Requirement(position="Valuer", curriculum_id=self.curricula[0].id, within_days=60)
        )
        self.said: Counter[tuple[Any, ...]] = Counter()
        self.first_stage: dict[int, int | None] = {}
        self.left: set[str] = set()
        self.seen = 0
        for place, (who, course) in enumerate(product(WHO, COURSES)):
            self.complete(who, course, FIRST_AGO[place])

    def do(self, act: tuple[Any, ...]) -> None:
        getattr(self, act[0])(*act[1:])
        self.academy.ctx.session.flush()

    # What happens ----------------------------------------------------------------

    def complete(self, who: str, course: str, ago: int) -> None:
        day = self.today(who) - dt.timedelta(days=ago)
        query = select(TrainingRecord.id).where(
            TrainingRecord.person_id == self.academy.ids[who],
            TrainingRecord.course_id == self.academy.course(course).id,
            TrainingRecord.completed_on == day,
        )
        if self.academy.ctx.session.exec(query).first() is None:
            self.academy.complete(who, course, str(day))
            self._freeze(who)

    def take_back(self, who: str) -> None:
        """The last completion was none."""
        query = select(TrainingRecord).where(TrainingRecord.person_id == self.academy.ids[who])
        record = self.academy.ctx.session.exec(query.order_by(TrainingRecord.id.desc())).first()
        if record is not None:
            self.academy.ctx.session.delete(record)
            self.academy.ctx.session.flush()
            earning.settle(self.academy.ctx, [self.academy.ids[who]])
            self._freeze(who)

    def away(self, who: str, days: int) -> None:
        until = self.academy.ctx.now().date() + dt.timedelta(days=days)
        self._set_away(who, until)
        self._freeze(who)

    def back(self, who: str) -> None:
        self._set_away(who, None)
        yesterday = self.academy.ctx.today() - dt.timedelta(days=1)
        for row in self.held(who):
            truth = self.truth(row)
            if truth.away_until is not None and truth.away_until > yesterday:
                truth.away_until = yesterday

    def extend(self, who: str, number: int, days: int) -> None:
        until = self.academy.ctx.today() + dt.timedelta(days=days)
        for row in self.held(who):
            if row.curriculum_id == self.curricula[number].id:
                with suppress(Refusal):
                    extensions.extend(self.academy.acting("sokha"), row.id, until, "So decided.")

    def move(self, who: str, position: str) -> None:
        self._edit(who, position=position)

    def leave_and_return(self, who: str) -> None:
        person_id = self.academy.ids[who]
        person = self.academy.person(who)
        unit = self.academy.acting("unit")
        self.left.add(who)
        if person.active:
            editing.deactivate(unit, person_id, editing.Leaving.RESIGNED)
        else:
            editing.bring_back(unit, person_id)
            self.academy.link(who)

    def set_days(self, days: str) -> None:
        policy.change(self.academy.ctx, "qualification_days", days)

    def _set_away(self, who: str, until: dt.date | None) -> None:
        """As a roster does it."""
        person = self.academy.person(who)
        person.away_until = until
        self.academy.ctx.session.flush()
        leavers.changed(self.academy.ctx, [self.academy.ids[who]], [])

    def _edit(self, who: str, **typed: str) -> None:
        if self.academy.person(who).active:
            editing.edit(self.academy.acting("unit"), self.academy.ids[who], typed)

    def _freeze(self, who: str) -> None:
        """An absence that is known freezes what has not lapsed."""
        until = self.academy.person(who).away_until
        for row in self.held(who):
            is_known = until is not None and until >= self.academy.ctx.today()
            if is_known and not self.is_lapsed(row, self.academy.ctx.today()):
                self.truth(row).away_until = until

    # What time does --------------------------------------------------------------

    def play(self, hours: int) -> None:
        """The clock goes from due moment to due moment; nobody is forgotten."""
        until = self.academy.ctx.now() + dt.timedelta(hours=hours)
        self._send()
        while (moment := self._next()) is not None and moment < until:
            self.academy.clock.set(moment + dt.timedelta(seconds=1))
            self._send()
        self.academy.clock.set(until)
        self._send()
        self._nobody_forgotten()

    def outage(self, hours: int) -> None:
        """Nothing of Rollcall runs."""
        self.academy.clock.advance(hours=hours)

    def hold_post(self, hours: int) -> None:
        """Everything is queued in time, and nothing can be sent."""
        until = self.academy.ctx.now() + dt.timedelta(hours=hours)
        while (
            moment := qualifications.next_due(self.academy.ctx, self.academy.ctx.now())
        ) and moment < until:
            self.academy.clock.set(moment + dt.timedelta(seconds=1))
            self._run()
        self.academy.clock.set(until)

    def _next(self) -> dt.datetime | None:
        now = self.academy.ctx.now()
        queued = self.academy.ctx.session.execute(
            select(func.min(OutboxItem.due_at)).where(
                OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at > now
            )
        ).scalar()
        moments = (qualifications.next_due(self.academy.ctx, now), queued)
        return min((one for one in moments if one is not None), default=None)

    def _send(self) -> None:
        self._run()
        delivered(self.academy)
        for item in self._just_sent():
            self._check(item)

    def _run(self) -> None:
        """The job runs; what it has written is true at this moment."""
        for who in WHO:
            for row in self.held(who):
                self.first_stage.setdefault(row.id or 0, row.told_stage)
        qualifications.run(self.academy.ctx)
        self.academy.ctx.session.flush()
        query = select(OutboxItem).where(OutboxItem.id > self.seen).order_by(OutboxItem.id)
        for item in self.academy.ctx.session.exec(query).all():
            self.seen = item.id or 0
            if item.notice in ABOUT_HELD and "stage" in item.params:
                self._check_written(item)

    def _check_written(self, item: OutboxItem) -> None:
        row = self.academy.ctx.session.get_one(Qualification, item.params["qualification"])
        who = next(key for key, number in self.academy.ids.items() if number == row.person_id)
        today = self.reminded_day(WHO[who])
        days = policy.value(self.academy.ctx.session, "qualification_days")
        assert not self.is_away(row, today)
        assert self.stage(row, days, today) == item.params["stage"]

    # What is asked of every letter -----------------------------------------------

    def _just_sent(self) -> list[OutboxItem]:
        """What went out at this very moment."""
        query = select(OutboxItem).where(
            OutboxItem.state == ItemState.SENT,
            OutboxItem.settled_at == self.academy.ctx.now(),
            OutboxItem.notice.in_((*ABOUT_HELD, *ABOUT_ASKED)),
        )
        found = [item for item in self.academy.ctx.session.exec(query) if item.id is not None]
        fresh = [item for item in found if not self.said["item", item.id]]
        self.said.update(("item", item.id) for item in fresh)
        return fresh

    def _check(self, item: OutboxItem) -> None:
        who = next(key for key, number in self.academy.ids.items() if number == item.person_id)
        today = self.today(who)
        assert self.academy.person(who).active
        if item.notice in ABOUT_ASKED:
            self._check_asked(item, today)
            return
        row = self.academy.ctx.session.get_one(Qualification, item.params["qualification"])
        assert row.current, "nobody hears of what was renewed or withdrawn"
        about = item.params.get("stage"), item.params.get("until"), row.extended_until
        told = item.notice, row.person_id, row.curriculum_id, row.earned_on, *about
        self.said[told] += 1
        assert self.said[told] == 1, f"told twice: {told}"
        if item.notice == "qualification_earned":
            assert not self.is_lapsed(row, today)
            return
        assert not self.is_away(row, today)
        assert self.is_lapsed(row, today) == (item.notice == "qualification_lapsed")
        assert row.expires_on is not None
        if (stage := item.params.get("stage")) is not None and stage > 0:
            assert (row.expires_on - today).days <= stage

    def _check_asked(self, item: OutboxItem, today: dt.date) -> None:
        row = self.academy.ctx.session.get_one(CurriculumAssignment, item.params["assignment"])
        assert row.ended_at is None
        told = item.notice, row.id, row.from_on, item.params.get("stage"), row.due_on
        self.said[told] += 1
        assert self.said[told] == 1, f"told twice: {told}"
        assert not any(
            held.curriculum_id == row.curriculum_id and not self.is_lapsed(held, today)
            for held in self.held_by(row.person_id)
        )

    def _nobody_forgotten(self) -> None:
        """Whatever holds today at some stage was told of it, or of a nearer one, or is queued."""
        days = policy.value(self.academy.ctx.session, "qualification_days")
        for who, zone in WHO.items():
            today = self.reminded_day(zone)
            for row in self.held(who) if self.academy.person(who).active else ():
                stage = self.stage(row, days, today)
                if stage is None or self.is_away(row, today):
                    continue
                assert row.told_stage is not None, (who, row.expires_on, today)
                assert row.told_stage <= stage, (who, row.expires_on, today)
                assert self._is_written(who, row)

    def _is_written(self, who: str, row: Qualification) -> bool:
        """Whether there is a message of the stage that a row is noted to be in; news of what was
        earned tells a stage, too, and who left may have missed one.
        """
        is_first = row.told_stage == self.first_stage.get(row.id or 0)
        is_before = row.expires_on is not None and row.expires_on < GO_LIVE
        if is_first or is_before or who in self.left or row.extended_until is not None:
            return True
        key = f"qualification:{row.id}:stage:{row.told_stage}:%"
        query = select(OutboxItem.id).where(OutboxItem.unique_key.like(key))
        return self.academy.ctx.session.exec(query).first() is not None
