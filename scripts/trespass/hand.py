"""Somebody's phone without a network: events go straight to the edge's unit of work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, select

from bot.encoder import encode, split_revision
from bot.events import Event, EventKind, SentFile, SharedContact
from bot.models.chats import Chat
from bot.screens import Screen
from handlers.edge import middleware
from handlers.edge.middleware import Outgoing
from scripts.trespass.world import World

A_SCREEN = encode(Screen(body=("An earlier screen.",)), "en").to_json()
FIRST_UPDATE, FIRST_MESSAGE = 1_000_000, 50_000


@dataclass(slots=True)
class Hand:
    """One session; every step is committed to nothing but the savepoint it is in."""

    world: World
    session: Session
    updates: int = FIRST_UPDATE
    messages: int = FIRST_MESSAGE

    def press(self, user_id: int, data: str) -> Outgoing:
        """Press a button that says `data`, as the channel would pass it on."""
        action, revision = split_revision(data)
        return self._give(user_id, EventKind.PRESS, text=action, revision=revision)

    def press_current(self, user_id: int, action: str) -> Outgoing:
        """Press it as if it stood on the screen that is open: its revision is the right one."""
        revision = self.session.execute(
            select(Chat.revision).where(Chat.user_id == user_id)
        ).scalar()
        return self._give(user_id, EventKind.PRESS, text=action, revision=str(revision or 0))

    def command(self, user_id: int, name: str, words: str = "") -> Outgoing:
        return self._give(user_id, EventKind.COMMAND, command=name, text=words)

    def say(self, user_id: int, words: str) -> Outgoing:
        return self._give(user_id, EventKind.TEXT, text=words)

    def share(self, user_id: int, phone: str, owner: int | None) -> Outgoing:
        return self._give(user_id, EventKind.CONTACT, contact=SharedContact(phone, owner))

    def send_file(self, user_id: int, blob_id: int | None) -> Outgoing:
        sent = SentFile("F", "people.xlsx", 100, blob_id)
        return self._give(user_id, EventKind.FILE, file=sent)

    def expect(self, user_id: int, asks: str) -> None:
        """Have the account's open screen ask something, whoever the account is by now."""
        self.messages += 1
        values = {
            "asks": asks,
            "screen": A_SCREEN,
            "shown_revision": Chat.revision,
            "message_id": self.messages,
            "shown_at": self.world.clock.now(),
            "was_edited": False,
        }
        self.session.execute(update(Chat).where(Chat.user_id == user_id).values(**values))

    def _give(self, user_id: int, kind: EventKind, **content: Any) -> Outgoing:
        self.updates += 1
        self.messages += 1
        now = self.world.clock.now() + dt.timedelta(seconds=5)
        event = Event(
            self.updates,
            kind,
            user_id,
            at=now,
            message_id=self.messages,
            language_code="en",
            display_name="Somebody",
            **content,
        )
        outgoing = middleware.handle(self.session, self.world.desk, event)
        self._shown(outgoing)
        return outgoing

    def _shown(self, outgoing: Outgoing) -> None:
        """What the replier would note."""
        if outgoing.encoded is None:
            return
        self.messages += 1
        self.session.execute(
            update(Chat)
            .where(Chat.user_id == outgoing.user_id)
            .values(
                shown_revision=outgoing.revision,
                message_id=self.messages,
                shown_at=self.world.clock.now(),
                was_edited=False,
            )
        )
