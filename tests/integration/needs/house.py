"""The cast as officers, a survey that is open, and two competencies that their post requires."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlmodel import select

from bot.context import Actor, Ctx
from bot.models.needs import (
    Competency,
    CompetencyLevel,
    CompetencyRating,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
)
from bot.models.people import Person
from bot.needs import ratings
from tests.cast import settle_cast


class House:
    """The cast as officers, a round that is open, and two competencies their post requires."""

    def __init__(self, ctx: Ctx) -> None:
        self.ctx, self.session = ctx, ctx.session
        self.ids = settle_cast(ctx)
        self.hs = self.competency("HS", 5)
        self.law = self.competency("LAW", 3)
        self.round = self.add(
            NeedsRound(
                plan_year=dt.date(2027, 1, 1),
                opens_on=dt.date(2026, 3, 1),
                closes_on=dt.date(2026, 3, 31),
                state=RoundState.OPEN,
            )
        ).id
        self.require(self.hs, 4, importance=5)
        self.require(self.law, 2)

    def as_(self, key: str) -> Ctx:
        return replace(self.ctx, actor=Actor(self.ids[key], 1, "en", "UTC"))

    def competency(self, code: str, levels: int) -> int:
        row = self.add(Competency(code=code, name=code))
        for level in range(1, levels + 1):
            self.add(CompetencyLevel(competency_id=row.id, level=level, behaviour=f"{level}"))
        return row.id

    def require(self, competency_id: int, level: int, **more) -> int:
        row = PositionLevel(position="Officer", competency_id=competency_id, level=level, **more)
        return self.add(row).id

    def rate(self, by: str, whom: str, competency_id: int, level: int) -> None:
        ratings.rate(self.as_(by), self.round, self.ids[whom], competency_id, level)

    def rated(self, source: RatedBy = RatedBy.SUPERVISOR) -> dict[tuple[str, str], int]:
        rows = self.session.execute(
            select(Person.full_name, Competency.code, CompetencyRating.level)
            .join(Person, Person.id == CompetencyRating.person_id)
            .join(Competency, Competency.id == CompetencyRating.competency_id)
            .where(CompetencyRating.source == source)
        )
        return {(name, code): level for name, code, level in rows}

    def add(self, row):
        self.session.add(row)
        self.session.flush()
        return row
