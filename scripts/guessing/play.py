"""Weeks of one administration, event after event, and the moments at which it is copied.

Updates go through the real edge, committer, conversations and services, due work through the
real scheduler's jobs and worker; only the network is left out. Message numbers are given as
Telegram gives them: one row of numbers for all chats of a bot.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.committer import Committer
from bot.encoder import split_revision
from bot.evaluation import closing
from bot.evaluation.stages import REACTION_TRAINEE
from bot.events import Event, EventKind
from bot.models.evaluation import Assignment, AssignmentState
from bot.scheduler.registry import JOBS
from bot.work.queue import Workshop
from bot.work.runner import run_next
from handlers.edge import middleware
from handlers.edge.middleware import Desk, Outgoing
from handlers.edge.shown import Shown, ShownLog
from scripts.guessing.classes import Group
from scripts.guessing.house import START, House
from scripts.guessing.officer import Act, Officer, Phone

BOT_ID = 424242
JOB_SECONDS = 300
DUE = ("class_end", "nudges", "closing", "housekeeping")
AT_FIVE, AT_CLOSING = "at five", "at closing"
ENOUGH = 5
MISSED = 0.3
"""The share of rounds that fall out while no copy is due, as when the scheduler was down."""

Take = Callable[[str, int, list[Officer]], None]


@dataclass(order=True, slots=True)
class _Due:
    at: dt.datetime
    number: int
    step: Callable[[], object]


class Play:
    """Plays until every class has closed; `take` is called with (moment, class, officers).

    `officers` are those who were asked, by class.
    """

    def __init__(
        self, house: House, groups: list[Group], dice: random.Random, take: Take, *, shuffled: bool
    ) -> None:
        self._house, self._groups, self._dice, self._take = house, groups, dice, take
        self._is_shuffled = shuffled
        self._committer = Committer(house.database, house.clock, house.settings)
        self._shown = ShownLog(self._committer, house.clock)
        self._desk = Desk(BOT_ID, house.clock, house.settings)
        self._workshop = Workshop(house.database, house.clock, house.settings)
        self._queue: list[_Due] = []
        self._order = itertools.count()
        self._updates = itertools.count(7_000_000)
        self._messages = itertools.count(500)
        self.officers: dict[int, list[Officer]] = {}
        self._taken: set[tuple[str, int]] = set()
        self._round_is_due = False

    async def run(self) -> None:
        """From the first class's end to the last one's closing."""
        for place, group in enumerate(self._groups):
            self._at(START + group.ends + dt.timedelta(hours=12), self._ended(place))
        for person_id in self._house.bystanders:
            self._at(START, self._lives(Phone(self._house.accounts[person_id])))
        while self._queue:
            due = heapq.heappop(self._queue)
            self._house.clock.set(due.at)
            await due.step()  # type: ignore[misc]
        self._committer.close()

    def _at(self, moment: dt.datetime, step: Callable[[], object]) -> None:
        heapq.heappush(self._queue, _Due(moment, next(self._order), step))

    def _ended(self, place: int) -> Callable[[], object]:
        """The class is over: everybody is asked, each sits down at a time of their own."""

        async def step() -> None:
            await self._work_due()
            class_id = self._house.class_ids[place]
            asked = await self._committer.hop(
                lambda ctx: ctx.session.execute(
                    select(Assignment.person_id, Assignment.id, Assignment.closes_at).where(
                        Assignment.class_id == class_id,
                        Assignment.stage == REACTION_TRAINEE.name,
                    )
                ).all()
            )
            rows = {person_id: assignment_id for person_id, assignment_id, _closes in asked}
            self.officers[class_id] = self._sit_down(place, rows)
            closes = max(row[2] for row in asked)
            self._at(closes + dt.timedelta(seconds=1), self._closed(class_id))

        return step

    def _sit_down(self, place: int, rows: dict[int, int]) -> list[Officer]:
        officers = []
        for trainee, person_id in zip(
            self._groups[place].trainees, self._house.people[place], strict=True
        ):
            phone = Phone(self._house.accounts[person_id])
            officer = Officer(trainee, person_id, rows[person_id], phone)
            officers.append(officer)
            if trainee.starts is not None:
                begins = self._house.clock.now() + trainee.starts
                self._at(begins, self._next_act(officer, officer.acts()))
        return officers

    def _next_act(self, officer: Officer, acts: Iterator[Act]) -> Callable[[], object]:
        async def step() -> None:
            act = next(acts, None)
            if act is None:
                return
            was = officer.submitted
            self._at(
                self._house.clock.now() + dt.timedelta(seconds=act.after),
                self._acted(officer, acts, act, was),
            )

        return step

    def _acted(
        self, officer: Officer, acts: Iterator[Act], act: Act, was: bool
    ) -> Callable[[], object]:
        async def step() -> None:
            await self._do(officer.phone, act)
            if act.said.split("~")[0].endswith(":submit") and not was:
                self._ask_for_round()
            await self._next_act(officer, acts)()  # type: ignore[misc]

        return step

    def _lives(self, phone: Phone) -> Callable[[], object]:
        """Somebody who has nothing to do with the classes looks in now and then."""

        async def step() -> None:
            last = START + self._groups[-1].ends
            if self._house.clock.now() > last:
                return
            command = self._dice.choice(("tasks", "help", "mydata"))
            await self._do(phone, Act(EventKind.COMMAND, command, 0.0))
            pause = dt.timedelta(hours=self._dice.expovariate(1 / 30))
            self._at(self._house.clock.now() + pause, step)

        return step

    async def _do(self, phone: Phone, act: Act) -> None:
        """One update, from the phone to what it then shows."""
        event = self._event(phone, act)
        outgoing: Outgoing = await self._committer.run(
            lambda session: middleware.handle(session, self._desk, event),
            lambda: (event.user_id,),
        )
        encoded = outgoing.encoded
        if encoded is None:
            return
        edited = outgoing.edit is not None
        phone.message_id = outgoing.edit if outgoing.edit else next(self._messages)
        phone.screen = encoded
        at = int(self._house.clock.now().timestamp())
        self._shown.note(
            Shown(phone.user_id, outgoing.revision, phone.message_id, at, edited, encoded.asks)
        )
        await self._shown.idle()

    def _event(self, phone: Phone, act: Act) -> Event:
        update_id, now = next(self._updates), self._house.clock.now()
        if act.kind is EventKind.PRESS:
            action, revision = split_revision(act.said)
            return Event(
                update_id,
                act.kind,
                phone.user_id,
                text=action,
                revision=revision,
                message_id=phone.message_id,
                press_id=str(update_id),
            )
        written = next(self._messages)
        is_command = act.kind is EventKind.COMMAND
        return Event(
            update_id,
            act.kind,
            phone.user_id,
            at=now,
            message_id=written,
            command=act.said if is_command else "",
            text="" if is_command else act.said,
        )

    def _ask_for_round(self) -> None:
        """The shuffling job looks in at its next turn."""
        if self._round_is_due:
            return
        self._round_is_due = True
        seconds = JOB_SECONDS * self._dice.random()
        self._at(self._house.clock.now() + dt.timedelta(seconds=seconds), self._round)

    async def _round(self) -> None:
        self._round_is_due = False
        due = [class_id for class_id in self.officers if self._is_due(class_id)]
        if not due and self._dice.random() < MISSED:
            return
        await self._shuffle()
        for class_id in due:
            await self._copy(AT_FIVE, class_id)

    def _is_due(self, class_id: int) -> bool:
        answered = sum(officer.submitted for officer in self.officers[class_id])
        return answered >= ENOUGH and (AT_FIVE, class_id) not in self._taken

    def _closed(self, class_id: int) -> Callable[[], object]:
        async def step() -> None:
            await self._work_due()
            await self._shuffle()
            if await self._answered(class_id) >= ENOUGH:
                await self._copy(AT_CLOSING, class_id)

        return step

    async def _answered(self, class_id: int) -> int:
        found: int = await self._committer.hop(
            lambda ctx: ctx.session.execute(
                select(func.count()).where(
                    Assignment.class_id == class_id,
                    Assignment.state == AssignmentState.ANSWERED,
                )
            ).scalar_one()
        )
        return found

    async def _copy(self, moment: str, class_id: int) -> None:
        self._taken.add((moment, class_id))
        is_open = await self._committer.hop(
            lambda ctx: closing.results_are_open(ctx.session, class_id)
        )
        assert is_open is (moment == AT_CLOSING)
        self._take(moment, class_id, self.officers[class_id])

    async def _work_due(self) -> None:
        for name in DUE:
            await self._committer.hop(JOBS[name].run)

    async def _shuffle(self) -> None:
        """The job and the work it asks for; nothing of it in the control."""
        if not self._is_shuffled:
            return
        await self._committer.hop(JOBS["shuffle"].run)
        while await asyncio.to_thread(run_next, self._workshop):
            pass
