"""Random lives of one class, played beside the naive account: both must ask the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlmodel import select

from bot.campaigns import evaluations
from bot.campaigns.evaluation_rules import MOVABLE
from bot.evaluation import closing
from bot.models.evaluation import Assignment, AssignmentState, EvaluationSetting
from bot.models.people import Person
from bot.models.training import EnrolmentState
from tests.integration.evaluation.followed import Followed
from tests.integration.evaluation.naive import ABOVE, DAY, STAGES, TRAINEES, Rule, World, at
from tests.integration.evaluation.plans import PEOPLE, ZONES, Case

OFF = Rule(False, 0, 0, 1)


def world_of(case: Case) -> World:
    """What the naive account begins with."""
    rules = dict(zip(STAGES, case.rules, strict=True))
    first = [case.starts - days * DAY for days in case.since]
    return World(
        case.starts,
        case.starts + case.length * DAY,
        rules,
        dict(zip(PEOPLE, case.zones, strict=True)),
        {who: [(case.bosses[place], first[place])] for place, who in enumerate(TRAINEES)},
        {who: first[place] if case.hired[place] else None for place, who in enumerate(TRAINEES)},
    )


class Both:
    """The same case in the product and in the naive account, step by step."""

    def __init__(self, followed: Followed, case: Case) -> None:
        self.followed, self.case, self.world = followed, case, world_of(case)
        self.people = self._people()
        self.clock = followed.school.clock
        trainees = [self.people[who] for who in TRAINEES]
        ends = self.world.ends.isoformat()
        self.held = followed.held(ends, *trainees, starts_on=case.starts.isoformat())
        for one in MOVABLE:
            rule = self.world.rules.get(one.name, OFF)
            followed.school.add(EvaluationSetting(category="", rule=one.name, **_as_row(rule)))
        self.clock.set(case.begins)
        self._naive_at = case.begins

    def _people(self) -> dict[str, Person]:
        school = self.followed.school
        found = {who: school.person(who, timezone=self.world.zones[who]) for who in PEOPLE}
        for who, above in ABOVE.items():
            found[who].supervisor_id = found[above].id if above else None
        for who in TRAINEES:
            ((boss, since),) = self.world.led[who]
            found[who].hired_on = self.world.hired[who]
            self.followed.led_by(found[who], found[boss] if boss else None, since)
        return found

    def play(self) -> None:
        """Every event at its time, then on until nothing can follow any more."""
        up_from = self.case.begins
        for days, hours, act in self.case.events:
            moment = self.case.begins + days * DAY + dt.timedelta(hours=hours)
            self._until(moment, up_from)
            if act[0] == "outage":
                up_from = max(up_from, moment + act[1] * DAY)
                continue
            getattr(self, f"_{act[0]}")(*act[1:])
            self.followed.school.session.flush()
            if moment >= up_from:
                self._tick()
                self.world.tick(moment)
        last = max(self.world.ends, self.case.starts) + 9 * 31 * DAY + 160 * DAY
        months = max(rule.months for rule in self.case.rules)
        self._until(at(last - (9 - months) * 31 * DAY, 0, "UTC"), up_from)

    def _until(self, moment: dt.datetime, up_from: dt.datetime) -> None:
        """Let time pass, from when the outage is over, if there is one."""
        if up_from > self.clock.now():
            self.clock.set(min(up_from, moment))
            self._naive_at = self.clock.now()
        if moment < up_from:
            return
        for due in self._due_moments(moment):
            self.clock.set(due)
        self.clock.set(moment)
        self._tick()
        for step in self._naive_steps(self._naive_at, moment):
            self.world.tick(step)
        self._naive_at = moment

    def _due_moments(self, until: dt.datetime) -> Iterator[dt.datetime]:
        ctx = self.followed.school.ctx
        while True:
            self._tick()
            now = self.clock.now()
            due = (evaluations.next_due(ctx, now), closing.next_closing(ctx, now))
            known = [one if one.tzinfo else one.replace(tzinfo=dt.UTC) for one in due if one]
            if not known or min(known) > until:
                return
            yield min(known)

    def _tick(self) -> None:
        evaluations.arrange(self.followed.school.ctx)
        closing.close_due(self.followed.school.ctx)
        self.followed.school.session.flush()

    def _naive_steps(self, since: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
        """All moments at which anything can fall due or close, known or not."""
        steps = {since, until}
        for number in range((until - since).days + 4):
            day = since.date() + (number - 2) * DAY
            steps |= {
                at(day, hour, zone, minute)
                for zone in {*self.case.zones, ZONES[0]}
                for hour, minute in ((9, 0), (23, 59))
            }
            steps |= {at(day, 0, ZONES[0]), at(day, 8, ZONES[0])}
        return sorted(step for step in steps if since <= step <= until)

    # What happens ----------------------------------------------------------------

    def _move(self, days: int, length: int) -> None:
        world = self.world
        world.starts += days * DAY
        world.ends = world.starts + length * DAY
        self.held.starts_on, self.held.ends_on = world.starts, world.ends

    def _cancel(self, cancelled: bool) -> None:
        self.world.cancelled = cancelled
        self.held.cancelled_at = self.clock.now() if cancelled else None

    def _leave_class(self, who: str, leaves: bool) -> None:
        enrolment = self.followed.school.enrolment(self.held, self.people[who].id)
        enrolment.state = EnrolmentState.WITHDRAWN if leaves else EnrolmentState.ENROLLED
        (self.world.outside.add if leaves else self.world.outside.discard)(who)

    def _lead(self, who: str, boss: str | None) -> None:
        today = at_home(self.clock.now())
        if self.world.led[who][-1][1] > today:
            return
        self.world.led[who].append((boss, today))
        self.followed.led_by(self.people[who], self.people[boss] if boss else None, today)

    def _act(self, who: str, boss: str, days: int) -> None:
        until = at_home(self.clock.now()) + days * DAY
        self.world.acting[who] = (boss, until)
        person = self.people[who]
        person.acting_supervisor_id, person.acting_until = self.people[boss].id, until

    def _go_away(self, who: str, days: int) -> None:
        until = at_home(self.clock.now()) + days * DAY
        self.world.away[who] = self.people[who].away_until = until

    def _quit(self, who: str) -> None:
        self.world.gone.add(who)
        self.people[who].active = False

    def _answer(self, place: int) -> None:
        self._end_one(place, STAGES, "answered", "")

    def _decline(self, reason: str) -> None:
        self._end_one(0, STAGES[2:], "declined", reason)

    def _end_one(self, place: int, stages: tuple[str, ...], state: str, reason: str) -> None:
        found = sorted(
            key
            for key, one in self.world.asked.items()
            if one.state == "open" and key[0] in stages
        )
        if len(found) <= place:
            return
        one = self.world.asked[found[place]]
        one.state, one.reason = state, reason
        row = self._rows()[found[place]]
        row.state, row.reason = AssignmentState(state), reason

    # What came of it -------------------------------------------------------------

    def _rows(self) -> dict[tuple[str, str, str, dt.date], Assignment]:
        names = {person.id: who for who, person in self.people.items()}
        return {
            (
                row.stage,
                names[row.person_id],
                names[row.about_id or row.person_id],
                row.occasion,
            ): row
            for row in self.followed.school.session.exec(select(Assignment))
        }

    def asked(self) -> dict[Any, Any]:
        """What the product asked, in the words of the naive account."""
        return {
            key: (row.opens_at, row.closes_at, row.state.value, row.reason)
            for key, row in self._rows().items()
        }

    def expected(self) -> dict[Any, Any]:
        return {
            key: (one.opened, one.closes, one.state, one.reason)
            for key, one in self.world.asked.items()
        }


def at_home(now: dt.datetime) -> dt.date:
    """The date where the administration is."""
    return (now + dt.timedelta(hours=7)).date()


def _as_row(rule: Rule) -> dict[str, Any]:
    return {
        "switched_on": rule.on,
        "months": rule.months,
        "days": rule.days,
        "open_days": rule.open_days,
    }


def disagreement(followed: Followed, case: Case) -> str:
    """What the product did otherwise than the naive account; empty if nothing."""
    undone = followed.school.session.begin_nested()
    try:
        both = Both(followed, case)
        both.play()
        asked, expected = both.asked(), both.expected()
    finally:
        undone.rollback()
        followed.school.session.expire_all()
    if asked == expected:
        return ""
    keys = sorted(asked.keys() | expected.keys())
    lines = [
        f"{key}: {asked.get(key)}, expected {expected.get(key)}"
        for key in keys
        if asked.get(key) != expected.get(key)
    ]
    return "\n".join([str(case), *lines])
