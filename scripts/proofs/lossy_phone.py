"""Somebody with a very bad connection: presses get lost, texts come late, out of order, twice."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from bot.sandbox.phone import PhoneInHand
from scripts.proofs.lossy_house import House
from scripts.proofs.lossy_journal import Journal
from scripts.proofs.lossy_screen import Screen, read

LOST = 0.8
"""Of so many presses nothing ever reaches Telegram."""
LATEST = dt.timedelta(hours=20)
AT_ONCE, DOUBLED, GIVEN_AGAIN, UNSETTLED = 0.3, 0.2, 0.1, 0.15


@dataclass(slots=True)
class Counts:
    """What befell one form's filling in."""

    acts: int = 0
    pressed: int = 0
    lost: int = 0
    typed: int = 0
    doubled: int = 0
    restarts: int = 0
    latest: dt.timedelta = dt.timedelta()


@dataclass(frozen=True, slots=True)
class InTheAir:
    """Words on their way to Telegram; `replied_to` is the question they were a reply to."""

    at: dt.datetime
    words: str
    meant: str
    reply_to: int | None = None
    replied_to: str = ""


@dataclass(slots=True)
class LossyPhone:
    """What is pressed and typed on it goes into the journal when it reaches Telegram."""

    house: House
    hand: PhoneInHand
    journal: Journal
    dice: random.Random
    counts: Counts = field(default_factory=Counts)
    air: list[InTheAir] = field(default_factory=list)
    keeps_order: bool = False

    @property
    def screen(self) -> Screen:
        """The bot's newest message as Telegram has it, which a connected phone shows."""
        return read(self.hand.last)

    async def press(self, screen: Screen, button: tuple[str, str]) -> None:
        """Press a button that this phone shows, also one that the bot has since taken away."""
        label, data = button
        self.counts.pressed += 1
        if self.dice.random() < LOST:
            self.counts.lost += 1
            return
        self.journal.pressed(screen, label, data)
        self.hand.forge(screen.message_id, data)
        await self._arrived()

    def type(self, words: str, meant: str, reply: Screen | None = None) -> None:
        """Send words on their way, once or twice, each copy as late as it happens to be."""
        self.counts.typed += 1
        copies = 1 + (self.dice.random() < DOUBLED)
        self.counts.doubled += copies - 1
        for _copy in range(copies):
            late = self._lateness()
            self.counts.latest = max(self.counts.latest, late)
            at = self.house.clock.now() + late
            if self.keeps_order and self.air:
                at = max(at, self.air[-1].at)
            self.air.append(InTheAir(at, words, meant, *self._replied(reply)))
        self.air.sort(key=lambda one: one.at)

    async def pass_time(self, seconds: float) -> None:
        """Let time go on; what is due by then reaches Telegram in its order."""
        until = self.house.clock.now() + dt.timedelta(seconds=seconds)
        while self.air and self.air[0].at <= until:
            await self._arrive(self.air.pop(0))
        self.house.clock.set(max(until, self.house.clock.now()))

    async def wait_for_next(self) -> None:
        """Put the phone away until something has arrived."""
        if self.air:
            late = self.air[0].at - self.house.clock.now()
            await self.pass_time(max(late.total_seconds(), 0.0))

    async def settled(self) -> None:
        """Everything dealt with and shown, and what is stored now is accounted for."""
        if self.house.is_out:
            return
        await self.house.settle()
        draft = self.house.draft(self.hand.id)
        if draft is not None:
            self.journal.check(draft[1])

    def in_the_air_for(self, name: str) -> bool:
        return any(one.meant == name for one in self.air)

    async def _arrive(self, text: InTheAir) -> None:
        self.house.clock.set(max(text.at, self.house.clock.now()))
        shown = self.journal.form.with_title(self.screen.title, self.journal.language)
        on_screen = shown.name if shown is not None else ""
        self.journal.text_arrived(text.words, text.replied_to, on_screen, text.meant)
        self.hand.text(text.words, text.reply_to)
        await self._arrived()

    async def _arrived(self) -> None:
        """Mostly it is dealt with at once; sometimes something else comes first."""
        if self.house.is_out or self.dice.random() < UNSETTLED:
            return
        await self.settled()
        if self.dice.random() < GIVEN_AGAIN:
            await self.house.give_again()
            await self.settled()

    def _lateness(self) -> dt.timedelta:
        if self.house.is_out or self.dice.random() < AT_ONCE:
            return dt.timedelta(seconds=self.dice.randrange(4))
        return LATEST * self.dice.random()

    def _replied(self, reply: Screen | None) -> tuple[int | None, str]:
        if reply is None:
            return None, ""
        question = self.journal.form.with_title(reply.title, self.journal.language)
        return reply.message_id, question.name if question is not None else ""
