"""Troubles on order, for one phone or for all: `server.faults.plan(...)`.

`Fault` strikes calls of the bot, `UpdateFault` what Telegram gives it, `BadLink` what a
phone sends. Which hits are made depends on seeds only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from bot.sandbox.bad_link import BadLink
from bot.sandbox.errors import OTHER_POLLER, ApiError, too_many_requests
from bot.sandbox.planned import Planned
from bot.sandbox.update_fault import UNTROUBLED, Treatment, UpdateFault
from bot.sandbox.validate import chat_of

__all__ = ["BadLink", "Fault", "Faults", "Planned", "Treatment", "UpdateFault"]

T = TypeVar("T", bound=Planned)
ASKED_FOR = "a fault that was asked for"


@dataclass(slots=True, kw_only=True)
class Fault(Planned):
    """Strikes calls of the bot; an empty `method` or a `chat` of None stands for all.

    `slow` real seconds pass first. Then, before anything happens, `code` is answered as an
    error (429 with `retry_after` seconds, a 409 of getUpdates in Telegram's words for a
    second poller), or with `cut_before` the connection breaks. With `cut` the call is done
    first and its answer is lost.
    """

    method: str = ""
    chat: int | None = None
    code: int = 0
    retry_after: int = 1
    cut: bool = False
    cut_before: bool = False
    slow: float = 0.0

    def is_about(self, method: str, chat: int | None) -> bool:
        if self.method and self.method.lower() != method.lower():
            return False
        return self.chat is None or self.chat == chat

    def refuse(self, method: str) -> None:
        """Raise the error that this fault answers, if it answers one."""
        if self.code == 429:
            raise too_many_requests(self.retry_after, ASKED_FOR)
        if self.code == 409 and method.lower() == "getupdates":
            raise ApiError(409, OTHER_POLLER)
        if self.code:
            raise ApiError(self.code, problem=ASKED_FOR)

    @property
    def ends_polls(self) -> bool:
        """Whether a poll that is waiting already is to be ended as well."""
        return self.code == 409 and self.is_about("getUpdates", None)


@dataclass(slots=True)
class Faults:
    """The troubles that are planned; of each kind the first that strikes counts."""

    end_poll: Callable[[], bool] = field(default=lambda: False)
    _planned: list[Planned] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def plan(self, fault: Planned) -> int:
        """It counts from now on; gives the number by which it can be cleared."""
        fault.begin(next(self._numbers))
        self._planned.append(fault)
        if isinstance(fault, Fault) and fault.ends_polls and self.end_poll():
            fault.strikes(None)
        return fault.number

    def clear(self, number: int | None = None) -> None:
        """End one trouble, or all; what is late already stays late."""
        kept = [] if number is None else [one for one in self._planned if one.number != number]
        self._planned[:] = kept

    def planned(self) -> list[Planned]:
        """What is not over, the oldest first."""
        self._planned[:] = [fault for fault in self._planned if not fault.is_over]
        return list(self._planned)

    def of_call(self, method: str, params: dict[str, object]) -> Fault | None:
        """The fault that strikes this call of the bot."""
        chat = chat_of(params)
        for fault in self._of(Fault):
            if fault.is_about(method, chat) and fault.strikes(chat):
                return fault
        return None

    def of_update(self, kind: str, phone: int) -> Treatment:
        """What befalls an update that comes into being."""
        treated = (fault.treat(kind, phone) for fault in self._of(UpdateFault))
        return next((one for one in treated if one is not None), UNTROUBLED)

    def lose_press(self, phone: int) -> bool:
        """Whether a press of this phone never reaches Telegram."""
        return any(link.loses_press(phone) for link in self._of(BadLink))

    def delays(self, phone: int) -> list[float]:
        """After how many seconds a message of this phone arrives; once for each copy."""
        found = (link.delays(phone) for link in self._of(BadLink))
        return next((delays for delays in found if delays is not None), [0.0])

    def overtaking(self, phone: int) -> bool:
        """Whether messages of this phone may overtake each other."""
        links = (link for link in self._of(BadLink) if link.phone in (None, phone))
        return any(link.overtaking for link in links)

    def _of(self, kind: type[T]) -> list[T]:
        return [fault for fault in self._planned if isinstance(fault, kind)]
