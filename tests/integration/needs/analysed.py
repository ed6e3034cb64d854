"""A round of needs with ratings and wishes: few by hand, or many thrown by a seeded die."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from bot.clock import FixedClock
from bot.context import Ctx
from bot.models.needs import (
    Channel,
    Competency,
    CompetencyRating,
    Need,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
    Topic,
)
from bot.models.people import UnitKind
from tests.integration.training.conftest import School as TrainingSchool

PLAN_YEAR = dt.date(2027, 1, 1)
CODES = ("HS", "VAL", "ORIGIN")


class Needy(TrainingSchool):
    """The cast, three competencies that officers need at level 3, and a round that has closed."""

    def __init__(self, ctx: Ctx, clock: FixedClock) -> None:
        super().__init__(ctx, clock)
        self.competencies = [
            self.add(Competency(code=code, name=f"Competency {code}")) for code in CODES
        ]
        for one in self.competencies:
            self.require("Officer", one, 3)
        self.round = self.add(
            NeedsRound(
                plan_year=PLAN_YEAR,
                opens_on=dt.date(2026, 2, 1),
                closes_on=dt.date(2026, 2, 20),
                state=RoundState.CLOSED,
            )
        )

    @property
    def round_id(self) -> int:
        return int(self.round.id)

    def require(self, position: str, one: Competency, level: int) -> None:
        self.add(PositionLevel(position=position, competency_id=one.id, level=level))

    def rate(self, who: str, level: int, code: str = "HS", *, own: bool = False) -> None:
        """A level that the supervisor, or the person, sees."""
        self.add(
            CompetencyRating(
                round_id=self.round_id,
                person_id=self.ids[who],
                competency_id=self.competencies[CODES.index(code)].id,
                source=RatedBy.SELF if own else RatedBy.SUPERVISOR,
                level=level,
                rated_at=self.ctx.now(),
            )
        )

    def topic(self, name: str, code: str = "", **fields: Any) -> Topic:
        about = self.competencies[CODES.index(code)].id if code else None
        return self.add(Topic(name=name, competency_id=about, **fields))

    def wish(self, who: str, words: str, importance: int | None = 3, **fields: Any) -> Need:
        """What an officer says they need."""
        settings: dict[str, Any] = {
            "round_id": self.round_id,
            "channel": Channel.OFFICER,
            "told_by": self.ids[who],
            "person_id": self.ids[who],
            "told_at": self.ctx.now(),
            "words": words,
            "importance": importance,
        }
        return self.add(Need(**settings | fields))

    def throw(self, people: int, seed: int = 7) -> None:
        """Many officers of offices in two clusters, rated at random, some not at all."""
        dice = random.Random(seed)
        offices = []
        for name in ("North", "South"):
            cluster = self.add_unit(name)
            cluster.kind = UnitKind.CLUSTER
            region = self.add_unit(f"{name} region", cluster)
            offices += [self.add_unit(f"{name} {n}", region) for n in range(3)]
        for one in self.competencies[:2]:
            self.require("Inspector", one, 4)
        for number in range(people):
            key = f"p{number}"
            self.add_person(
                key,
                unit_id=dice.choice(offices).id,
                position=dice.choice(("Officer", "officer", "Inspector", "Clerk", "")),
                active=dice.random() > 0.1,
            )
            for code in CODES:
                if dice.random() > 0.3:
                    self.rate(key, dice.randint(0, 5), code)
                if dice.random() > 0.4:
                    self.rate(key, dice.randint(0, 5), code, own=True)
