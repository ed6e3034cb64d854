"""A simple account of what is true: how each qualification stands, told day by day, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import select

from bot.calendar import instant, local_date
from bot.models.qualifications import Qualification
from tests.cast import ZONE
from tests.integration.qualifications.conftest import Academy

WHO = {"dara": ZONE, "rith": "Pacific/Apia", "maly": "Asia/Kabul"}
RETURN_DAYS = 30


@dataclass
class Truth:
    """What an absence gives one qualification, as it is said in words and kept by hand."""

    away_until: dt.date | None = None


class Account:
    """What every qualification gives its holder today; what was told is no part of it."""

    def __init__(self, academy: Academy) -> None:
        self.academy = academy
        self.truths: dict[int, Truth] = {}

    def stage(self, row: Qualification, days: list[int], today: dt.date) -> int | None:
        if row.expires_on is None:
            return None
        if self.is_lapsed(row, today):
            return -1
        left = max((row.expires_on - today).days, 0)
        return min((day for day in (0, *days) if day >= left), default=None)

    def is_lapsed(self, row: Qualification, today: dt.date) -> bool:
        if row.expires_on is None:
            return False
        last = row.expires_on + dt.timedelta(days=row.grace_days)
        away = self.truth(row).away_until
        if row.extended_until is not None and row.extended_until > last:
            last = row.extended_until
        if away is not None and away >= row.expires_on:
            last = max(last, away + dt.timedelta(days=max(row.grace_days, RETURN_DAYS)))
        return today > last

    def is_away(self, row: Qualification, today: dt.date) -> bool:
        away = self.truth(row).away_until
        return away is not None and today <= away

    def truth(self, row: Qualification) -> Truth:
        assert row.id is not None
        return self.truths.setdefault(row.id, Truth())

    def held(self, who: str) -> list[Qualification]:
        return list(self.held_by(self.academy.ids[who]))

    def held_by(self, person_id: int) -> Iterator[Qualification]:
        self.academy.ctx.session.flush()
        query = select(Qualification).where(
            Qualification.person_id == person_id, Qualification.current
        )
        yield from self.academy.ctx.session.exec(
            query.execution_options(populate_existing=True)
        ).all()

    def today(self, who: str) -> dt.date:
        return local_date(self.academy.ctx.now(), WHO[who])

    def reminded_day(self, zone: str) -> dt.date:
        now = self.academy.ctx.now()
        today = local_date(now, zone)
        return today if instant(today, dt.time(9), zone) <= now else today - dt.timedelta(days=1)
