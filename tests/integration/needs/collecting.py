"""A round of needs for tests: planned, turned by the clock, worked through, answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlmodel import select

from bot.context import Ctx
from bot.evaluation import assignments
from bot.forms import versions
from bot.forms.library_sync import publish_library
from bot.forms.service import SUBMIT, Submission
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment
from bot.models.needs import Need, NeedsRound
from bot.models.people import Role
from bot.needs import asking, intake, prefill, rounds  # noqa: F401  (register themselves)
from bot.needs.rounds import RoundCard
from bot.people import heads
from tests.integration.training.conftest import School as TrainingSchool

FIRST, LAST = dt.date(2026, 3, 9), dt.date(2026, 3, 29)


class Survey(TrainingSchool):
    """The cast, whose `unit` runs the survey and whose `director` is an executive."""

    def __init__(self, ctx: Ctx, clock: Any) -> None:
        super().__init__(ctx, clock)
        publish_library(ctx)
        self.grant("director", Role.EXECUTIVE)

    def planned(self) -> RoundCard:
        return rounds.plan(self.acting("unit"), FIRST, LAST)

    def opened(self) -> RoundCard:
        """The round on its first day, everybody asked."""
        card = self.planned()
        self.at("2026-03-09T02:00")
        self.turn()
        return card

    def turn(self) -> int:
        """The scheduler's turn and the worker's; how many were newly asked."""
        rounds.turn_due(self.ctx)
        asked = 0
        for row in self.ctx.session.exec(select(NeedsRound)).all():
            leading = heads.all_heads(self.ctx.session)
            for stretch in asking.stretches(self.ctx):
                asked += asking.turn(self.ctx, row, stretch, leading)
            asking.gather(self.ctx, row)
        self.ctx.session.expire_all()
        return asked

    def at(self, text: str) -> None:
        self.clock.set(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC))

    def owed(self, key: str) -> dict[str, Assignment]:
        """What this person was ever asked, by kind of questionnaire."""
        rows = self.ctx.session.exec(
            select(Assignment)
            .where(Assignment.person_id == self.ids[key])
            .order_by(Assignment.id)
            .execution_options(populate_existing=True)
        )
        return {row.stage: row for row in rows}

    def answer(self, key: str, stage: str, **answers: Any) -> None:
        """This person's answers, by the form's own way in."""
        row = self.owed(key)[stage]
        ctx = self.acting(key)
        opening = assignments.begin(ctx, row.id)
        version = versions.current_version(ctx, opening.form)
        SUBMIT[opening.form](ctx, Submission(version, row.id, opening.purpose, answers))

    def change(self, key: str, row: Assignment, **answers: Any) -> None:
        """Other answers in place of those given before."""
        version = versions.current_version(self.ctx, row.form)
        SUBMIT[row.form](self.acting(key), Submission(version, None, {"again": row.id}, answers))

    def needs(self) -> list[Need]:
        query = select(Need).order_by(Need.id).execution_options(populate_existing=True)
        return list(self.ctx.session.exec(query))

    def notices(self, name: str = "needs_due") -> list[OutboxItem]:
        query = select(OutboxItem).where(OutboxItem.notice == name)
        return list(self.ctx.session.exec(query.order_by(OutboxItem.id)))
