"""Troubles on order: the next calls of a method, or to a chat, go wrong in a chosen way."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.validate import chat_of


@dataclass(slots=True)
class Fault:
    """`code` answers an error before anything happens; `cut` acts, then breaks the connection.

    An empty `method` or a `chat` of None stands for all.
    """

    method: str = ""
    chat: int | None = None
    times: int = 1
    code: int = 0
    retry_after: int = 1
    cut: bool = False

    def applies(self, method: str, chat: int | None) -> bool:
        if self.times <= 0 or (self.method and self.method.lower() != method.lower()):
            return False
        return self.chat is None or self.chat == chat


class Faults:
    """The troubles that are planned; each is used up by the calls it hits."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        self._planned.append(fault)

    def clear(self) -> None:
        self._planned.clear()

    def before(self, method: str, params: dict[str, object]) -> bool:
        """Raise a planned error; says whether the connection is to be cut after the effect."""
        fault = self._take(method, chat_of(params))
        if fault is None:
            return False
        if fault.cut:
            return True
        if fault.code == 429:
            raise too_many_requests(fault.retry_after, "a fault that was asked for")
        raise ApiError(fault.code, problem="a fault that was asked for")

    def _take(self, method: str, chat: int | None) -> Fault | None:
        for fault in self._planned:
            if fault.applies(method, chat):
                fault.times -= 1
                return fault
        return None
