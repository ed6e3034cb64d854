"""A second account of who is asked what about a class: plain lists, hour by hour, no database.

It shares nothing with the product but the words for states, and is slow on purpose.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
HOME = "Asia/Phnom_Penh"
TRAINEES = ("p0", "p1")
ABOVE = {"b0": "b2", "b1": "b2", "b2": None}
LEVEL_CHECK, PARTICIPANT, SUPERVISOR = STAGES = (
    "level_check",
    "follow_up_participant",
    "follow_up_supervisor",
)


class Rule(NamedTuple):
    on: bool
    months: int
    days: int
    open_days: int


@dataclass
class Asked:
    """One questionnaire: for which date of the class, since when, until when, and its end."""

    anchor: dt.date
    opened: dt.datetime
    closes: dt.datetime
    state: str = "open"
    reason: str = ""


@dataclass
class World:
    """The class and its people, as they are at a moment."""

    starts: dt.date
    ends: dt.date
    rules: dict[str, Rule]
    zones: dict[str, str]
    led: dict[str, list[tuple[str | None, dt.date]]]
    hired: dict[str, dt.date | None]
    cancelled: bool = False
    outside: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    away: dict[str, dt.date] = field(default_factory=dict)
    acting: dict[str, tuple[str, dt.date]] = field(default_factory=dict)
    asked: dict[tuple[str, str, str, dt.date], Asked] = field(default_factory=dict)
    """By stage, who, about whom, and the day it was due."""

    def tick(self, now: dt.datetime) -> None:
        """Everything that follows at a moment."""
        for key, one in self.asked.items():
            if one.state == "open":
                self._lift(key, one, now)
        for person in TRAINEES:
            for stage in STAGES:
                self._ask(stage, person, now)
        for one in self.asked.values():
            if one.state == "open" and one.closes <= now:
                one.state = "closed"

    def _lift(self, key: tuple[str, str, str, dt.date], one: Asked, now: dt.datetime) -> None:
        stage, who, about, _due = key
        anchor = self._anchor(stage)
        if self.cancelled or one.anchor != anchor:
            if self.cancelled or at(self._due(stage), 9, HOME) > now:
                one.state, one.reason = "recalled", "the class was moved"
                return
            one.anchor = anchor
        if about in self.outside or {who, about} & self.gone:
            one.state, one.reason = "recalled", "no longer in the class"

    def _ask(self, stage: str, person: str, now: dt.datetime) -> None:
        if not self.rules[stage].on or self.cancelled or person in self.outside | self.gone:
            return
        if any(
            self._counts(one) for key, one in self.asked.items() if key[::2] == (stage, person)
        ):
            return
        due = self._due(stage)
        if now < at(due - DAY, 0, "UTC"):
            return
        last = due + self.rules[stage].open_days * DAY
        who = self._judge(person, last, now) if stage == SUPERVISOR else person
        first = max(due, self.away[who] + DAY) if who in self.away else due
        if who is None or first - due > 60 * DAY or now < at(first, 9, self.zones[who]):
            return
        closes = self._closes(stage, who, first, now)
        if closes is not None:
            self.asked[stage, who, person, due] = Asked(self._anchor(stage), now, closes)

    def _counts(self, one: Asked) -> bool:
        return one.state != "recalled" and (one.state, one.reason) != ("declined", "not_mine")

    def _closes(
        self, stage: str, who: str, first: dt.date, now: dt.datetime
    ) -> dt.datetime | None:
        zone, days = self.zones[who], self.rules[stage].open_days
        regular = at(first + days * DAY, 23, zone, 59)
        if now >= regular:
            return None
        today = now.astimezone(ZoneInfo(zone)).date()
        closes = max(regular, at(today + min(2, days) * DAY, 23, zone, 59))
        begins = at(self.starts, 8, HOME)
        if stage != LEVEL_CHECK:
            return closes
        return min(closes, begins) if now < begins else None

    def _judge(self, person: str, last: dt.date, now: dt.datetime) -> str | None:
        today = now.astimezone(ZoneInfo(HOME)).date()
        refused = {
            key[1]
            for key, one in self.asked.items()
            if key[0] == SUPERVISOR and key[2] == person and one.reason == "not_mine"
        }
        for who, until in self._candidates(person, today, last):
            if who in self.gone | refused:
                continue
            if who not in self.away or self.away[who] < until:
                return who
        return None

    def _candidates(self, person: str, today: dt.date, last: dt.date) -> list[tuple[str, dt.date]]:
        """Who may be asked, the best first, and by when each must be there."""
        times: list[tuple[str | None, dt.date]] = []
        for boss, since in self.led[person]:
            if since <= today and (not times or times[-1][0] != boss):
                times.append((boss, since))
        if not times:  # a post still to come, of which the roster says whose it is
            times = [(self.led[person][0][0], today)]
        current, since = times[-1]
        if person in self.acting and self.acting[person][1] >= today:
            current = self.acting[person][0]
        hired = self.hired[person]
        unknown = len(times) == 1 and (hired is None or hired < since)
        found = []
        if current is not None and (unknown or today - since >= 30 * DAY):
            found.append((current, max(last, today)))
        earlier = [
            (boss, times[place + 1][1] - since)
            for place, (boss, since) in enumerate(times[:-1])
            if boss is not None
        ]
        earlier.reverse()
        found += [(boss, today) for boss, time in earlier if time >= 30 * DAY]
        found += [(boss, today) for boss, time in earlier if time < 30 * DAY]
        top = current or (found[0][0] if found else None)
        while top is not None:
            top = ABOVE[top]
            if top is not None:
                found.append((top, today))
        return found

    def _anchor(self, stage: str) -> dt.date:
        return self.starts if stage == LEVEL_CHECK else self.ends

    def _due(self, stage: str) -> dt.date:
        anchor, rule = self._anchor(stage), self.rules[stage]
        months = anchor.year * 12 + anchor.month - 1 + rule.months
        year, month = months // 12, months % 12 + 1
        day = min(anchor.day, calendar.monthrange(year, month)[1])
        return dt.date(year, month, day) + rule.days * DAY


def at(day: dt.date, hour: int, zone: str, minute: int = 0) -> dt.datetime:
    """An hour on the wall of a zone, in UTC."""
    wall = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return wall.astimezone(dt.UTC)
