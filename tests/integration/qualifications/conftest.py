"""The school with curricula: what is completed by hand of a test, and what is held then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.models.qualifications import Curriculum, CurriculumItem, Qualification
from bot.models.records import TrainingRecord
from bot.training.qualifications import earning, listeners
from bot.training.qualifications.items import parse
from bot.training.qualifications.listeners import Earned, Withdrawn
from tests.integration.training.conftest import School


class Academy(School):
    """`curriculum` makes one from its items as they are written; `complete` notes a completion
    and has it count.
    """

    def curriculum(self, code: str, items: str, **fields: Any) -> Curriculum:
        row: Curriculum = self.add(Curriculum(**{"code": code, "title": f"Title {code}"} | fields))
        for place, item in enumerate(parse(items), start=1):
            course_id = self.course(item.code).id
            self.add(
                CurriculumItem(
                    curriculum_id=row.id,
                    course_id=course_id,
                    optional=item.optional,
                    place=place,
                )
            )
        return row

    def record(self, key: str, course: str, day: str, title: str = "") -> TrainingRecord:
        """A completion that nobody has looked at yet; of a title where no course is named."""
        record: TrainingRecord = self.add(
            TrainingRecord(
                person_id=self.ids[key],
                course_id=self.course(course).id if course else None,
                title=title,
                completed_on=dt.date.fromisoformat(day),
            )
        )
        return record

    def complete(self, key: str, course: str, day: str) -> list[Earned]:
        self.record(key, course, day)
        return earning.earn(self.ctx, [self.ids[key]])

    def rows(self, key: str, curriculum: Curriculum) -> list[Qualification]:
        """Everything the person earned of it, the oldest first."""
        query = select(Qualification).where(
            Qualification.person_id == self.ids[key],
            Qualification.curriculum_id == curriculum.id,
        )
        return list(self.ctx.session.exec(query.order_by(Qualification.earned_on)))

    def held(self, key: str, curriculum: Curriculum) -> Qualification | None:
        """What stands now, if anything does."""
        current = [row for row in self.rows(key, curriculum) if row.current]
        assert len(current) <= 1
        return current[0] if current else None

    def span(self, key: str, curriculum: Curriculum) -> tuple[str, str]:
        """From when until when it is held now."""
        row = self.held(key, curriculum)
        assert row is not None
        return str(row.earned_on), str(row.expires_on)


@pytest.fixture
def academy(ctx: Ctx, clock: FixedClock) -> Academy:
    return Academy(ctx, clock)


class Heard:
    """What those who listen were told."""

    def __init__(self) -> None:
        self.earned: list[Earned] = []
        self.withdrawn: list[Withdrawn] = []


@pytest.fixture
def heard() -> Iterator[Heard]:
    found = Heard()
    listeners.on_earned("test")(lambda _ctx, news: found.earned.extend(news))
    listeners.on_withdrawn("test")(lambda _ctx, news: found.withdrawn.extend(news))
    yield found
    del listeners.EARNED["test"], listeners.WITHDRAWN["test"]
