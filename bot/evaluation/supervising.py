"""Who can judge an officer's work: who has led them long enough, by the history of posts.

That is the supervisor, or who acts for them; else who led the officer before; else the next in
line. Whoever is away is passed over, unless they come back in time and nobody stands in.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select

from bot.context import Ctx
from bot.models.approvals import Deputy
from bot.models.people import Person, Posting

LEAST_DAYS = 30
"""Who has led somebody for fewer days than this cannot judge them yet."""
NOT_MY_OFFICER = "not_mine"
"""The reason given by somebody who was asked about another's officer."""
MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Stint:
    """The time that somebody led an officer without a break; `until_on` is the first day after.

    Without `supervisor_id` the post above was vacant.
    """

    supervisor_id: int | None
    from_on: dt.date
    until_on: dt.date | None


def stints(rows: Iterable[Posting]) -> list[Stint]:
    """Postings in their order, those under the same supervisor as one."""
    found: list[Stint] = []
    for row in rows:
        last = found[-1] if found else None
        if last is not None and last.supervisor_id == row.supervisor_id:
            found[-1] = Stint(last.supervisor_id, last.from_on, row.until_on)
        else:
            found.append(Stint(row.supervisor_id, row.from_on, row.until_on))
    return found


def led_long_enough(history: Sequence[Stint], hired_on: dt.date | None, on: dt.date) -> bool:
    """Whether who leads an officer on a day has done so long enough to judge.

    Where the history begins with them, and not because the officer was hired then, how long it
    had been before is not known and taken as enough.
    """
    current = history[-1]
    begins_here = len(history) == 1 and (hired_on is None or hired_on < current.from_on)
    return begins_here or (on - current.from_on).days >= LEAST_DAYS


def before(history: Sequence[Stint]) -> list[int]:
    """Who led an officer earlier, the last one first; those who did so long enough go before."""
    earlier = [
        (stint.supervisor_id, ((stint.until_on or after.from_on) - stint.from_on).days)
        for stint, after in reversed(list(pairwise(history)))
        if stint.supervisor_id is not None
    ]
    long_enough = [who for who, days in earlier if days >= LEAST_DAYS]
    return list(dict.fromkeys([*long_enough, *(who for who, _days in earlier)]))


def histories(ctx: Ctx, people: Collection[Person], on: dt.date) -> dict[int, list[Stint]]:
    """Who led each of these people up to a day; without postings, who leads them now."""
    rows: dict[int, list[Posting]] = defaultdict(list)
    for row in ctx.session.scalars(
        select(Posting)
        .where(Posting.person_id.in_([person.id for person in people]), Posting.from_on <= on)
        .order_by(Posting.from_on, Posting.id)
    ):
        rows[row.person_id].append(row)
    return {
        person.id: stints(rows[person.id]) or [Stint(person.supervisor_id, on, None)]
        for person in people
        if person.id is not None
    }


class Judges:
    """Finds who is asked about officers, as things are today."""

    def __init__(self, ctx: Ctx, people: Collection[Person], today: dt.date) -> None:
        self._ctx, self._today = ctx, today
        self._histories = histories(ctx, people, today)

    def of(self, person: Person, until: dt.date, not_these: Collection[int] = ()) -> int | None:
        """Who is asked about an officer; None if nobody can judge.

        The supervisor may be away who is back by `until`; `not_these` have said that it is not
        their officer.
        """
        assert person.id is not None, "only people of the roster are judged"
        passed_over = {person.id, *not_these}
        for who, may_return in self._candidates(person):
            judge = self._there(who, until if may_return else self._today)
            if judge is not None and judge not in passed_over:
                return judge
        return None

    def _candidates(self, person: Person) -> Iterable[tuple[int, bool]]:
        """Who may be asked, the best first, and whether it is worth waiting for them."""
        assert person.id is not None
        history = self._histories[person.id]
        current = self._on_duty(person, history[-1].supervisor_id)
        if current is not None and led_long_enough(history, person.hired_on, self._today):
            yield current, True
        earlier = before(history)
        yield from ((who, False) for who in earlier)
        last = next((who for who in (current, *earlier) if who is not None), None)
        yield from ((who, False) for who in self._line_above(last))

    def _on_duty(self, person: Person, supervisor_id: int | None) -> int | None:
        """Whoever acts for the supervisor has all their duties, while it lasts."""
        acting, until = person.acting_supervisor_id, person.acting_until
        if acting is not None and (until is None or self._today <= until):
            return acting
        return supervisor_id

    def _there(self, person_id: int, until: dt.date) -> int | None:
        """Somebody, whom they named to stand in while away, or themselves if back in time."""
        person = self._ctx.session.get(Person, person_id)
        if person is None or not person.active:
            return None
        if not _is_away(person, self._today):
            return person_id
        deputy = self._deputy(person_id)
        return person_id if deputy is None and not _is_away(person, until) else deputy

    def _deputy(self, person_id: int) -> int | None:
        row = self._ctx.session.get(Deputy, person_id)
        if row is None or row.until_on < self._today:
            return None
        deputy = self._ctx.session.get(Person, row.deputy_id)
        is_there = deputy is not None and deputy.active and not _is_away(deputy, self._today)
        return row.deputy_id if is_there else None

    def _line_above(self, person_id: int | None) -> Iterable[int]:
        for _step in range(MOST_STEPS):
            person = self._ctx.session.get(Person, person_id) if person_id is not None else None
            person_id = person.supervisor_id if person is not None else None
            if person_id is None:
                return
            yield person_id


def _is_away(person: Person, today: dt.date) -> bool:
    return person.away_until is not None and today <= person.away_until
