"""`Ctx`, the first argument of every service, and `Actor`, who is acting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.clock import Clock
from bot.config import Settings


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a linked person, a stranger (`person_id` None) or the system itself.

    `user_id` is the chat account; `language` and `zone` are the reader's own.
    """

    person_id: int | None = None
    user_id: int | None = None
    language: str = "en"
    zone: str = "UTC"
    is_system: bool = False


SYSTEM = Actor(is_system=True)


@dataclass(frozen=True, slots=True)
class Ctx:
    """One unit of work: its session, the business clock, the actor, the settings."""

    session: Session
    clock: Clock
    actor: Actor
    settings: Settings

    def now(self) -> dt.datetime:
        """Business time, aware UTC."""
        return self.clock.now()

    def today(self) -> dt.date:
        """The date where the actor is."""
        return self.now().astimezone(ZoneInfo(self.actor.zone)).date()

    @property
    def language(self) -> str:
        return self.actor.language


Hop: TypeAlias = Callable[[Callable[[Ctx], Any]], Awaitable[Any]]
"""How the event loop has work done in a context of the system, in one transaction of its own."""
